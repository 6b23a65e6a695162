import ts from 'typescript';
import type { TruthSymbol } from '../graph-truth.ts';

type Owner = ts.ClassLikeDeclaration | ts.InterfaceDeclaration;

/** A node that declares a function by name, or a class that can be constructed. */
export function isNamedFunction(node: ts.Node): boolean {
  return ts.isClassLike(node) || nameOfFunction(node) !== undefined;
}

/** The class or interface that a member belongs to. */
export function ownerOf(node: ts.Node): Owner | undefined {
  const { parent } = node;
  return parent && (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent)) ? parent : undefined;
}

/** The text of a declaration's name; undefined for computed and missing names. */
export function fullName(node: ts.NamedDeclaration): string | undefined {
  const name = node.name;
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isNumericLiteral(name) ? name.text : undefined;
}

/** The named functions and classes around a node, innermost first. Unnamed functions belong to what is around them. */
export function enclosing(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  for (let child = node, at = node.parent; at; child = at, at = at.parent) {
    // A decorator is evaluated by what is around the decorated declaration.
    if (ts.isDecorator(child) && found.length === 0) continue;
    if (ts.isClassLike(at)) {
      if (at.name) found.push(at);
    } else {
      const declaration = boundTo(at);
      if (declaration && nameOfFunction(declaration) !== undefined) found.push(declaration);
    }
  }
  return found;
}

export function declarationOf(node: ts.Node, relative: (file: string) => string): TruthSymbol {
  const source = node.getSourceFile();
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const statement = ts.isVariableDeclaration(node) && ts.isVariableStatement(node.parent.parent);
  const start = statement ? node.parent.parent : node;
  const name = (node as ts.NamedDeclaration).name ?? node;
  const isConstructor = ts.isConstructorDeclaration(node) || ts.isConstructSignatureDeclaration(node);
  const owner = ownerOf(node)?.name?.text;
  return {
    file: relative(source.fileName),
    name: isConstructor
      ? 'constructor'
      : (nameOfFunction(node) ?? fullName(node as ts.NamedDeclaration) ?? ''),
    startLine: lineAt(start.getStart(source)),
    line: lineAt(name.getStart(source)),
    ...(isConstructor ? { kind: 'constructor' } : ts.isClassLike(node) ? { kind: 'class' } : {}),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** The declaration that names a function: itself, or the variable, field or property that it is bound to. */
function boundTo(node: ts.Node): ts.Node | undefined {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node))
    return ts.isFunctionLike(node) ? node : undefined;
  let { parent } = node;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) ({ parent } = parent);
  if (
    (ts.isVariableDeclaration(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertyAssignment(parent)) &&
    fullName(parent) !== undefined
  )
    return parent;
  return node;
}

function nameOfFunction(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node) || ts.isConstructSignatureDeclaration(node)) return 'constructor';
  if (ts.isFunctionDeclaration(node)) return node.name?.text ?? 'default';
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node) || ts.isMethodSignature(node))
    return fullName(node);
  if (ts.isFunctionExpression(node) || ts.isArrowFunction(node)) {
    const declaration = boundTo(node);
    return declaration && declaration !== node
      ? fullName(declaration as ts.NamedDeclaration)
      : node.name
        ? node.name.text
        : undefined;
  }
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node)) {
    let value = node.initializer;
    while (value && (ts.isParenthesizedExpression(value) || ts.isAsExpression(value)))
      value = value.expression;
    return value &&
      (ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isClassExpression(value))
      ? fullName(node)
      : undefined;
  }
  return undefined;
}
