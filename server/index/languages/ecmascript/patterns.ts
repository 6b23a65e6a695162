import { FLAG, OP, SYMBOL } from '../../facts.ts';
import { memberTerm } from './callee.ts';
import type { EcmascriptWalk } from './walk.ts';

type Where = 'here' | 'function';

/** Declares the names of a destructuring pattern, each with its part of the value. */
export function bindPattern(w: EcmascriptWalk, pattern: number, value: number, where: Where = 'here'): void {
  eachName(w, pattern, value, (name, part) => {
    w.facts.declare({ name: w.textOf(name), value: part }, where);
  });
}

/** Calls back with each name of a pattern and the term of its part. */
export function eachName(
  w: EcmascriptWalk,
  pattern: number,
  value: number,
  found: (name: number, part: number) => void,
): void {
  const part = (make: (of: number) => number) => (value < 0 ? -1 : make(value));
  switch (w.kind(pattern)) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      found(pattern, value);
      break;
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const byDefault = w.visit(w.field(pattern, 'right'));
      const left = w.field(pattern, 'left');
      eachName(w, left, w.facts.union([value, byDefault]), found);
      break;
    }
    case 'object_pattern':
      for (const c of w.children(pattern)) {
        if (w.is(c, 'pair_pattern')) {
          const key = w.keyOf(w.field(c, 'key'));
          eachName(w, w.field(c, 'value'), key === '' ? -1 : part((of) => w.facts.member(of, key)), found);
        } else if (w.is(c, 'object_assignment_pattern')) {
          const left = w.field(c, 'left');
          const byDefault = w.visit(w.field(c, 'right'));
          const own = part((of) => w.facts.member(of, w.textOf(left)));
          eachName(w, left, w.facts.union([own, byDefault]), found);
        } else if (w.is(c, 'rest_pattern')) eachName(w, w.firstChild(c), value, found);
        else
          eachName(
            w,
            c,
            part((of) => w.facts.member(of, w.textOf(c))),
            found,
          );
      }
      break;
    case 'array_pattern': {
      let i = 0;
      let from = w.start(pattern);
      for (const c of w.children(pattern)) {
        i += commasBetween(w, from, w.start(c));
        from = w.end(c);
        const at = i;
        if (w.is(c, 'rest_pattern')) eachName(w, w.firstChild(c), value, found);
        else
          eachName(
            w,
            c,
            part((of) => w.facts.term(OP.item, of, at)),
            found,
          );
      }
      break;
    }
    default:
      w.visit(pattern);
  }
}

/** The names of a pattern may leave out items: `[, second]`. */
function commasBetween(w: EcmascriptWalk, from: number, to: number): number {
  const text = w.text.slice(from, to);
  return text.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '').split(',').length - 1;
}

/** `left = right`: what the variable, field or property may hold from then on. */
export function assign(w: EcmascriptWalk, left: number, right: number): number {
  if (w.is(left, 'object_pattern') || w.is(left, 'array_pattern')) {
    const value = w.visit(right);
    eachName(w, left, value, (name, part) => assignName(w, w.textOf(name), part));
    return value;
  }
  if (w.is(left, 'identifier')) {
    const value = w.visit(right);
    w.facts.addMention(w.facts.name(w.textOf(left)), w.start(left), FLAG.written);
    assignName(w, w.textOf(left), value);
    return value;
  }
  if (w.is(left, 'member_expression')) return assignMember(w, left, right);
  w.visit(left);
  return w.visit(right);
}

function assignName(w: EcmascriptWalk, name: string, value: number): void {
  const bound = w.facts.lookUp(name);
  if (bound === undefined || value < 0) return;
  const target = w.facts.operand(bound, 'a');
  if (w.facts.opOf(bound) === OP.variable) w.facts.assignVariable(target, value);
  else if (w.facts.opOf(bound) === OP.symbol && w.facts.symbolKind(target) === 'Variable')
    w.facts.assignSymbol(target, value);
}

/** `this.x = …` fills a field (in JavaScript it also declares it); `C.prototype.m = function …` declares a method. */
function assignMember(w: EcmascriptWalk, left: number, right: number): number {
  const object = w.field(left, 'object');
  const property = w.field(left, 'property');
  const name = w.textOf(property);
  const isThis = w.is(object, 'this');
  const receiver = w.receiver.term;
  const owner =
    isThis && (w.facts.opOf(receiver) === OP.this || w.facts.opOf(receiver) === OP.class)
      ? w.facts.operand(receiver, 'a')
      : prototypeOwner(w, object);
  const target = owner < 0 ? -1 : w.facts.child(owner, name);
  if (w.isFunction(right) && target < 0 && name !== '' && (owner >= 0 || isNamedFunctionTarget(w, object))) {
    w.visit(object);
    return declareFunction(w, left, right, { name, property, owner });
  }
  const expected = target >= 0 ? w.facts.symbolColumn(target, SYMBOL.type) : -1;
  const term = memberTerm(w, left);
  if (term >= 0) w.facts.addMention(term, w.start(property), FLAG.written);
  const value = w.visitExpecting(right, expected);
  if (target >= 0) w.facts.assignSymbol(target, value);
  else if (owner >= 0 && isThis && !w.isTypeScript) {
    w.facts.addSymbol({
      ...{ kind: 'Field', name, parent: owner, value, nameStart: w.start(property) },
      ...{ start: w.start(left), end: w.end(left), signature: w.signature(w.start(left), w.end(left)) },
    });
  }
  return value;
}

/** The class of `C.prototype`. */
function prototypeOwner(w: EcmascriptWalk, object: number): number {
  if (!w.is(object, 'member_expression') || w.textOf(w.field(object, 'property')) !== 'prototype') return -1;
  const bound = w.facts.lookUp(w.textOf(w.field(object, 'object')));
  return bound !== undefined && w.facts.opOf(bound) === OP.symbol ? w.facts.operand(bound, 'a') : -1;
}

/** `f.g = function …` and `exports.g = function …` name their function. */
function isNamedFunctionTarget(w: EcmascriptWalk, object: number): boolean {
  const text = w.textOf(object);
  if (text === 'exports' || text === 'module.exports') return true;
  const bound = w.facts.lookUp(text);
  return bound !== undefined && w.facts.opOf(bound) === OP.symbol;
}

export function declareFunction(
  w: EcmascriptWalk,
  left: number,
  right: number,
  { name, property, owner }: { name: string; property: number; owner: number },
): number {
  const object = w.textOf(w.field(left, 'object'));
  const holder = owner >= 0 ? owner : holderOf(w, object);
  const isMethod = owner >= 0 && w.facts.symbolKind(owner) === 'Class';
  const symbol = w.facts.addSymbol({
    kind: isMethod ? 'Method' : 'Function',
    ...{ name, start: w.start(left), end: w.end(right), nameStart: w.start(property) },
    signature: w.signature(w.start(left), w.start(w.field(right, 'body'))),
    ...(holder >= 0 ? { parent: holder } : {}),
  });
  const fn = w.facts.addFunction({ symbol, flags: w.has(right, 'async') ? FLAG.async : 0 });
  const receiver =
    owner >= 0
      ? { term: w.facts.term(OP.this, owner), superTerm: w.facts.term(OP.super, owner) }
      : w.receiver;
  w.facts.within(symbol, () => w.withReceiver(receiver, () => w.functionBody(right, fn)));
  return w.facts.symbolTerm(symbol);
}

function holderOf(w: EcmascriptWalk, object: string): number {
  const bound = w.facts.lookUp(object);
  return bound !== undefined && w.facts.opOf(bound) === OP.symbol ? w.facts.operand(bound, 'a') : -1;
}
