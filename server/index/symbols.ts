import type { Node } from 'web-tree-sitter';
import type { SymbolKind } from '../protocol/graph.ts';
import type { Found } from './found.ts';
import type { ExportFact, SymbolFact } from './facts.ts';
import type { Language } from './languages/language.ts';

const KINDS: readonly [capture: string, kind: SymbolKind][] = [
  ['def.class', 'Class'],
  ['def.interface', 'Interface'],
  ['def.enum', 'Enum'],
  ['def.alias', 'TypeAlias'],
  ['def.module', 'Module'],
  ['def.method', 'Method'],
  ['def.function', 'Function'],
  ['def.property', 'Field'],
  ['def.field', 'Field'],
  ['def.attribute', 'Field'],
  ['def.variable', 'Variable'],
];
const CLASS_LIKE: ReadonlySet<SymbolKind> = new Set(['Class', 'Interface']);
const FUNCTION_NODES = /function|method_definition|arrow|lambda|comprehension/;
const TEST_CALL = /^(?:test|it)(?:\.\w+)*$/;
const SUITE_CALL = /^(?:describe|suite|context)(?:\.\w+)*$/;

interface Definition {
  node: Node;
  name: string;
  nameNode: Node;
  kind: SymbolKind;
  capture: string;
}

/** A symbol with the node that defines it, while the tree lives. */
export interface Defined {
  symbol: number;
  node: Node;
  nameNode: Node;
}

export interface Collected {
  symbols: SymbolFact[];
  defined: Defined[];
}

/** Finds a file's symbols and who contains whom. Plain locals of functions are no symbols. */
export function collectSymbols(
  file: string,
  root: Node,
  found: readonly Found[],
  language: Language,
  exports: readonly ExportFact[],
): Collected {
  const exported = new Set(exports.filter((e) => e.from === undefined).map((e) => e.local));
  const definitions = [...definitionsIn(found), ...testCallsIn(found)].sort(
    (a, b) => a.node.startIndex - b.node.startIndex || b.node.endIndex - a.node.endIndex,
  );
  const moduleName = file.replace(/\.[^./]+$/, '');
  const symbols: SymbolFact[] = [moduleSymbol(file, moduleName, root)];
  const defined: Defined[] = [];
  const open: { symbol: number; end: number }[] = [{ symbol: 0, end: root.endIndex + 1 }];
  const seen = new Set<string>();

  for (const definition of definitions) {
    const { node, name, nameNode, capture } = definition;
    while ((open.at(-1)?.end ?? Infinity) < node.endIndex || (open.at(-1)?.end ?? 0) <= node.startIndex)
      open.pop();
    let parent = open.at(-1)?.symbol ?? 0;
    if (capture === 'def.property' || capture === 'def.attribute') parent = enclosingClass(symbols, parent);
    const around = symbols[parent];
    if (!around || parent < 0) continue;
    const inClass = CLASS_LIKE.has(around.kind);
    if (capture === 'def.variable' && !isAtModuleLevel(node)) continue;
    if (capture === 'def.attribute' && !(inClass && !seen.has(`${parent}.${name}`))) continue;
    if (capture === 'def.field' && !inClass) continue;
    seen.add(`${parent}.${name}`);

    const kind = kindOf(definition, inClass, file, language);
    const topLevel = parent === 0;
    symbols.push({
      kind,
      name,
      qualifiedName: topLevel ? name : `${around.qualifiedName}.${name}`,
      parent,
      startLine: node.startPosition.row,
      endLine: node.endPosition.row,
      signature: signatureOf(node),
      doc: language.docOf(node).slice(0, 400),
      exported: language.exportsEverything
        ? topLevel && !name.startsWith('_')
        : topLevel && exported.has(name),
    });
    const symbol = symbols.length - 1;
    // What the assignment `self.x = f()` calls, the method around it calls.
    const range = capture === 'def.attribute' ? nameNode : node;
    defined.push({ symbol, node: range, nameNode });
    open.push({ symbol, end: range.endIndex });
  }
  return { symbols, defined };
}

function definitionsIn(found: readonly Found[]): Definition[] {
  const byNode = new Map<number, Definition>();
  const rank = (capture: string) => KINDS.findIndex(([c]) => c === capture);
  for (const f of found) {
    const nameNode = f.get('name');
    const [capture, kind] = KINDS.find(([c]) => f.has(c)) ?? [];
    const node = capture === undefined ? undefined : f.get(capture);
    if (!nameNode || !node || capture === undefined || kind === undefined) continue;
    if (capture === 'def.attribute' && !['self', 'cls'].includes(f.get('owner')?.text ?? '')) continue;
    const before = byNode.get(nameNode.id);
    if (before && rank(before.capture) <= rank(capture)) continue;
    byNode.set(nameNode.id, {
      node,
      nameNode,
      name: nameNode.text.replace(/^["']|["']$/g, ''),
      kind,
      capture,
    });
  }
  return [...byNode.values()];
}

/** `test('adds', …)` is a symbol of kind Test, named by its suites and its title. */
function testCallsIn(found: readonly Found[]): Definition[] {
  const titled = found.flatMap((f) => {
    const [node, callee] = [f.get('call'), f.get('callee')];
    if (!node || !callee || callee.endIndex - callee.startIndex > 40) return [];
    const [title, ...rest] = node.childForFieldName('arguments')?.namedChildren ?? [];
    if (title?.type !== 'string' || !rest.some((a) => a && FUNCTION_NODES.test(a.type))) return [];
    return [{ node, callee: callee.text, title: title.text.slice(1, -1), nameNode: title }];
  });
  const suites = titled.filter((t) => SUITE_CALL.test(t.callee));
  return titled
    .filter((t) => TEST_CALL.test(t.callee))
    .map(({ node, title, nameNode }) => ({
      node,
      nameNode,
      name: [...suites.filter((s) => contains(s.node, node)).map((s) => s.title), title].join(' > '),
      kind: 'Test',
      capture: 'test',
    }));
}

function kindOf(definition: Definition, inClass: boolean, file: string, language: Language): SymbolKind {
  const { kind, name } = definition;
  if (kind === 'Function' || kind === 'Method') {
    if (language.isTest({ name, file, inClass })) return 'Test';
    return inClass ? 'Method' : 'Function';
  }
  return kind;
}

function enclosingClass(symbols: readonly SymbolFact[], from: number): number {
  for (let at = from; at > 0; at = symbols[at]?.parent ?? -1)
    if (CLASS_LIKE.has(symbols[at]?.kind ?? 'Module')) return at;
  return -1;
}

function isAtModuleLevel(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) if (FUNCTION_NODES.test(at.type)) return false;
  return true;
}

function moduleSymbol(file: string, moduleName: string, root: Node): SymbolFact {
  return {
    kind: 'Module',
    name: moduleName.slice(moduleName.lastIndexOf('/') + 1),
    qualifiedName: moduleName,
    parent: -1,
    startLine: 0,
    endLine: root.endPosition.row,
    signature: file,
    doc: '',
    exported: true,
  };
}

function signatureOf(node: Node): string {
  const body = node.childForFieldName('body') ?? node.childForFieldName('value')?.childForFieldName('body');
  const end = body && body.startIndex > node.startIndex ? body.startIndex - node.startIndex : 200;
  return node.text
    .slice(0, Math.min(end, 400))
    .split('\n', 4)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

function contains(outer: Node, inner: Node): boolean {
  return outer.startIndex < inner.startIndex && inner.endIndex <= outer.endIndex;
}
