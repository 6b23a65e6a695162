import { FLAG, FUNCTION, OP } from '../../facts.ts';
import { lastName, parameterType, resultType } from './types.ts';
import type { GoVisitor, GoWalk } from './walk.ts';

/** Functions, methods and function literals. */
export const functionVisitors: Record<string, GoVisitor> = {
  function_declaration: functionDeclaration,
  method_declaration: method,
  func_literal: (w, n) => {
    const fn = w.facts.addFunction({});
    visitFunction(w, n, fn);
    return w.facts.term(OP.function, fn);
  },
};

const TEST_NAME = /^(?:Test|Benchmark|Fuzz|Example)(?![a-z])/;

function functionDeclaration(w: GoWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const body = w.field(n, 'body');
  const name = w.textOf(nameNode);
  const isTest = w.isTestFile && TEST_NAME.test(name) && isRun(w, name, n);
  const symbol = w.facts.addSymbol({
    ...{ kind: isTest ? 'Test' : 'Function', name, start: w.start(n), end: w.end(n) },
    nameStart: w.start(nameNode),
    signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)),
    ...{ doc: w.docOf(n), flags: w.flagsOf(name) },
  });
  if (name !== 'init') w.bind(name, w.facts.symbolTerm(symbol));
  const fn = w.facts.addFunction({ symbol });
  w.facts.within(symbol, () => {
    w.facts.inScope('block', () => {
      w.facts.setFunction(fn, FUNCTION.typeParameters, w.typeParameters(n, symbol));
      visitFunction(w, n, fn);
    });
  });
  return -1;
}

/** What `go test` runs takes the testing value that its name asks for (`TestMain` runs the tests); an example nothing. */
function isRun(w: GoWalk, name: string, n: number): boolean {
  const parameters = w.textOf(w.field(n, 'parameters'));
  return name.startsWith('Example')
    ? parameters === '()'
    : new RegExp(`\\*(?:testing\\.)?${name.charAt(0)}\\)$`).test(parameters);
}

/** A method is a member of its receiver's type, which may stand in another file of the package. */
function method(w: GoWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const body = w.field(n, 'body');
  const name = w.textOf(nameNode);
  const [receiver = -1] = w.children(w.field(n, 'receiver'));
  const typeNode = w.field(receiver, 'type');
  const className = lastName(w, typeNode);
  const bound = w.facts.bound(className, 'module');
  const named = bound !== undefined && w.facts.opOf(bound) === OP.symbol ? w.facts.operand(bound, 'a') : -1;
  // A method of an alias is one of the type that it stands for.
  const cls = named >= 0 && w.facts.symbolKind(named) === 'TypeAlias' ? -1 : named;
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Method', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)),
    ...{ doc: w.docOf(n), flags: w.flagsOf(name), parent: Math.max(0, cls) },
    qualifiedName: `${className}.${name}`,
  });
  if (cls < 0) w.facts.addMember(w.name(className), symbol);
  const fn = w.facts.addFunction({ symbol });
  w.facts.within(symbol, () => {
    w.facts.inScope('block', () => {
      bindReceiverParameters(w, typeNode, cls, symbol, fn);
      const type = w.type(typeNode);
      w.facts.setFunction(fn, FUNCTION.receiver, type);
      visitFunction(w, n, fn, { name: w.textOf(w.field(receiver, 'name')), type });
    });
  });
  return -1;
}

/** `func (s *Set[K]) …`: names for the type parameters of the receiver's type. */
function bindReceiverParameters(w: GoWalk, typeNode: number, cls: number, symbol: number, fn: number): void {
  const generic = w.is(typeNode, 'pointer_type') ? w.firstChild(typeNode) : typeNode;
  if (!w.is(generic, 'generic_type')) return;
  const names = w.children(w.field(generic, 'type_arguments')).map((c) => w.textOf(c));
  names.forEach((name, i) => {
    w.bind(name, w.facts.term(OP.typeParameter, cls < 0 ? symbol : cls, i));
  });
  if (cls < 0)
    w.facts.setFunction(
      fn,
      FUNCTION.typeParameters,
      w.facts.list(names.flatMap((name) => [w.facts.text(name), -1])),
    );
}

/** Parameters, results and body of a function that stands here. */
function visitFunction(w: GoWalk, n: number, fn: number, receiver?: { name: string; type: number }): void {
  w.facts.inScope(
    'function',
    () => {
      // Names are bound when all types are read: `func f(labels labels.Labels, b labels.Builder)`.
      w.facts.setFunction(fn, FUNCTION.returnType, resultType(w, n));
      const parameters = namedParameters(w, w.field(n, 'parameters'), true);
      const result = w.field(n, 'result');
      const results = w.is(result, 'parameter_list') ? namedParameters(w, result, false) : [];
      const variables = parameters.map(({ name, type, flags }, parameter) =>
        w.facts.addVariable({ name, type, parameter, flags }),
      );
      parameters.forEach(({ name }, i) => {
        w.bind(name, w.facts.term(OP.variable, variables[i]));
      });
      w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list(variables));
      if (receiver) w.declare(receiver.name, receiver.type, -1);
      for (const { name, type } of results) w.declare(name, type, -1);
      w.visitChildren(w.field(n, 'body'));
    },
    fn,
  );
}

function namedParameters(w: GoWalk, list: number, withUnnamed: boolean) {
  return w.children(list).flatMap((declaration) => {
    const type = parameterType(w, declaration);
    const flags = w.is(declaration, 'variadic_parameter_declaration') ? FLAG.rest : 0;
    const names = w.fieldsOf(declaration, 'name').filter((c) => !w.is(c, ','));
    if (names.length === 0) return withUnnamed ? [{ name: '_', type, flags }] : [];
    return names.map((c) => ({ name: w.textOf(c), type, flags }));
  });
}

/** A function literal that is bound to a name is a function of that name. */
export function namedLiteral(w: GoWalk, nameNode: number, literal: number): number {
  const name = w.textOf(nameNode);
  const body = w.field(literal, 'body');
  const symbol = w.facts.addSymbol({
    ...{
      kind: 'Function',
      name,
      start: w.start(nameNode),
      end: w.end(literal),
      nameStart: w.start(nameNode),
    },
    signature: `${name} ${w.signature(w.start(literal), w.start(body))}`,
    ...(w.facts.atModuleLevel ? { doc: w.docOf(nameNode), flags: w.flagsOf(name) } : {}),
  });
  const fn = w.facts.addFunction({ symbol });
  w.facts.within(symbol, () => {
    visitFunction(w, literal, fn);
  });
  return symbol;
}

/** A method that an interface asks for. */
export function interfaceMethod(w: GoWalk, n: number): void {
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Method', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    signature: w.signature(w.start(n), w.end(n)),
    ...{ doc: w.docOf(n), flags: w.flagsOf(name) | FLAG.abstract },
  });
  const fn = w.facts.addFunction({ symbol });
  visitFunction(w, n, fn);
}
