import { FLAG, OP, SYMBOL } from '../../facts.ts';
import { addField } from './fields.ts';
import { addKeyed } from './containers.ts';
import { memberSite } from './operators.ts';
import type { PythonWalk } from './walk.ts';

/** Methods that put their argument into the container that they are called on. */
export const ADDING_METHODS: ReadonlySet<string> = new Set([
  ...['append', 'add', 'appendleft', 'insert', 'extend', 'update', 'setdefault'],
]);

/**
 * Calls back with each name that code binds, without the bodies of the functions and classes in it. A name whose
 * container is filled counts as bound.
 */
export function boundIn(w: PythonWalk, node: number, found: (name: string) => void): void {
  const { after } = w.tape;
  for (let n = node + 1, end = after[node]!; n < end;) {
    switch (w.kind(n)) {
      case 'function_definition':
      case 'class_definition': {
        const name = w.field(n, 'name');
        if (name >= 0) found(w.textOf(name));
        n = after[n]!;
        continue;
      }
      case 'lambda':
        if (after[n]! > n + 1) {
          n = after[n]!;
          continue;
        }
        break;
      case 'assignment':
      case 'augmented_assignment':
      case 'for_statement':
        targetNames(w, w.field(n, 'left'), found);
        break;
      case 'named_expression':
        found(w.textOf(w.field(n, 'name')));
        break;
      case 'as_pattern_target':
        targetNames(w, w.firstChild(n), found);
        break;
      case 'call': {
        const callee = w.field(n, 'function');
        if (!w.is(callee, 'attribute')) break;
        const object = w.field(callee, 'object');
        if (w.is(object, 'identifier') && ADDING_METHODS.has(w.textOf(w.field(callee, 'attribute'))))
          found(w.textOf(object));
        break;
      }
      default:
    }
    n++;
  }
}

function targetNames(w: PythonWalk, target: number, found: (name: string) => void): void {
  switch (w.kind(target)) {
    case 'identifier':
      found(w.textOf(target));
      break;
    case 'subscript':
      targetNames(w, w.field(target, 'value'), found);
      break;
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'list_splat_pattern':
    case 'tuple':
    case 'list':
    case 'list_splat':
    case 'parenthesized_expression':
      for (const c of w.children(target)) targetNames(w, c, found);
      break;
    default:
  }
}

export interface Declared {
  /** The whole statement, for the place of a symbol. */
  statement: number;
  /** The declared type, or -1. */
  type: number;
}

/** Binds a target of `=`, `for`, `with … as` …: a name, an attribute, an item, or a pattern of them. */
export function bindTarget(w: PythonWalk, target: number, value: number, declared: Declared): void {
  switch (w.kind(target)) {
    case 'identifier':
      bindName(w, target, value, declared);
      break;
    case 'attribute':
      bindAttribute(w, target, value, declared);
      break;
    case 'subscript':
      memberSite(w, w.visit(w.field(target, 'value')), '__setitem__', w.start(target));
      addKeyed(w, w.field(target, 'value'), w.fieldsOf(target, 'subscript'), value);
      break;
    case 'as_pattern_target':
    case 'parenthesized_expression':
      bindTarget(w, w.firstChild(target), value, declared);
      break;
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list':
      bindPattern(w, target, value, declared);
      break;
    case 'list_splat_pattern':
    case 'list_splat':
      bindTarget(w, w.firstChild(target), value, declared);
      break;
    default:
      if (target >= 0) w.visit(target);
  }
}

function bindPattern(w: PythonWalk, target: number, value: number, declared: Declared): void {
  const targets = w.parts(target);
  const items = writtenItems(w, value);
  const star = targets.findIndex((t) => w.is(t, 'list_splat_pattern') || w.is(t, 'list_splat'));
  targets.forEach((t, i) => {
    let part = -1;
    if (items) {
      const shift = star >= 0 && i > star ? items.length - targets.length : 0;
      part =
        i === star
          ? w.facts.term(OP.array, w.facts.list(items.slice(i, items.length - (targets.length - 1 - i))))
          : (items[i + shift] ?? -1);
    } else if (value >= 0) {
      if (i === star) part = value;
      else if (star >= 0 && i > star) part = w.facts.term(OP.element, value);
      else part = w.facts.term(OP.item, value, i);
    }
    bindTarget(w, t, part, { statement: declared.statement, type: -1 });
  });
}

/** The items of a tuple or list that is written out; undefined for another value. */
export function writtenItems(w: PythonWalk, value: number): number[] | undefined {
  const op = w.facts.opOf(value);
  if (op !== OP.tuple && op !== OP.array) return undefined;
  const items = w.facts.listItems(w.facts.operand(value, 'a'));
  return items.some((item) => w.facts.opOf(item) === OP.spread) ? undefined : items;
}

/** Gives a name a value: a variable of the module or a field of the class is a symbol. */
export function bindName(w: PythonWalk, nameNode: number, value: number, declared: Declared): void {
  const name = w.textOf(nameNode);
  const frame = w.target;
  const typed = declared.type >= 0 ? w.facts.term(OP.cast, declared.type, value) : value;
  if (frame.kind === 'class' && w.frame === frame) {
    const owner = w.facts.class;
    const field = addField(w, owner, nameNode, value, { ...declared, flags: FLAG.static });
    w.define(
      name,
      field >= 0 && (declared.type >= 0 || isContainer(w, value)) ? w.facts.symbolTerm(field) : typed,
    );
    return;
  }
  if (frame.kind === 'module' && w.frame.kind === 'module') {
    bindModuleName(w, nameNode, name, value, declared);
    return;
  }
  w.define(name, typed, frame);
}

function bindModuleName(
  w: PythonWalk,
  nameNode: number,
  name: string,
  value: number,
  declared: Declared,
): void {
  const before = w.module.find(name) ?? -1;
  const isDefinition =
    w.facts.opOf(before) === OP.symbol && !w.moduleVariables.has(name) && w.facts.operand(before, 'a') > 0;
  if (isDefinition && w.facts.symbolName(w.facts.operand(before, 'a')) === name) {
    // `f = cached(f)`: what it was stands beside what it is made into.
    w.define(name, w.facts.opOf(value) === OP.call ? w.facts.union([value, before]) : value);
    return;
  }
  const op = w.facts.opOf(value);
  if ((op === OP.symbol || op === OP.import) && declared.type < 0 && w.reassigned.has(name)) {
    w.define(name, value);
    return;
  }
  const symbol = moduleVariable(w, nameNode, name, declared);
  const keepsSymbol = declared.type >= 0 || value < 0 || (isContainer(w, value) && !w.reassigned.has(name));
  if (keepsSymbol && value >= 0) w.facts.assignSymbol(symbol, value);
  w.define(name, keepsSymbol ? w.facts.symbolTerm(symbol) : value);
}

/** The symbol of a variable of the module, made where it is first bound. */
function moduleVariable(
  w: PythonWalk,
  nameNode: number,
  name: string,
  { statement, type }: Declared,
): number {
  let symbol = w.moduleVariables.get(name);
  if (symbol === undefined) {
    symbol = w.facts.addSymbol({
      ...{
        kind: 'Variable',
        name,
        start: w.start(statement),
        end: w.end(statement),
        nameStart: w.start(nameNode),
      },
      ...{ parent: 0, type, flags: FLAG.exported | w.isPrivate(name) },
      signature: w.signature(w.start(statement), w.end(statement)),
    });
    w.moduleVariables.set(name, symbol);
  } else if (type >= 0 && w.facts.symbolColumn(symbol, SYMBOL.type) < 0)
    w.facts.setSymbol(symbol, SYMBOL.type, type);
  return symbol;
}

/** A list, dictionary or set that may be filled later. */
function isContainer(w: PythonWalk, value: number): boolean {
  const op = w.facts.opOf(value);
  if (op === OP.array || op === OP.object) return true;
  if (op !== OP.call) return false;
  const callee = w.facts.operand(value, 'a');
  return /^(?:list|dict|set|defaultdict|OrderedDict|deque|Counter|WeakValueDictionary)$/.test(
    w.facts.spelling(callee),
  );
}

/** `self.x = …` fills a field of the class; `f.x = …` and `C.x = …` one of the function or class. */
function bindAttribute(w: PythonWalk, target: number, value: number, declared: Declared): void {
  const object = w.visit(w.field(target, 'object'));
  const nameNode = w.field(target, 'attribute');
  if (object < 0 || nameNode < 0) return;
  const term = w.facts.member(object, w.textOf(nameNode));
  w.facts.addMention(term, w.start(nameNode), FLAG.written);
  const own = w.ownClass(object);
  if (own >= 0)
    addField(w, own, nameNode, value, {
      ...declared,
      flags: w.facts.opOf(object) === OP.class ? FLAG.static : 0,
    });
  else if (w.facts.opOf(object) === OP.symbol) {
    const holder = w.facts.operand(object, 'a');
    const kind = w.facts.symbolKind(holder);
    if (kind === 'Class' || kind === 'Function')
      addField(w, holder, nameNode, value, { ...declared, flags: FLAG.static });
  }
  // What another object holds is known as far as this code goes.
  if (own < 0 && value >= 0) w.target.narrow(w.textOf(target), w.facts.union([term, value]));
}
