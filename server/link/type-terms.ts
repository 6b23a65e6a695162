import { FLAG, FUNCTION, OP, TERM } from '../index/facts.ts';
import { madeBy } from './results.ts';
import type { Evaluation } from './evaluation.ts';
import { memberAsType } from './members.ts';
import type { Type } from './types.ts';

/** What a term says as a type: `Foo` is an instance of Foo. */
export function typeOfTerm(ev: Evaluation, file: number, term: number): Type | undefined {
  const { program, types } = ev;
  const { terms } = program.facts[file]!;
  const op = terms[term * TERM.width]!;
  const a = terms[term * TERM.width + TERM.a]!;
  const b = terms[term * TERM.width + TERM.b]!;
  const each = (list: number) => Array.from(program.list(file, list), (item) => ev.type(file, item));
  switch (op) {
    case OP.symbol:
    case OP.import:
    case OP.global:
    case OP.member:
    case OP.class:
      return ev.instanceOf(named(ev, file, term));
    case OP.variable:
      return ev.instanceOf(ev.value(file, term));
    case OP.literal:
      return ev.builtIn(file, program.text(file, a));
    case OP.apply: {
      const base = named(ev, file, a);
      const given =
        base?.t === 'class' ? ev.rules(file).typeArguments?.(ev, file, base.symbol, b) : undefined;
      const args = given ?? each(b);
      if (base?.t === 'class') return ev.instanceOf(types.class(base.symbol, args));
      return ev.type(file, a);
    }
    case OP.union:
    case OP.unionType:
      return types.union(each(a));
    case OP.intersection:
      // A member of an intersection is a member of one of its parts.
      return types.union(each(a));
    case OP.functionType:
      return types.signature(each(b), ev.type(file, a));
    case OP.tupleType:
    case OP.tuple:
      return types.tuple(each(a));
    case OP.objectType:
      return types.object(file, term);
    case OP.typeOf: {
      const value = ev.value(file, a);
      return value && inHeritage(ev, file, term) ? (madeBy(ev, value) ?? value) : value;
    }
    case OP.typeParameter:
      return types.parameter(a >= 0 ? program.symbol(file, a) : -1, b);
    case OP.self:
      return types.self;
    case OP.memberType:
      return ev.memberValue(ev.type(file, a), program.text(file, b));
    case OP.indexedType: {
      const object = ev.type(file, a);
      return object && (ev.elementOf(object, file) ?? ev.rules(file).indexed?.(ev, object, ev.type(file, b)));
    }
    case OP.arrayType:
      return ev.builtIn(file, ev.rules(file).builtInName('array'), [ev.type(file, a)]);
    case OP.mapType:
      return ev.builtIn(file, ev.rules(file).builtInName('map'), [ev.type(file, a), ev.type(file, b)]);
    case OP.pointerType:
    case OP.reference:
      return ev.type(file, a);
    case OP.cast:
      return ev.type(file, a) ?? ev.type(file, b);
    case OP.call:
    case OP.new:
      return ev.value(file, term);
    default:
      return undefined;
  }
}

/** The class, alias or module that a type's name means. */
export function named(ev: Evaluation, file: number, term: number): Type | undefined {
  const { terms } = ev.program.facts[file]!;
  const op = terms[term * TERM.width]!;
  if (op === OP.apply) return named(ev, file, terms[term * TERM.width + TERM.a]!);
  const a = terms[term * TERM.width + TERM.a]!;
  switch (op) {
    case OP.typeParameter:
    case OP.self:
      return typeOfTerm(ev, file, term);
    case OP.import:
      return ev.rules(file).imported(ev, file, a, 'type');
    case OP.member:
      return memberAsType(ev, ev.value(file, a), ev.program.text(file, terms[term * TERM.width + TERM.b]!));
    default:
      return ev.value(file, term);
  }
}

/** `extends mixin(Base)`: what the call gives is a class, and the base is an instance of it. */
function inHeritage(ev: Evaluation, file: number, term: number): boolean {
  const { heritage } = ev.program.facts[file]!;
  for (let h = 2; h < heritage.length; h += 5) if (heritage[h] === term) return true;
  return false;
}

/** What the surroundings expect of a value: a written type, or what a callee, property or function says. */
export function expectedType(ev: Evaluation, file: number, term: number): Type | undefined {
  if (term < 0) return undefined;
  const { terms } = ev.program.facts[file]!;
  const op = terms[term * TERM.width]!;
  const a = terms[term * TERM.width + TERM.a]!;
  const b = terms[term * TERM.width + TERM.b]!;
  switch (op) {
    case OP.argumentOf: {
      const isExpecting = terms[a * TERM.width] === OP.expecting;
      const call = isExpecting ? terms[a * TERM.width + TERM.a]! : a;
      const context = isExpecting ? terms[a * TERM.width + TERM.b]! : -1;
      const callee = terms[call * TERM.width + TERM.a]!;
      const value = ev.value(file, callee);
      // `super(…)` constructs the base of which `super` is an instance.
      const called =
        value?.t === 'instance' && terms[callee * TERM.width] === OP.super
          ? ev.types.class(value.symbol, value.args)
          : value;
      return ev.parameterType(called, b, file, call, context);
    }
    case OP.propertyOf:
      return ev.memberValue(expectedType(ev, file, a), ev.program.text(file, b));
    case OP.element:
      return ev.elementOf(expectedType(ev, file, a), file);
    case OP.returnOf: {
      const declared = ev.program.functionColumn(file, a, FUNCTION.returnType);
      const isAsync = (ev.program.functionColumn(file, a, FUNCTION.flags) & FLAG.async) !== 0;
      if (declared >= 0) {
        const type = ev.type(file, declared);
        return isAsync && !ev.rules(file).asyncWraps ? ev.awaited(type, file) : type;
      }
      const signature = ev.signatureOf(
        expectedType(ev, file, ev.program.functionColumn(file, a, FUNCTION.context)),
      );
      return signature?.t === 'signature' ? signature.result : undefined;
    }
    default:
      return ev.type(file, term);
  }
}
