import { FLAG, FUNCTION, OP, SYMBOL } from '../../facts.ts';
import { annotation, declareTypeParameters, typeParameterList } from './annotations.ts';
import { decorate, type Decorators } from './decorators.ts';
import { testName } from './tests.ts';
import type { Frame } from './flow.ts';
import type { PythonVisitor, PythonWalk, TypeOwner } from './walk.ts';

export const functionVisitors: Record<string, PythonVisitor> = {
  function_definition: (w, n) => functionDefinition(w, n, n, undefined),
  lambda: (w, n) => lambda(w, n),
};

/** A function or method, with what its decorators make of it. */
export function functionDefinition(
  w: PythonWalk,
  n: number,
  outer: number,
  decorators: Decorators | undefined,
): number {
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  const isMethod = w.frame.kind === 'class';
  const owner = isMethod ? w.facts.class : -1;
  const flags = flagsOf(w, n, name, isMethod) | (decorators?.flags ?? 0);
  const signed = signedBefore(w, name, owner);
  const kindName = isMethod ? ('Method' as const) : ('Function' as const);
  const test = testName(w, name, owner);
  const symbol =
    signed >= 0
      ? signed
      : w.facts.addSymbol({
          ...{ kind: test === undefined ? kindName : ('Test' as const), name: test ?? name },
          ...{ start: w.start(outer), end: w.end(outer), nameStart: w.start(nameNode), flags },
          ...{ signature: w.head(n), doc: w.docOf(w.field(n, 'body')) },
          ...(test === undefined ? {} : { qualifiedName: qualified(w, name) }),
        });
  if (signed >= 0) w.facts.setSymbol(symbol, SYMBOL.endLine, w.facts.lines.line(w.end(n)));
  else if (isMethod) declareMethod(w, owner, name, symbol, decorators);
  const earlier = signed >= 0 ? w.facts.symbolColumn(signed, SYMBOL.function) : -1;
  const fn = w.facts.addFunction({ symbol, flags });
  if (decorators?.isOverload) w.signatures.add(fn);
  const plain = w.facts.symbolTerm(symbol);
  // A later overload or the body shares the first signature's symbol: its results stand side by side.
  const body = () => w.facts.within(symbol, () => functionBody(w, n, fn, { symbol, owner, flags }));
  const value = decorators ? decorate(w, decorators, symbol, fn) : plain;
  bindFunction(w, name, value, decorators);
  body();
  if (earlier >= 0) mergeOverloads(w, symbol, earlier, fn, decorators?.isOverload === true);
  return value;
}

function qualified(w: PythonWalk, name: string): string {
  return w.facts.symbol === 0 ? name : `${w.facts.qualifiedName(w.facts.symbol)}.${name}`;
}

function bindFunction(w: PythonWalk, name: string, value: number, decorators: Decorators | undefined): void {
  // `@x.setter def x`, `@f.register def _`: the name keeps what it was, the new function belongs to it.
  if (decorators?.extends !== undefined && w.frame.find(name) !== undefined && decorators.extends === name)
    return;
  w.define(name, value);
}

function flagsOf(w: PythonWalk, n: number, name: string, isMethod: boolean): number {
  let flags = w.isPrivate(name) | (w.has(n, 'async') ? FLAG.async : 0);
  if (w.frame.kind === 'module') flags |= FLAG.exported;
  if (!isMethod) return flags;
  if (name === '__init__' || name === '__new__') flags |= FLAG.constructor;
  if (name === '__new__') flags |= FLAG.classMethod;
  if (name === '__init_subclass__' || name === '__class_getitem__') flags |= FLAG.classMethod;
  return flags;
}

/** The symbol of a signature of the same function that came before. */
function signedBefore(w: PythonWalk, name: string, owner: number): number {
  const known = owner >= 0 ? w.memberOf(owner, name) : symbolOf(w, w.frame.find(name) ?? -1);
  if (known < 0) return -1;
  const fn = w.facts.symbolColumn(known, SYMBOL.function);
  return fn >= 0 && w.signatures.has(fn) ? known : -1;
}

function symbolOf(w: PythonWalk, term: number): number {
  return w.facts.opOf(term) === OP.symbol ? w.facts.operand(term, 'a') : -1;
}

function declareMethod(
  w: PythonWalk,
  owner: number,
  name: string,
  symbol: number,
  decorators: Decorators | undefined,
): void {
  const before = w.memberOf(owner, name);
  w.addMemberOf(owner, name, symbol);
  if (before < 0 || decorators !== undefined || w.frame.flow.parent !== undefined) return;
  if (w.facts.symbolKind(before) === 'Method') w.facts.addFlags(before, FLAG.replaced);
}

function mergeOverloads(
  w: PythonWalk,
  symbol: number,
  earlier: number,
  fn: number,
  isSignature: boolean,
): void {
  const declared = (f: number) => w.facts.functionColumn(f, FUNCTION.returnType);
  const types = isSignature ? [declared(earlier), declared(fn)] : [declared(earlier)];
  const said = types.filter((t) => t >= 0);
  if (said.length > 0) w.facts.setFunction(fn, FUNCTION.returnType, w.facts.union(said, OP.unionType));
  if (w.facts.functionColumn(fn, FUNCTION.typeParameters) < 0)
    w.facts.setFunction(
      fn,
      FUNCTION.typeParameters,
      w.facts.functionColumn(earlier, FUNCTION.typeParameters),
    );
  w.facts.setSymbol(symbol, SYMBOL.function, fn);
}

interface Own {
  symbol: number;
  /** The class it is a method of, or -1. */
  owner: number;
  flags: number;
}

/** Parameters, return type and body of a function. What the head says is read where the function stands. */
function functionBody(w: PythonWalk, n: number, fn: number, { symbol, owner, flags }: Own): void {
  const outerTypes = w.typeOwner;
  const types: TypeOwner = {
    owner: symbol >= 0 ? symbol : -2 - fn,
    names: [],
    outer: outerTypes,
    self: undefined,
  };
  w.typeOwner = types;
  if (w.signatures.size > 0) shareTypeParameters(w, symbol, fn, types);
  declareTypeParameters(w, n, types);
  const receiver = owner >= 0 && (flags & FLAG.static) === 0 ? { owner, flags } : undefined;
  const head = readParameters(w, w.field(n, 'parameters'), receiver !== undefined);
  const returned = w.field(n, 'return_type');
  if (returned >= 0) w.facts.setFunction(fn, FUNCTION.returnType, annotation(w, returned));
  w.facts.setFunction(fn, FUNCTION.typeParameters, typeParameterList(w, types));
  w.facts.inScope(
    'function',
    () => {
      const frame = w.inFrame('function', () => {
        if (receiver && head.receiver !== '')
          w.define(head.receiver, w.facts.term((flags & FLAG.classMethod) !== 0 ? OP.class : OP.this, owner));
        addParameters(w, head, fn);
        w.visit(w.field(n, 'body'));
      });
      bindNames(w, frame);
    },
    fn,
  );
  w.typeOwner = outerTypes;
}

/** Overloads of one function number their type variables alike. */
function shareTypeParameters(w: PythonWalk, symbol: number, fn: number, types: TypeOwner): void {
  const first = w.facts.symbolColumn(symbol, SYMBOL.function);
  if (first < 0 || first === fn || !w.signatures.has(first)) return;
  const list = w.facts.functionColumn(first, FUNCTION.typeParameters);
  w.facts.listItems(list).forEach((item, i) => {
    if (i % 2 === 0) types.names.push(w.facts.string(item));
  });
}

/** Gives the functions inside the names that they may see. */
export function bindNames(w: PythonWalk, frame: Frame): void {
  if (frame.hasInner) {
    for (const [name, terms] of frame.definitions) bind(w, name, terms);
    return;
  }
  for (const name of frame.missed) {
    const terms = frame.definitions.get(name);
    if (terms) bind(w, name, terms);
  }
}

function bind(w: PythonWalk, name: string, terms: readonly number[]): void {
  const term = w.facts.union(terms);
  w.facts.bind(name, term >= 0 ? term : w.facts.unknown);
}

interface Parameter {
  name: string;
  type: number;
  value: number;
  flags: number;
}

interface Head {
  /** The name of the receiver, `self` or `cls`; '' where there is none. */
  receiver: string;
  /** In the order in which arguments fill them: by place, then by name. */
  parameters: readonly Parameter[];
}

/** Parameters as written, with their types and defaults. */
function readParameters(w: PythonWalk, list: number, hasReceiver: boolean): Head {
  const positional: Parameter[] = [];
  const named: Parameter[] = [];
  let receiver = '';
  let isNamed = false;
  let isFirst = hasReceiver;
  for (const n of w.parts(list)) {
    if (w.is(n, 'keyword_separator')) isNamed = true;
    if (w.is(n, 'keyword_separator') || w.is(n, 'positional_separator')) continue;
    const star = starOf(w, n);
    if (isFirst && star === undefined) {
      isFirst = false;
      const isTyped = w.is(n, 'typed_parameter');
      receiver = w.textOf(isTyped ? w.firstChild(n) : n);
      if (isTyped) receiverVariable(w, w.textOf(w.field(n, 'type')));
      continue;
    }
    isFirst = false;
    const parameter = readParameter(w, n, star, isNamed);
    if (star === 'list_splat_pattern') isNamed = true;
    (isNamed || star !== undefined ? named : positional).push(parameter);
  }
  return { receiver, parameters: [...positional, ...named] };
}

/** A type variable that annotates `self` or `cls` stands for the receiver. */
function receiverVariable(w: PythonWalk, type: string): void {
  const own = type.replace(/^["']|["']$/g, '');
  const inner = /^(?:\w+\.)?[Tt]ype\[(\w+)\]$/.exec(own)?.[1] ?? own;
  if (w.typeOwner && w.typeVariables.has(inner)) w.typeOwner.self = inner;
}

function starOf(w: PythonWalk, n: number): string | undefined {
  const inner = w.is(n, 'typed_parameter') ? w.firstChild(n) : n;
  return w.is(inner, 'list_splat_pattern') || w.is(inner, 'dictionary_splat_pattern')
    ? w.kind(inner)
    : undefined;
}

function readParameter(w: PythonWalk, n: number, star: string | undefined, isNamed: boolean): Parameter {
  let flags = isNamed ? FLAG.named : 0;
  if (star === 'list_splat_pattern') flags = FLAG.rest;
  if (star === 'dictionary_splat_pattern') flags = FLAG.keywords;
  const hasField = w.is(n, 'default_parameter') || w.is(n, 'typed_default_parameter');
  let nameNode = hasField ? w.field(n, 'name') : w.is(n, 'typed_parameter') ? w.firstChild(n) : n;
  if (star !== undefined) nameNode = w.firstChild(nameNode);
  let type = annotation(w, w.field(n, 'type'));
  if (type >= 0 && star === 'list_splat_pattern')
    type = w.facts.term(OP.apply, w.facts.term(OP.global, w.facts.text('tuple')), w.facts.list([type]));
  else if (star === 'dictionary_splat_pattern') type = w.facts.term(OP.mapType, w.facts.literal('str'), type);
  const byDefault = w.field(n, 'value');
  if (byDefault >= 0) flags |= FLAG.hasDefault;
  const value = byDefault >= 0 ? w.visit(byDefault) : -1;
  return { name: w.is(nameNode, 'identifier') ? w.textOf(nameNode) : '', type, value, flags };
}

function addParameters(w: PythonWalk, { parameters }: Head, fn: number): void {
  const variables = parameters.map((parameter, i) => w.facts.addVariable({ ...parameter, parameter: i }));
  w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list(variables));
  variables.forEach((variable, i) => {
    const { name } = parameters[i]!;
    if (name !== '') w.define(name, w.facts.term(OP.variable, variable));
  });
}

/** A function literal that no name is bound to. */
function lambda(w: PythonWalk, n: number): number {
  const fn = w.facts.addFunction({ context: w.takeExpected() });
  lambdaBody(w, n, fn);
  return w.facts.term(OP.function, fn);
}

function lambdaBody(w: PythonWalk, n: number, fn: number): void {
  const head = readParameters(w, w.field(n, 'parameters'), false);
  w.facts.inScope(
    'function',
    () => {
      const frame = w.inFrame('lambda', () => {
        addParameters(w, head, fn);
        w.facts.addReturn(w.visit(w.field(n, 'body')));
      });
      bindNames(w, frame);
    },
    fn,
  );
}

/** `name = lambda …`: a function of that name; returns its term. */
export function namedLambda(
  w: PythonWalk,
  n: number,
  nameNode: number,
  statement: number,
  parent?: number,
): number {
  const name = w.textOf(nameNode);
  const isMethod = parent !== undefined || w.frame.kind === 'class';
  const symbol = w.facts.addSymbol({
    ...{ kind: isMethod ? ('Method' as const) : ('Function' as const), name, start: w.start(statement) },
    ...{
      end: w.end(statement),
      nameStart: w.start(nameNode),
      signature: w.signature(w.start(statement), w.end(statement)),
    },
    flags: w.isPrivate(name) | (w.frame.kind === 'module' ? FLAG.exported : 0),
    ...(parent === undefined ? {} : { parent }),
  });
  const owner = parent ?? (w.frame.kind === 'class' ? w.facts.class : -1);
  if (owner >= 0) w.addMemberOf(owner, name, symbol);
  const fn = w.facts.addFunction({ symbol });
  w.facts.within(symbol, () => lambdaBody(w, n, fn));
  return w.facts.symbolTerm(symbol);
}
