import ts from 'typescript';

/** The callee without parentheses, `!` and type assertions. */
export function unwrap(expression: ts.Expression): ts.Expression {
  let at = expression;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isTypeAssertionExpression(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isExpressionWithTypeArguments(at)
  )
    at = at.expression;
  return at;
}

/** The first link of a chain, `a` of `a.b().c[0].d`: an identifier, `this` or `super`. */
export function rootIdentifier(expression: ts.Expression): ts.Node | undefined {
  let at = unwrap(expression);
  for (;;) {
    if (ts.isIdentifier(at)) return at;
    if (at.kind === ts.SyntaxKind.ThisKeyword || at.kind === ts.SyntaxKind.SuperKeyword) return at;
    if (ts.isAwaitExpression(at)) at = unwrap(at.expression);
    else if (
      ts.isPropertyAccessExpression(at) ||
      ts.isElementAccessExpression(at) ||
      ts.isCallExpression(at) ||
      ts.isNewExpression(at)
    )
      at = unwrap(at.expression);
    else return undefined;
  }
}

/** How a callee is written, with where its first name comes from. */
export function callShape(written: ts.Expression, checker: ts.TypeChecker): string {
  const callee = unwrap(written);
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return 'super()';
  if (ts.isIdentifier(callee)) return `bare:${nameOrigin(callee, checker)}`;
  if (ts.isPropertyAccessExpression(callee)) return receiverShape(unwrap(callee.expression), checker);
  if (ts.isElementAccessExpression(callee)) return 'a[i]()';
  if (ts.isCallExpression(callee)) return 'f()()';
  return 'expression()';
}

function receiverShape(receiver: ts.Expression, checker: ts.TypeChecker): string {
  if (receiver.kind === ts.SyntaxKind.ThisKeyword) return 'this.m';
  if (receiver.kind === ts.SyntaxKind.SuperKeyword) return 'super.m';
  if (ts.isIdentifier(receiver)) return `x.m:${nameOrigin(receiver, checker)}`;
  if (ts.isPropertyAccessExpression(receiver)) {
    let links = 0;
    let at: ts.Expression = receiver;
    while (ts.isPropertyAccessExpression(at)) {
      links += 1;
      at = unwrap(at.expression);
    }
    if (at.kind === ts.SyntaxKind.ThisKeyword) return links === 1 ? 'this.f.m' : 'this.f.g.m';
    return ts.isIdentifier(at) ? `a.b.m:${nameOrigin(at, checker)}` : 'f().b.m';
  }
  if (ts.isCallExpression(receiver)) {
    const inner = unwrap(receiver.expression);
    return ts.isPropertyAccessExpression(inner) ? 'x.f().m' : 'f().m';
  }
  if (ts.isNewExpression(receiver)) return 'new C().m';
  if (ts.isElementAccessExpression(receiver)) return 'a[i].m';
  if (ts.isAwaitExpression(receiver)) return '(await e).m';
  return 'expression.m';
}

/** `import`, `parameter` (annotated or not), `local` with what it is made from, `module`, `class` … */
function nameOrigin(name: ts.Identifier, checker: ts.TypeChecker): string {
  const symbol = checker.getSymbolAtLocation(name);
  const declaration = symbol?.declarations?.[0];
  if (!symbol || !declaration) return 'undeclared';
  if (ts.isNamespaceImport(declaration)) return 'namespace import';
  if (symbol.flags & ts.SymbolFlags.Alias) return 'import';
  if (declaration.getSourceFile() !== name.getSourceFile()) return 'global';
  if (ts.isParameter(declaration)) {
    if (declaration.type) return 'parameter';
    return ts.isFunctionLike(declaration.parent) && isCallback(declaration.parent)
      ? 'parameter of a callback'
      : 'parameter without type';
  }
  if (ts.isBindingElement(declaration)) return 'destructured';
  if (ts.isVariableDeclaration(declaration)) return variableOrigin(declaration);
  if (ts.isClassLike(declaration)) return 'class';
  if (ts.isFunctionDeclaration(declaration))
    return ts.isSourceFile(declaration.parent) ? 'same file' : 'nested';
  if (ts.isEnumDeclaration(declaration) || ts.isModuleDeclaration(declaration)) return 'namespace';
  return 'other';
}

function variableOrigin(declaration: ts.VariableDeclaration): string {
  const statement = declaration.parent.parent;
  const where = ts.isSourceFile(statement.parent) ? 'module variable' : 'local';
  if (declaration.type) return `${where} annotated`;
  if (ts.isForOfStatement(statement)) return 'for-of variable';
  if (ts.isCatchClause(declaration.parent)) return 'catch variable';
  if (!declaration.initializer) return `${where} without initialiser`;
  const value = unwrap(declaration.initializer);
  return `${where} = ${initialiser(value)}`;
}

function initialiser(value: ts.Expression): string {
  if (ts.isAwaitExpression(value)) return `await ${initialiser(unwrap(value.expression))}`;
  if (ts.isNewExpression(value)) return 'new';
  if (ts.isCallExpression(value)) return ts.isIdentifier(unwrap(value.expression)) ? 'f()' : 'x.f()';
  if (ts.isPropertyAccessExpression(value)) return 'a.b';
  if (ts.isElementAccessExpression(value)) return 'a[i]';
  if (ts.isIdentifier(value)) return 'x';
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return 'function';
  if (ts.isObjectLiteralExpression(value)) return 'object literal';
  return value.kind === ts.SyntaxKind.ThisKeyword ? 'this' : 'expression';
}

function isCallback(node: ts.SignatureDeclaration): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}
