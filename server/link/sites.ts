import { OP, SITE, SYMBOL, TERM, VARIABLE } from '../index/facts.ts';
import { CALL_FORMS, type CallForm, type Tier } from '../protocol/graph.ts';
import { argumentVariable } from './arguments.ts';
import { constructorOf, overloadsOf, standIn } from './calls.ts';
import type { Evaluator } from './evaluator.ts';
import type { FunctionType, Type } from './types.ts';

export interface Target {
  symbol: number;
  tier: Tier;
  confidence: number;
  reason: string;
  /** `callback` where the called value is held by a parameter, field or variable. */
  form: CallForm;
  /** True for a function that the call passes on: the arguments are not its own. */
  isPassed?: boolean;
}

/** How sure an edge is, and why. */
type Sure = Pick<Target, 'tier' | 'confidence' | 'reason'>;

/** So many functions may stand behind one callback; more say that nothing is known. */
const MOST_CALLBACKS = 8;
const MOST_TARGETS = 6;
/** So many members may follow each other in one expression. */
const MOST_CHAINED = 200;

interface Link {
  ev: Evaluator;
  file: number;
  /** The term of the call, for overloads. */
  call: number;
  form: CallForm;
}

/** The symbols that one call site calls; empty where nothing is known. */
export function targetsOf(ev: Evaluator, file: number, row: number): Target[] {
  const { sites, terms } = ev.program.facts[file]!;
  const callee = sites[row + SITE.callee]!;
  if (callee < 0) return [];
  const form = CALL_FORMS[sites[row + SITE.form]!]!;
  const link: Link = { ev, file, call: sites[row + SITE.call]!, form };
  const op = terms[callee * TERM.width]!;
  const targets =
    form === 'operator' && op !== OP.member
      ? implicitTargets(link, callee)
      : form === 'super'
        ? superTargets(link, terms[callee * TERM.width + TERM.a]!)
        : op === OP.method
          ? methodTargets(link, callee)
          : op === OP.member && form !== 'new'
            ? memberTargets(link, callee)
            : valueTargets(link, callee);
  if (targets.length > MOST_TARGETS) return [];
  const takesFunctions = link.call >= 0 && ev.rules(file).callsPassedFunctions;
  return takesFunctions && targets.some((t) => ev.program.isBuiltIn(t.symbol))
    ? [...targets, ...passedTargets(link, targets)]
    : targets;
}

/** Functions that are passed to a built-in function which calls them. */
function passedTargets({ ev, file, call }: Link, targets: readonly Target[]): Target[] {
  const passed: Target[] = [];
  ev.argumentsOf(file, call).forEach((argument, i) => {
    if (argument < 0 || !targets.some((t) => takesFunction(ev, t.symbol, { file, argument }, i))) return;
    const value = ev.value(file, argument);
    for (const item of value?.t === 'union' ? value.items : [value])
      if (item?.t === 'function')
        passed.push({ symbol: item.symbol, form: 'callback', isPassed: true, ...PASSED });
  });
  return passed;
}

const PASSED: Sure = { tier: 'receiver', confidence: 0.85, reason: 'passed to a function that calls it' };

function takesFunction(
  ev: Evaluator,
  symbol: number,
  from: { file: number; argument: number },
  index: number,
): boolean {
  if (!ev.program.isBuiltIn(symbol)) return false;
  const found = argumentVariable(ev, symbol, from, index);
  const type =
    found && ev.type(found.file, ev.program.variableColumn(found.file, found.variable, VARIABLE.type));
  return type?.t === 'signature';
}

function superTargets({ ev, file, call, form }: Link, cls: number): Target[] {
  if (cls < 0) return [];
  const owner = ev.program.symbol(file, cls);
  const over = ev.rules(file).superOf?.(ev, owner);
  const base = over?.t === 'instance' ? over : ev.basesOf(owner)[0];
  if (!base) return [];
  const found = constructorOf(ev, base.symbol, file, call) ?? base.symbol;
  const symbol = ev.program.isBuiltIn(found) ? base.symbol : found;
  return [{ symbol, form, tier: 'scope', confidence: 0.98, reason: 'the constructor of the base class' }];
}

/** The methods that run for an operator, an index or an iteration. */
function implicitTargets({ ev, file, form }: Link, term: number): Target[] {
  const targets: Target[] = [];
  for (const { on, name, besides } of ev.rules(file).implicitCalls?.(ev, file, term) ?? []) {
    if (targets.length > 0 && !besides) continue;
    const found = ev.members(on, name).filter((f) => isFunctionKind(ev, f.symbol));
    const confidence = found.length > 1 ? 0.8 : 0.9;
    for (const { symbol } of found)
      targets.push({ symbol, form, tier: 'receiver', confidence, reason: 'the operand has this type' });
  }
  return targets;
}

/** A method, where methods have names of their own: the overload that the arguments pick. */
function methodTargets(link: Link, callee: number): Target[] {
  const { ev, file, form } = link;
  const { terms } = ev.program.facts[file]!;
  const object = terms[callee * TERM.width + TERM.a]!;
  const value = ev.value(file, callee);
  const methods = (value?.t === 'union' ? value.items : [value]).filter((item) => item?.t === 'function');
  if (methods.length === 0) return [];
  const isBare = terms[object * TERM.width] === OP.scope;
  const sure =
    isBare || isLexical(ev, file, object)
      ? { tier: 'scope' as const, confidence: 0.98, reason: reasonOf(terms[object * TERM.width]!) }
      : { tier: 'receiver' as const, confidence: 0.92, reason: 'the receiver has this type' };
  const split = methods.length > 1 ? { ...sure, confidence: 0.75 } : sure;
  return methods.flatMap((method) =>
    overloaded(link, method).map((target) => ({ ...split, ...target, form })),
  );
}

function memberTargets(link: Link, callee: number): Target[] {
  const { ev, file } = link;
  const { terms } = ev.program.facts[file]!;
  const object = terms[callee * TERM.width + TERM.a]!;
  const name = ev.program.text(file, terms[callee * TERM.width + TERM.b]!);
  const type = ev.value(file, object);
  if (!type) return [];
  const isScope = isLexical(ev, file, object);
  const sure = isScope
    ? { tier: 'scope' as const, confidence: 0.98, reason: reasonOf(terms[object * TERM.width]!) }
    : { tier: 'receiver' as const, confidence: 0.92, reason: 'the receiver has this type' };
  const found = ev.members(type, name);
  if (found.length === 0) {
    const isElsewhere = type.t === 'instance' || type.t === 'union';
    return heldTargets(
      link,
      ev.memberValue(type, name),
      isElsewhere && sure.confidence > 0.85 ? ELSEWHERE : sure,
    );
  }
  const split = type.t === 'union' ? { ...sure, confidence: sure.confidence - 0.1 } : sure;
  const methods = found.filter((f) => isCallable(ev, f.symbol)).map((f) => f.symbol);
  if (methods.length > 0)
    return firstOfEach(ev, methods, type).map((symbol) => ({ symbol, form: link.form, ...split }));
  return found.flatMap((f) =>
    isDecorated(ev, f.symbol) || isClass(ev, f.symbol)
      ? heldTargets(link, ev.symbolValue(f.symbol, f.owner, type), split)
      : heldBy(link, f.symbol),
  );
}

/** A function whose name means what its decorators have made of it. */
function isDecorated(ev: Evaluator, symbol: number): boolean {
  return isFunctionKind(ev, symbol) && ev.program.column(symbol, SYMBOL.value) >= 0;
}

/** A class in a class, which is no variable that may hold another. */
function isClass(ev: Evaluator, symbol: number): boolean {
  const kind = ev.program.kind(symbol);
  return kind === 'Class' || kind === 'Enum';
}

/** What is found through the classes that inherit from the receiver's, or by another rule of the language. */
const ELSEWHERE: Sure = {
  tier: 'receiver',
  confidence: 0.85,
  reason: 'a member that only other classes of the receiver declare',
};

/** Among methods of one name, the first of each class. */
function firstOfEach(ev: Evaluator, methods: readonly number[], type: Type): readonly number[] {
  if (methods.length === 1) return methods;
  const owners = new Set<number>();
  const first = methods.filter((m) => !owners.has(ev.program.parent(m)) && owners.add(ev.program.parent(m)));
  return type.t === 'union' ? first : first.slice(0, 1);
}

function isCallable(ev: Evaluator, symbol: number): boolean {
  return isFunctionKind(ev, symbol) && ev.symbolValue(symbol)?.t === 'function' && !isDecorated(ev, symbol);
}

function isFunctionKind(ev: Evaluator, symbol: number): boolean {
  const kind = ev.program.kind(symbol);
  return kind === 'Method' || kind === 'Function' || kind === 'Test';
}

/** What a field or variable holds that is called. */
function heldBy(link: Link, symbol: number): Target[] {
  const { ev } = link;
  const file = ev.program.fileOf(symbol);
  const term = ev.program.column(symbol, SYMBOL.value);
  const value = ev.value(file, term) ?? ev.symbolValue(symbol);
  return callbacks(link, ev.types.union([value, passedInto(ev, file, term)]));
}

/** What callers pass for the parameter that a field or variable is set to: its declared type does not say. */
function passedInto(ev: Evaluator, file: number, term: number): Type | undefined {
  const { terms } = ev.program.facts[file]!;
  if (term < 0) return undefined;
  const operand = terms[term * TERM.width + TERM.a]!;
  const op = terms[term * TERM.width];
  if (op === OP.variable) return ev.flowType(file, operand);
  if (op !== OP.union) return undefined;
  return ev.types.union(Array.from(ev.program.list(file, operand), (part) => passedInto(ev, file, part)));
}

function valueTargets(link: Link, callee: number): Target[] {
  const { ev, file } = link;
  const { terms } = ev.program.facts[file]!;
  const op = terms[callee * TERM.width]!;
  const value = ev.value(file, callee);
  if (op === OP.variable) {
    const passed = ev.types.union([value, ev.flowType(file, terms[callee * TERM.width + TERM.a]!)]);
    return link.form === 'new' ? heldTargets(link, passed, RECEIVER) : callbacks(link, passed);
  }
  const sure =
    op === OP.symbol || op === OP.import || op === OP.global || isLexical(ev, file, callee)
      ? { tier: 'scope' as const, confidence: 0.98, reason: reasonOf(op) }
      : RECEIVER;
  const symbol = op === OP.symbol ? ev.program.symbol(file, terms[callee * TERM.width + TERM.a]!) : -1;
  if (symbol >= 0 && ev.program.kind(symbol) === 'Variable' && value?.t !== 'class')
    return heldBy(link, symbol);
  return heldTargets(link, value, sure);
}

const RECEIVER = { tier: 'receiver', confidence: 0.9, reason: 'the value called has this type' } as const;

function callbacks(link: Link, value: Type | undefined): Target[] {
  const sure = { tier: 'receiver' as const, confidence: 0.75, reason: 'what is passed or stored here' };
  const targets = heldTargets(link, value, sure);
  if (targets.length > MOST_CALLBACKS) return [];
  const alone = targets.length === 1 ? { confidence: 0.8 } : {};
  return targets.map((target) => ({
    ...{ ...target, ...alone },
    form: target.form === 'call' ? 'callback' : target.form,
  }));
}

function heldTargets(link: Link, value: Type | undefined, sure: Sure): Target[] {
  const { ev, form } = link;
  if (!value) return [];
  switch (value.t) {
    case 'union':
      return value.items
        .filter((item) => item.t !== 'signature')
        .flatMap((item, _, { length }) =>
          heldTargets(
            link,
            item,
            length > 1 ? { ...sure, confidence: Math.min(sure.confidence, 0.8) } : sure,
          ),
        );
    case 'function':
      return overloaded(link, value).map((target) => ({ ...sure, ...target, form }));
    case 'class': {
      const made = ev.instanceOf(value);
      if (made?.t !== 'instance') return [];
      const constructors = constructorsOf(link, made.symbol);
      const rules = ev.rules(ev.program.fileOf(made.symbol));
      if (rules.callConverts) return [];
      if (rules.constructors) {
        const unsure = constructors.length > 1 ? { confidence: UNSURE } : {};
        return [{ form, ...sure, symbol: constructors[0] ?? made.symbol, ...unsure }];
      }
      const chosen = rules.constructorsOf ? constructors : firstOfEach(ev, constructors, made);
      const symbols = constructors.length === 0 ? [made.symbol] : chosen;
      const as = rules.callMakesInstance && form === 'call' ? 'new' : form;
      return symbols.map((symbol) => ({ symbol, form: as, ...sure }));
    }
    case 'lambda': {
      if (!ev.rules(link.file).callsLambdaOwner) return [];
      const owner = ev.program.functionColumn(value.file, value.function, 1);
      return [{ symbol: ev.program.symbol(value.file, owner), form, ...sure }];
    }
    case 'instance': {
      const stands = standIn(ev, value);
      if (stands) return heldTargets(link, stands, sure);
      const signature = ev.signatureOf(value);
      return signature?.t === 'function'
        ? [{ symbol: signature.symbol, form: form === 'call' ? 'operator' : form, ...sure }]
        : [];
    }
    default:
      return [];
  }
}

function constructorsOf({ ev, file, call }: Link, symbol: number): readonly number[] {
  const rules = ev.rules(ev.program.fileOf(symbol));
  if (rules.constructors) return rules.constructors(ev, symbol, file, call, -1);
  if (rules.constructorsOf) return rules.constructorsOf(ev, symbol);
  for (const name of rules.constructorNames) {
    const found = ev.members(ev.types.instance(symbol), name);
    // A class of the workspace whose constructor is a built-in one's is constructed all the same.
    if (found.length > 0) return found.map((f) => f.symbol).filter((s) => !ev.program.isBuiltIn(s));
  }
  return [];
}

/** Among the methods that share a name, the one that the arguments pick; less sure where nothing tells them apart. */
function overloaded(
  { ev, file, call }: Link,
  value: FunctionType,
): { symbol: number; confidence?: number }[] {
  const [best, ...others] = overloadsOf(ev, value, file, call);
  if (!best) return [];
  return [others.length > 0 ? { symbol: best.symbol, confidence: UNSURE } : { symbol: best.symbol }];
}

/** One of several overloads that fit. */
const UNSURE = 0.7;

/** Whether an expression is known by scope alone: `this`, a class, a module, an imported name. */
function isLexical(ev: Evaluator, file: number, term: number, depth = 0): boolean {
  const { terms } = ev.program.facts[file]!;
  const op = terms[term * TERM.width]!;
  if (op === OP.this || op === OP.super || op === OP.class) return true;
  if (op !== OP.symbol && op !== OP.import && op !== OP.global && op !== OP.member) return false;
  // A chain that begins with itself, as in `x = x.y`, is none that scope knows.
  if (
    op === OP.member &&
    (depth > MOST_CHAINED || !isLexical(ev, file, terms[term * TERM.width + TERM.a]!, depth + 1))
  )
    return false;
  const value = ev.value(file, term);
  return value?.t === 'class' || value?.t === 'module' || (value?.t === 'object' && op === OP.import);
}

function reasonOf(op: number): string {
  if (op === OP.import) return 'imported by this name';
  if (op === OP.this || op === OP.class) return 'a member of this class';
  if (op === OP.super) return 'a member of the base class';
  return 'in scope by this name';
}
