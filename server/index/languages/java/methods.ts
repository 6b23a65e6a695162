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

/** One parameter or record component, as written. */
interface Parameter {
  node: number;
  nameNode: number;
  name: string;
  type: number;
  isRest: boolean;
}

const NAME_AFTER_DOTS = /\.\.\.\s*([\p{L}\p{N}_$]+)\s*$/u;
const NO_TYPE = new Set([
  'modifiers',
  'marker_annotation',
  'annotation',
  'variable_declarator',
  'identifier',
  'ERROR',
]);

/** The parameters of a list; a rest parameter's type is an array. */
function parametersOf(w: JavaWalk, list: number): Parameter[] {
  const found: Parameter[] = [];
  for (const node of w.children(list)) {
    const kind = w.kind(node);
    const isRest = kind !== 'formal_parameter';
    if (isRest && kind !== 'spread_parameter' && kind !== 'ERROR') continue;
    const holder = kind === 'spread_parameter' ? w.childOf(node, 'variable_declarator') : node;
    const nameNode = w.field(holder, 'name');
    // The grammar knows no annotation before the dots: `String @Nullable ... names`.
    const name = kind === 'ERROR' ? (NAME_AFTER_DOTS.exec(w.textOf(node))?.[1] ?? '') : w.textOf(nameNode);
    if (name === '') continue;
    const typeNode = isRest
      ? (w.children(node).find((c) => !NO_TYPE.has(w.kind(c))) ?? -1)
      : w.field(node, 'type');
    const type = w.dimensioned(declaredType(w, typeNode), w.field(holder, 'dimensions'));
    found.push({
      ...{ node, nameNode: nameNode < 0 ? node : nameNode, name, isRest },
      type: isRest ? w.facts.term(OP.arrayType, type) : type,
    });
  }
  return found;
}

/** Parameters of a method, constructor or lambda. */
export function addParameters(w: JavaWalk, list: number, fn: number): void {
  const variables = parametersOf(w, list).map(({ node, name, type, isRest }, parameter) => {
    w.annotations(node);
    const variable = w.facts.addVariable({ name, parameter, type, flags: isRest ? FLAG.rest : 0 });
    w.facts.bind(name, w.facts.term(OP.variable, variable));
    return variable;
  });
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
  for (const { node, nameNode, name, type } of parametersOf(w, header)) {
    const place = { name, start: w.start(node), end: w.end(node), nameStart: w.start(nameNode) };
    const signature = w.signature(w.start(node), w.end(node));
    const field = w.facts.addSymbol({ ...place, kind: 'Field', signature, type, flags: FLAG.private });
    w.facts.bind(name, w.facts.symbolTerm(field));
    w.facts.within(field, () => {
      w.annotations(node);
    });
    if (declared.has(name)) continue;
    const accessor = w.facts.addSymbol({ ...place, kind: 'Method', signature, flags: FLAG.exported });
    const fn = w.facts.addFunction({ symbol: accessor, returnType: type });
    w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list([]));
  }
}
