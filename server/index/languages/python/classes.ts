import { FLAG, OP, SYMBOL } from '../../facts.ts';
import { declareTypeParameters, typeIn, typeOfValue, typeParameterList } from './annotations.ts';
import { decorate, readDecorators, type Decorators } from './decorators.ts';
import { functionDefinition } from './functions.ts';
import type { PythonVisitor, PythonWalk, TypeOwner } from './walk.ts';

export const classVisitors: Record<string, PythonVisitor> = {
  class_definition: (w, n) => classDefinition(w, n, n, undefined),
  decorated_definition: (w, n) => {
    const decorators = readDecorators(
      w,
      w.children(n).filter((c) => w.is(c, 'decorator')),
    );
    const definition = w.field(n, 'definition');
    if (w.is(definition, 'function_definition')) return functionDefinition(w, definition, n, decorators);
    return w.is(definition, 'class_definition') ? classDefinition(w, definition, n, decorators) : -1;
  },
};

const ENUMS = new Set([
  'Enum',
  'IntEnum',
  'StrEnum',
  'Flag',
  'IntFlag',
  'ReprEnum',
  'TextChoices',
  'IntegerChoices',
]);

function classDefinition(
  w: PythonWalk,
  n: number,
  outer: number,
  decorators: Decorators | undefined,
): number {
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  const bases = w.parts(w.field(n, 'superclasses'));
  const isEnum = bases.some((b) => ENUMS.has(w.lastName(b)));
  const isInner = w.frame.kind === 'class';
  const symbol = w.facts.addSymbol({
    ...{
      kind: isEnum ? 'Enum' : 'Class',
      name,
      start: w.start(outer),
      end: w.end(outer),
      nameStart: w.start(nameNode),
    },
    ...{ signature: w.head(n), doc: w.docOf(w.field(n, 'body')) },
    flags: w.isPrivate(name) | (w.frame.kind === 'module' ? FLAG.exported : 0),
  });
  if (isInner) w.addMemberOf(w.facts.class, name, symbol);
  if (isTestCase(w, name, bases)) w.testClasses.add(symbol);
  const term = w.facts.symbolTerm(symbol);
  const outerTypes = w.typeOwner;
  const types: TypeOwner = { owner: symbol, names: [], outer: outerTypes, self: undefined };
  w.typeOwner = types;
  declareTypeParameters(w, n, types);
  collectTypeVariables(w, bases, types);
  for (const base of bases) addBase(w, symbol, base);
  w.facts.setSymbol(symbol, SYMBOL.typeParameters, typeParameterList(w, types));
  w.define(name, term);
  if (decorators) decorate(w, decorators, symbol, -1);
  w.facts.within(symbol, () =>
    w.facts.inScope(
      'class',
      () => {
        const frame = w.inFrame('class', () => {
          // Its own name is known inside its methods, and in annotations before it is bound.
          w.visit(w.field(n, 'body'));
        });
        for (const [inner, terms] of frame.definitions) {
          const kept = terms.at(-1)!;
          if (w.facts.opOf(kept) === OP.symbol) w.facts.bind(inner, kept);
        }
      },
      symbol,
    ),
  );
  w.typeOwner = outerTypes;
  return term;
}

/** A class of unittest's, whatever its name; one whose base stands in another file goes by its name. */
function isTestCase(w: PythonWalk, name: string, bases: readonly number[]): boolean {
  if (bases.some((b) => /TestCase$/.test(w.lastName(b)) || isKnownTestClass(w, b))) return true;
  return w.isTestFile && bases.length > 0 && /Tests?$/.test(name);
}

function isKnownTestClass(w: PythonWalk, base: number): boolean {
  if (!w.is(base, 'identifier')) return false;
  const term = w.read(w.textOf(base));
  return w.facts.opOf(term) === OP.symbol && w.testClasses.has(w.facts.operand(term, 'a'));
}

function addBase(w: PythonWalk, symbol: number, base: number): void {
  if (w.is(base, 'keyword_argument')) {
    const value = w.visit(w.field(base, 'value'));
    if (w.textOf(w.field(base, 'name')) === 'metaclass') w.facts.setSymbol(symbol, SYMBOL.value, value);
    return;
  }
  let type: number;
  if (w.is(base, 'identifier')) {
    const term = w.read(w.textOf(base));
    w.facts.addMention(term, w.start(base));
    type = typeOfValue(w, term);
  } else if (w.is(base, 'subscript')) type = typeIn(w, w.textOf(base));
  else if (w.is(base, 'attribute') || w.is(base, 'call')) type = typeOfValue(w, w.visit(base));
  else {
    w.visit(base);
    return;
  }
  if (type >= 0) w.facts.addHeritage(symbol, 'INHERITS', type, w.start(base));
}

/** The type variables that a class declares by `Generic[T]`, or by naming them in its other bases. */
function collectTypeVariables(w: PythonWalk, bases: readonly number[], types: TypeOwner): void {
  const applied = bases.filter((b) => w.is(b, 'subscript'));
  const generic = applied.filter((b) => /^(?:Generic|Protocol)$/.test(w.lastName(w.field(b, 'value'))));
  for (const base of generic.length > 0 ? generic : applied)
    for (const [name] of w.textOf(base).matchAll(/\w+/g))
      if (w.typeVariables.has(name) && !types.names.includes(name)) types.names.push(name);
}
