import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { CallForm } from '../../protocol/graph.ts';
import type { SiteClass, TruthRow, TruthSymbol } from '../graph-truth.ts';
import { callShape, rootIdentifier, unwrap } from './typescript-shapes.ts';
import { declarationOf, enclosing, fullName, isNamedFunction, ownerOf } from './typescript-symbols.ts';

const SOURCE = /\.(ts|tsx|mts|cts)$/;
const DECLARATIONS = /\.d\.(ts|mts|cts)$/;

/**
 * Call sites of the TypeScript files under the folders, judged by the checker of TypeScript 5.9. Needs no
 * node_modules: what is missing there is external. Reads `tsconfig.json` of the checkout for `paths`, `jsx` and such.
 */
export function* typescriptTruth(checkout: string, folders: readonly string[]): Iterable<TruthRow> {
  const root = path.resolve(checkout);
  const judged = folders.flatMap((folder) => [...sourcesIn(path.join(root, folder))]);
  const program = ts.createProgram(judged, compilerOptions(root));
  const checker = program.getTypeChecker();
  const relative = (file: string) => path.relative(root, file).replaceAll('\\', '/');
  const inProject = (node: ts.Node) => {
    const file = node.getSourceFile().fileName;
    return file.startsWith(`${root}/`) && !file.includes('/node_modules/');
  };
  const oracle = new SiteOracle(checker, relative, inProject);
  for (const file of judged) {
    const source = program.getSourceFile(file);
    if (!source) continue;
    yield { row: 'file', file: relative(file) };
    yield* oracle.sitesIn(source);
  }
  const sources = program.getSourceFiles().filter((s) => inProject(s));
  yield* overrides(checker, relative, inProject, sources);
}

function* sourcesIn(folder: string): Iterable<string> {
  if (statSync(folder).isFile()) {
    yield folder;
    return;
  }
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) yield* sourcesIn(full);
    } else if (SOURCE.test(entry.name) && !DECLARATIONS.test(entry.name)) yield full;
  }
}

function compilerOptions(root: string): ts.CompilerOptions {
  const config = path.join(root, 'tsconfig.json');
  const read = existsSync(config) ? ts.readConfigFile(config, (f) => ts.sys.readFile(f)) : undefined;
  const host = { ...ts.sys, readDirectory: () => [] };
  const found = read?.config ? ts.parseJsonConfigFileContent(read.config, host, root).options : {};
  return {
    ...(found.paths ? { paths: found.paths, pathsBasePath: found.pathsBasePath } : {}),
    ...(found.baseUrl ? { baseUrl: found.baseUrl } : {}),
    ...{ target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve },
    ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, types: [], noEmit: true, skipLibCheck: true },
    ...{ strict: true, strictFunctionTypes: false, experimentalDecorators: true, resolveJsonModule: true },
  };
}

class SiteOracle {
  readonly #checker: ts.TypeChecker;
  readonly #relative: (file: string) => string;
  readonly #inProject: (node: ts.Node) => boolean;

  constructor(
    checker: ts.TypeChecker,
    relative: (file: string) => string,
    inProject: (node: ts.Node) => boolean,
  ) {
    this.#checker = checker;
    this.#relative = relative;
    this.#inProject = inProject;
  }

  *sitesIn(source: ts.SourceFile): Iterable<TruthRow> {
    const pending: ts.Node[] = [source];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const children: ts.Node[] = [];
      ts.forEachChild(node, (child) => void children.push(child));
      pending.push(...children.reverse());
      yield* this.#rowsOf(node);
    }
  }

  *#rowsOf(node: ts.Node): Iterable<TruthRow> {
    if (ts.isCallExpression(node)) {
      // `import('x')` is no call of a function.
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword || ts.isDecorator(node.parent)) return;
      const form = node.expression.kind === ts.SyntaxKind.SuperKeyword ? 'super' : 'call';
      yield this.#site(node, node.expression, form);
    } else if (ts.isNewExpression(node)) yield this.#site(node, node.expression, 'new');
    else if (ts.isTaggedTemplateExpression(node)) yield this.#site(node, node.tag, 'tag');
    else if (ts.isDecorator(node)) {
      const called = ts.isCallExpression(node.expression);
      const callee = called ? node.expression.expression : node.expression;
      yield this.#site(called ? node.expression : node, callee, 'decorator');
    } else if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
      if (!ts.isJsxNamespacedName(node.tagName) && !/^[a-z][\w-]*$/.test(node.tagName.getText()))
        yield this.#site(node, node.tagName, 'jsx');
    } else if (ts.isPropertyAccessExpression(node)) yield* this.#accessor(node);
  }

  *#accessor(node: ts.PropertyAccessExpression): Iterable<TruthRow> {
    const symbol = this.#checker.getSymbolAtLocation(node.name);
    if (!symbol || (symbol.flags & ts.SymbolFlags.Accessor) === 0) return;
    const accessors = (symbol.declarations ?? []).filter((d) => ts.isAccessor(d) && this.#inProject(d));
    const targets = this.#targets(accessors);
    if (targets.length > 0) yield this.#row(node.name, 'accessor', 'inProject', node, accessors, targets);
  }

  #site(call: ts.CallLikeExpression, written: ts.Expression, form: CallForm): TruthRow {
    const callee = unwrap(written);
    const name = nameToken(callee);
    const symbol = this.#symbolOf(callee);
    const own = symbol?.declarations ?? [];
    const signature = this.#resolvedSignature(call);
    const all = [...new Set([...(signature ? [signature] : []), ...own])];
    const declarations = all.filter(this.#inProject);
    const targets = this.#targets(declarations);
    const direct = own.length === 0 || own.some((d) => this.#targets([d]).length > 0);
    let judged: SiteClass;
    if (targets.length > 0 && (direct || form === 'super')) judged = 'inProject';
    else if (declarations.length > 0) judged = 'functionValue';
    else if (all.length > 0) judged = 'external';
    else judged = this.#withoutDeclaration(callee);
    return this.#row(name, form, judged, callee, declarations, targets);
  }

  #row(
    name: { node: ts.Node; text: string; start: number } | ts.MemberName,
    form: CallForm,
    judged: SiteClass,
    callee: ts.Expression,
    declarations: readonly ts.Node[],
    targets: TruthSymbol[],
  ): TruthRow {
    const token = 'start' in name ? name : { node: name, text: name.text, start: name.getStart() };
    const source = callee.getSourceFile();
    const { line, character } = source.getLineAndCharacterOfPosition(token.start);
    return {
      ...{ row: 'site', file: this.#relative(source.fileName), line: line + 1, column: character },
      ...{ name: token.text, form, class: judged, targets },
      callers: enclosing(callee).map((d) => declarationOf(d, this.#relative)),
      shape: callShape(callee, this.#checker),
      traits: this.#traits(callee, declarations),
    };
  }

  #symbolOf(callee: ts.Expression): ts.Symbol | undefined {
    const at = ts.isPropertyAccessExpression(callee)
      ? callee.name
      : ts.isElementAccessExpression(callee)
        ? callee.argumentExpression
        : callee;
    const symbol = this.#checker.getSymbolAtLocation(at);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #resolvedSignature(call: ts.CallLikeExpression): ts.Declaration | undefined {
    // The checker itself throws on some broken code.
    try {
      return this.#checker.getResolvedSignature(call)?.declaration;
    } catch {
      return undefined;
    }
  }

  #targets(declarations: readonly ts.Node[]): TruthSymbol[] {
    const found = new Map<string, TruthSymbol>();
    for (const declaration of declarations.flatMap(withOverloads).flatMap(withConstructors)) {
      const target = isNamedFunction(declaration) ? declarationOf(declaration, this.#relative) : undefined;
      if (target) found.set(`${target.file}:${target.line}:${target.name}`, target);
    }
    return [...found.values()];
  }

  /** Of a callee without any declaration: what comes from a missing package is external, an `any` unknown. */
  #withoutDeclaration(callee: ts.Expression): SiteClass {
    const start = rootIdentifier(callee);
    if (!start) return isAny(this.#checker.getTypeAtLocation(callee)) ? 'unknown' : 'external';
    if (start.kind === ts.SyntaxKind.ThisKeyword || start.kind === ts.SyntaxKind.SuperKeyword)
      // An undeclared member of a class whose base is outside the project.
      return 'external';
    const symbol = this.#checker.getSymbolAtLocation(start);
    if (!symbol || symbol.flags & ts.SymbolFlags.Alias || !symbol.declarations?.some(this.#inProject))
      return 'external';
    if (callee === start) return 'functionValue';
    return isAny(this.#checker.getTypeAtLocation(start)) ? 'unknown' : 'external';
  }

  #traits(callee: ts.Expression, declarations: readonly ts.Node[]): string[] {
    const traits = new Set<string>();
    const members = declarations.filter((d) => ownerOf(d));
    for (const d of members) {
      const flags = ts.getCombinedModifierFlags(d as ts.Declaration);
      if (flags & ts.ModifierFlags.Static) traits.add('static');
      if (flags & ts.ModifierFlags.Abstract || ts.isMethodSignature(d)) traits.add('interface');
      if ((ownerOf(d)?.typeParameters?.length ?? 0) > 0) traits.add('generic');
    }
    if (members.length > 0 && ts.isPropertyAccessExpression(callee)) {
      const type = this.#checker.getTypeAtLocation(callee.expression);
      if (type.flags & ts.TypeFlags.TypeParameter && callee.expression.kind !== ts.SyntaxKind.ThisKeyword)
        traits.add('type parameter');
      if (type.isUnion()) traits.add('union');
      const own = this.#checker.getApparentType(type).getSymbol()?.declarations ?? [];
      if (!members.some((d) => own.some((o) => o === ownerOf(d)))) traits.add('inherited');
    }
    if (declarations.some((d) => ts.isFunctionDeclaration(d) && ts.isBlock(d.parent))) traits.add('nested');
    if (declarations.some((d) => ts.isPropertyAssignment(d) || ts.isObjectLiteralExpression(d.parent)))
      traits.add('object literal');
    if (declarations.some((d) => DECLARATIONS.test(d.getSourceFile().fileName))) traits.add('.d.ts');
    return [...traits].sort();
  }
}

/** Where a callee has no name token (`f()()`, `a[0]()`), its last token stands for it. */
function nameToken(callee: ts.Expression): { node: ts.Node; text: string; start: number } {
  const named = ts.isPropertyAccessExpression(callee)
    ? callee.name
    : ts.isElementAccessExpression(callee) || ts.isCallExpression(callee)
      ? undefined
      : callee;
  if (named && (ts.isIdentifier(named) || ts.isPrivateIdentifier(named)))
    return { node: named, text: named.text, start: named.getStart() };
  if (callee.kind === ts.SyntaxKind.SuperKeyword || callee.kind === ts.SyntaxKind.ThisKeyword)
    return { node: callee, text: callee.getText(), start: callee.getStart() };
  return { node: callee, text: '', start: callee.getEnd() - 1 };
}

function withOverloads(declaration: ts.Node): ts.Node[] {
  const symbol = (declaration as { symbol?: ts.Symbol }).symbol;
  if (!symbol || !ts.isFunctionLike(declaration)) return [declaration];
  const siblings = (symbol.declarations ?? []).filter((d) => ts.isFunctionLike(d));
  return [declaration, ...siblings];
}

/** A class and its constructors answer for each other. */
function withConstructors(declaration: ts.Node): ts.Node[] {
  if (ts.isConstructorDeclaration(declaration) || ts.isConstructSignatureDeclaration(declaration))
    return [declaration, declaration.parent];
  if (ts.isClassLike(declaration))
    return [declaration, ...declaration.members.filter((m) => ts.isConstructorDeclaration(m))];
  return [declaration];
}

/** A true `any`; the type of what could not be resolved is an `any` named `error`. */
function isAny(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Any) !== 0 && Reflect.get(type, 'intrinsicName') !== 'error';
}

/** Every member that overrides or implements one of a class or interface further up. */
function* overrides(
  checker: ts.TypeChecker,
  relative: (file: string) => string,
  inProject: (node: ts.Node) => boolean,
  sources: readonly ts.SourceFile[],
): Iterable<TruthRow> {
  type Owner = ts.ClassLikeDeclaration | ts.InterfaceDeclaration;
  const bases = new Map<Owner, Owner[]>();
  const basesOf = (owner: Owner): Owner[] =>
    (owner.heritageClauses ?? []).flatMap((clause) =>
      clause.types.flatMap(({ expression }) => {
        const symbol = checker.getSymbolAtLocation(expression);
        const target =
          symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        return (target?.declarations ?? []).filter(
          (d): d is Owner => inProject(d) && (ts.isClassLike(d) || ts.isInterfaceDeclaration(d)),
        );
      }),
    );
  for (const source of sources) {
    const visit = (node: ts.Node): void => {
      if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) bases.set(node, basesOf(node));
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  const ancestors = (owner: Owner, seen = new Set<Owner>()): Set<Owner> => {
    for (const base of bases.get(owner) ?? [])
      if (!seen.has(base)) {
        seen.add(base);
        ancestors(base, seen);
      }
    return seen;
  };
  const membersOf = (owner: Owner) => (owner.members as ts.NodeArray<ts.NamedDeclaration>).filter(fullName);
  for (const owner of bases.keys())
    for (const base of ancestors(owner))
      for (const member of membersOf(owner))
        for (const overridden of membersOf(base))
          if (fullName(member) === fullName(overridden))
            yield {
              row: 'override',
              base: declarationOf(overridden, relative),
              by: declarationOf(member, relative),
            };
}
