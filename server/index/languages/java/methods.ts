import { FLAG, FUNCTION, OP } from '../../facts.ts';
import { declaredType } from './types.ts';
import type { JavaWalk } from './walk.ts';

const TEST_ANNOTATIONS = new Set([
  ...['Test', 'ParameterizedTest', 'RepeatedTest', 'TestFactory', 'TestTemplate', 'Theory'],
]);

/** A method, or an element of an annotation type. What JUnit or TestNG run is a test, named as they report it. */
export function addMethod(w: JavaWalk, n: number): void {
  const nameNode = w.field(n, 'name');
  const body = w.field(n, 'body');
  const name = w.textOf(nameNode);
  if (name === '') return;
  const owner = w.facts.class;
  const isOfInterface = owner >= 0 && w.facts.symbolKind(owner) === 'Interface';
  let flags = w.modifiers(n);
  if (isOfInterface && body < 0) flags |= FLAG.abstract;
  if (isOfInterface && (flags & FLAG.private) === 0) flags |= FLAG.exported;
  const isTest = body >= 0 && w.annotationNames(n).some((a) => TEST_ANNOTATIONS.has(a));
  const symbol = w.facts.addSymbol({
    ...{
      kind: isTest ? 'Test' : 'Method',
      name,
      start: w.start(n),
      end: w.end(n),
      nameStart: w.start(nameNode),
    },
    signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)),
    ...{ doc: w.docOf(n), flags },
  });
  const fn = w.facts.addFunction({ symbol, flags });
  w.facts.within(symbol, () => {
    w.annotations(n);
    w.facts.inScope(
      'function',
      () => {
        w.facts.setFunction(fn, FUNCTION.typeParameters, w.typeParameters(n, symbol));
        const type = w.dimensioned(w.type(w.field(n, 'type')), w.field(n, 'dimensions'));
        w.facts.setFunction(fn, FUNCTION.returnType, type);
        addParameters(w, w.field(n, 'parameters'), fn);
        w.visit(w.field(n, 'value'));
        if (body >= 0) w.visitChildren(body);
      },
      fn,
    );
  });
}

export function addConstructor(w: JavaWalk, n: number): void {
  constructor(w, n, w.field(n, 'parameters'));
}

/** `record P(int x) { P { … } }`: its parameters are the record's. */
export function compactConstructor(w: JavaWalk, n: number, header: number): void {
  constructor(w, n, header);
}

function constructor(w: JavaWalk, n: number, parameters: number): void {
  const nameNode = w.field(n, 'name');
  const body = w.field(n, 'body');
  const flags = w.modifiers(n) | FLAG.constructor;
  const symbol = w.facts.addSymbol({
    ...{
      kind: 'Method',
      name: w.textOf(nameNode),
      start: w.start(n),
      end: w.end(n),
      nameStart: w.start(nameNode),
    },
    signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)),
    ...{ doc: w.docOf(n), flags },
  });
  const fn = w.facts.addFunction({ symbol, flags });
  w.facts.within(symbol, () => {
    w.annotations(n);
    w.facts.inScope(
      'function',
      () => {
        w.facts.setFunction(fn, FUNCTION.typeParameters, w.typeParameters(n, symbol));
        addParameters(w, parameters, fn);
        w.visitChildren(body);
      },
      fn,
    );
  });
}

/** Parameters of a method, constructor or lambda. */
export function addParameters(w: JavaWalk, list: number, fn: number): void {
  const variables: number[] = [];
  for (const n of w.children(list)) {
    const isRest = w.is(n, 'spread_parameter');
    if (!isRest && !w.is(n, 'formal_parameter')) continue;
    w.annotations(n);
    const holder = isRest ? w.childOf(n, 'variable_declarator') : n;
    const typeNode = isRest
      ? (w.children(n).find((c) => !w.is(c, 'modifiers') && c !== holder) ?? -1)
      : w.field(n, 'type');
    const type = w.dimensioned(declaredType(w, typeNode), w.field(holder, 'dimensions'));
    const name = w.textOf(w.field(holder, 'name'));
    const variable = w.facts.addVariable({
      ...{ name, parameter: variables.length, flags: isRest ? FLAG.rest : 0 },
      type: isRest ? w.facts.term(OP.arrayType, type) : type,
    });
    variables.push(variable);
    w.facts.bind(name, w.facts.term(OP.variable, variable));
  }
  w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list(variables));
}

/** The components of a record are fields, each with the accessor that reads it unless the body declares one. */
export function addRecordComponents(w: JavaWalk, header: number, body: number): void {
  const declared = new Set(
    w
      .children(body)
      .filter((m) => w.is(m, 'method_declaration') && w.firstChild(w.field(m, 'parameters')) < 0)
      .map((m) => w.textOf(w.field(m, 'name'))),
  );
  for (const n of w.children(header)) {
    const isRest = w.is(n, 'spread_parameter');
    if (!isRest && !w.is(n, 'formal_parameter')) continue;
    const holder = isRest ? w.childOf(n, 'variable_declarator') : n;
    const typeNode = isRest
      ? (w.children(n).find((c) => !w.is(c, 'modifiers') && c !== holder) ?? -1)
      : w.field(n, 'type');
    const written = w.dimensioned(w.type(typeNode), w.field(holder, 'dimensions'));
    const type = isRest ? w.facts.term(OP.arrayType, written) : written;
    const nameNode = w.field(holder, 'name');
    const name = w.textOf(nameNode);
    const place = { name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) };
    const signature = w.signature(w.start(n), w.end(n));
    const field = w.facts.addSymbol({ ...place, kind: 'Field', signature, type, flags: FLAG.private });
    w.facts.bind(name, w.facts.symbolTerm(field));
    w.facts.within(field, () => w.annotations(n));
    if (declared.has(name)) continue;
    const accessor = w.facts.addSymbol({ ...place, kind: 'Method', signature, flags: FLAG.exported });
    const fn = w.facts.addFunction({ symbol: accessor, returnType: type });
    w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list([]));
  }
}
