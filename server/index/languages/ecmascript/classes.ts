import { FLAG, FUNCTION, OP, SYMBOL } from '../../facts.ts';
import { calleeOf } from './callee.ts';
import type { EcmascriptWalk } from './walk.ts';

/** A class declaration or expression and its members; returns its symbol. */
export function addClass(w: EcmascriptWalk, n: number, name: string, definition: number, flags = 0): number {
  const body = w.field(n, 'body');
  const nameNode = w.field(n, 'name');
  for (const c of w.children(n)) if (w.is(c, 'decorator')) addDecorator(w, c);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Class', name, start: w.start(definition), end: w.end(definition) },
    nameStart: w.start(nameNode >= 0 ? nameNode : n),
    signature: w.signature(w.start(definition), body < 0 ? w.end(n) : w.start(body)),
    doc: w.docOf(definition),
    flags: flags | (w.is(n, 'abstract_class_declaration') ? FLAG.abstract : 0),
  });
  const term = w.facts.symbolTerm(symbol);
  if (nameNode >= 0) {
    w.facts.bind(name, term);
    w.facts.bindType(name, term);
  }
  w.facts.within(symbol, () =>
    w.facts.inScope(
      'class',
      () => {
        w.facts.setSymbol(symbol, SYMBOL.typeParameters, w.typeParameters(n, symbol));
        addHeritage(w, n, symbol);
        for (const member of w.children(body)) addClassMember(w, member, symbol);
      },
      symbol,
    ),
  );
  return symbol;
}

function addHeritage(w: EcmascriptWalk, n: number, symbol: number): void {
  const heritage = w.childOf(n, 'class_heritage');
  for (const clause of w.children(heritage)) {
    if (w.is(clause, 'implements_clause')) {
      for (const type of w.children(clause)) addBase(w, symbol, 'IMPLEMENTS', w.type(type), type);
    } else if (w.is(clause, 'extends_clause')) {
      const value = w.field(clause, 'value');
      const args = w.field(clause, 'type_arguments');
      const base = baseType(w, value);
      const list = args < 0 ? -1 : w.facts.list(w.children(args).map((a) => w.type(a)));
      addBase(w, symbol, 'INHERITS', base < 0 || list < 0 ? base : w.facts.term(OP.apply, base, list), value);
    } else addBase(w, symbol, 'INHERITS', baseType(w, clause), clause);
  }
}

/** `extends Base` names a type; `extends mixin(Base)` is what the call gives. */
function baseType(w: EcmascriptWalk, value: number): number {
  if (w.is(value, 'identifier') || w.is(value, 'member_expression')) return w.type(value);
  const term = w.visit(value);
  return term < 0 ? -1 : w.facts.term(OP.typeOf, term);
}

function addBase(
  w: EcmascriptWalk,
  symbol: number,
  relation: 'INHERITS' | 'IMPLEMENTS',
  type: number,
  node: number,
): void {
  if (type >= 0) w.facts.addHeritage(symbol, relation, type, w.start(node));
}

function addClassMember(w: EcmascriptWalk, n: number, owner: number): void {
  switch (w.kind(n)) {
    case 'decorator':
      addDecorator(w, n);
      break;
    case 'method_definition':
      addMethod(w, n, n, owner);
      break;
    case 'method_signature':
    case 'abstract_method_signature':
      addMethodSignature(w, n, owner);
      break;
    case 'public_field_definition':
      addField(w, n, w.field(n, 'name'), owner);
      break;
    case 'field_definition':
      addField(w, n, w.field(n, 'property'), owner);
      break;
    case 'class_static_block':
      w.withReceiver(receiverOf(w, owner, true), () => w.facts.inScope('block', () => w.visitChildren(n)));
      break;
    case 'index_signature':
      w.type(w.field(n, 'type'));
      break;
    default:
      w.visit(n);
  }
}

function receiverOf(w: EcmascriptWalk, owner: number, isStatic: boolean) {
  return {
    term: w.facts.term(isStatic ? OP.class : OP.this, owner),
    superTerm: w.facts.term(OP.super, owner),
  };
}

const MODIFIERS: Record<string, number> = {
  static: FLAG.static,
  async: FLAG.async,
  abstract: FLAG.abstract,
  get: FLAG.getter,
  set: FLAG.setter,
};

function modifiers(w: EcmascriptWalk, n: number): number {
  let flags = w.accessibility(n);
  for (const word of w.words(n)) flags |= MODIFIERS[word] ?? 0;
  return flags;
}

/** A method, or a field that holds a function. */
function addMethod(w: EcmascriptWalk, n: number, fnNode: number, owner: number): void {
  const nameNode = w.field(n, w.is(n, 'field_definition') ? 'property' : 'name');
  const name = w.keyOf(nameNode) || 'computed';
  const body = w.field(fnNode, 'body');
  let flags = modifiers(w, n) | (w.has(fnNode, 'async') ? FLAG.async : 0);
  if (name === 'constructor') flags |= FLAG.constructor;
  const accessor = flags & (FLAG.getter | FLAG.setter);
  const key = methodKey(owner, name, flags);
  const signed = accessor ? -1 : overloaded(w, key);
  const symbol =
    signed >= 0
      ? signed
      : w.facts.addSymbol({
          ...{ kind: 'Method', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
          signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)),
          ...{ doc: w.docOf(n), flags, parent: owner },
        });
  const overloads = signed >= 0 ? w.facts.symbolColumn(signed, SYMBOL.function) : -1;
  if (signed >= 0) w.facts.setSymbol(signed, SYMBOL.endLine, w.facts.lines.line(w.end(n)));
  const fn = w.facts.addFunction({ symbol, flags });
  w.facts.within(symbol, () =>
    w.withReceiver(receiverOf(w, owner, (flags & FLAG.static) !== 0), () => {
      if (name === 'constructor') addParameterProperties(w, fnNode, owner);
      w.functionBody(fnNode, fn);
    }),
  );
  if (overloads >= 0) w.facts.setFunction(fn, FUNCTION.returnType, w.overloadedReturn(symbol));
}

/** The symbol that an overload's signature has made before: of the same name, and static or not as well. */
function overloaded(w: EcmascriptWalk, key: string): number {
  const symbol = w.methods.get(key) ?? -1;
  return symbol >= 0 && w.signatures.has(w.facts.symbolColumn(symbol, SYMBOL.function)) ? symbol : -1;
}

const methodKey = (owner: number, name: string, flags: number) =>
  `${owner}${(flags & FLAG.static) === 0 ? '.' : '#'}${name}`;

/** `m(): T;` in a class or interface; several are overloads of one method. */
export function addMethodSignature(w: EcmascriptWalk, n: number, owner: number): void {
  const nameNode = w.field(n, 'name');
  const name = w.keyOf(nameNode);
  if (name === '') return;
  const flags = modifiers(w, n);
  const key = methodKey(owner, name, flags);
  const isAccessor = (flags & (FLAG.getter | FLAG.setter)) !== 0;
  const before = isAccessor ? -1 : overloaded(w, key);
  const symbol =
    before >= 0
      ? before
      : w.facts.addSymbol({
          ...{ kind: 'Method', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
          ...{ signature: w.signature(w.start(n), w.end(n)), doc: w.docOf(n), parent: owner },
          flags: flags | FLAG.abstract,
        });
  if (!isAccessor) w.methods.set(key, symbol);
  const fn = w.facts.addFunction({ symbol, flags: flags | FLAG.abstract });
  w.signatures.add(fn);
  w.facts.within(symbol, () => w.functionBody(n, fn));
  w.addOverload(symbol, fn);
}

function addField(w: EcmascriptWalk, n: number, nameNode: number, owner: number): void {
  for (const c of w.children(n)) if (w.is(c, 'decorator')) addDecorator(w, c);
  const value = w.field(n, 'value');
  if (w.isFunction(value)) return addMethod(w, n, value, owner);
  const name = w.keyOf(nameNode);
  const flags = modifiers(w, n);
  const type = w.annotation(n);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Field', name: name || 'computed', start: w.start(n), end: w.end(n) },
    ...{ nameStart: w.start(nameNode), flags, type, parent: owner, doc: w.docOf(n) },
    signature: w.signature(w.start(n), value < 0 ? w.end(n) : w.start(value)),
  });
  if (value < 0) return;
  w.facts.within(symbol, () =>
    w.withReceiver(receiverOf(w, owner, (flags & FLAG.static) !== 0), () =>
      w.facts.assignSymbol(symbol, w.visitExpecting(value, type)),
    ),
  );
}

/** `constructor(private store: Store)` declares a field. */
function addParameterProperties(w: EcmascriptWalk, n: number, owner: number): void {
  for (const parameter of w.children(w.field(n, 'parameters'))) {
    const isProperty = w.has(parameter, 'accessibility_modifier') || w.has(parameter, 'readonly');
    const pattern = w.field(parameter, 'pattern');
    if (!isProperty || !w.is(pattern, 'identifier')) continue;
    w.facts.addSymbol({
      ...{ kind: 'Field', name: w.textOf(pattern), start: w.start(parameter), end: w.end(parameter) },
      ...{ nameStart: w.start(pattern), type: w.annotation(parameter), parent: owner },
      ...{ flags: w.accessibility(parameter), signature: w.textOf(parameter) },
    });
  }
}

/** A decorator is called by what holds the decorated definition. */
export function addDecorator(w: EcmascriptWalk, n: number): void {
  const inner = w.firstChild(n);
  const isCall = w.is(inner, 'call_expression');
  const callee = calleeOf(w, isCall ? w.field(inner, 'function') : inner);
  w.facts.addSite(callee.term, 'decorator', callee.at);
  if (isCall) for (const arg of w.children(w.field(inner, 'arguments'))) w.visit(arg);
}
