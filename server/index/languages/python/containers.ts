import { OP } from '../../facts.ts';
import { fieldOf } from './fields.ts';
import { append } from './append.ts';
import type { PythonWalk } from './walk.ts';

/** A key of a dictionary as its text: strings with a quote before them, so that `"1"` is not `1`. */
export function keyText(w: PythonWalk, key: number): string | undefined {
  const op = w.facts.opOf(key);
  if (op === OP.text) return `'${w.facts.string(w.facts.operand(key, 'a'))}`;
  if (op === OP.literal && w.facts.operand(key, 'b') >= 0) return w.facts.string(w.facts.operand(key, 'b'));
  return undefined;
}

/** The key of a pair whose key is not known; the key itself is said by a term, see `OP.object` in the rules. */
export const ANY_KEY = '?';

/** `{…}` of one pair. */
function single(w: PythonWalk, key: number, value: number): number {
  return w.facts.term(OP.object, w.facts.list([w.facts.text(keyText(w, key) ?? ANY_KEY), value]));
}

/** `d[k] = v`, `d[k][l] = v`: what the container holds from then on. */
export function addKeyed(
  w: PythonWalk,
  containerNode: number,
  keyNodes: readonly number[],
  value: number,
): void {
  const keys = keyNodes.map((k) => w.visit(k));
  const key = keys.length === 1 ? keys[0]! : -1;
  put(w, containerNode, [key], value);
}

function put(w: PythonWalk, node: number, keys: readonly number[], value: number): void {
  if (w.is(node, 'subscript')) {
    const [key = -1, ...others] = w.fieldsOf(node, 'subscript');
    put(w, w.field(node, 'value'), [others.length > 0 ? -1 : w.visit(key), ...keys], value);
    return;
  }
  change(w, node, (before) => withKeys(w, before, keys, value));
}

function withKeys(w: PythonWalk, before: number, keys: readonly number[], value: number): number {
  const [key = -1, ...deeper] = keys;
  const text = keyText(w, key);
  const op = w.facts.opOf(before);
  if (op === OP.object && text !== undefined) {
    const pairs = w.facts.objectPairs(before);
    const old = pairs.find(([name]) => name === text)?.[1] ?? -1;
    const item = deeper.length === 0 ? value : withKeys(w, old, deeper, value);
    const kept = pairs.filter(([name]) => name !== text);
    const list = [...kept, [text, item] as const].flatMap(([name, term]) => [w.facts.text(name), term]);
    return w.facts.term(OP.object, w.facts.list(list));
  }
  const item = deeper.length === 0 ? value : withKeys(w, -1, deeper, value);
  if (op === OP.array && text !== undefined && /^\d+$/.test(text)) {
    const items = [...w.facts.listItems(w.facts.operand(before, 'a'))];
    if (Number(text) < items.length) {
      items[Number(text)] = item;
      return w.facts.term(OP.array, w.facts.list(items));
    }
  }
  return w.facts.union([before, single(w, key, item)]);
}

/** `xs.append(v)`, `d.update(e)` …: what the container holds from then on. */
export function addByMethod(
  w: PythonWalk,
  containerNode: number,
  method: string,
  args: readonly number[],
): void {
  const [first = -1, second = -1] = args;
  switch (method) {
    case 'append':
    case 'appendleft':
      if (first >= 0) change(w, containerNode, (before) => withItem(w, before, first));
      break;
    case 'add':
      if (first >= 0) change(w, containerNode, (before) => w.facts.union([before, w.setOf([first])]));
      break;
    case 'insert':
      if (second >= 0) change(w, containerNode, (before) => w.facts.union([before, arrayOf(w, [second])]));
      break;
    case 'extend':
      if (first >= 0)
        change(w, containerNode, (before) =>
          w.facts.union([before, arrayOf(w, [w.facts.term(OP.spread, first)])]),
        );
      break;
    case 'setdefault':
      if (second >= 0)
        change(w, containerNode, (before) => w.facts.union([before, single(w, first, second)]));
      break;
    case 'update':
      if (first >= 0) change(w, containerNode, (before) => updated(w, before, first));
      break;
    default:
  }
}

const arrayOf = (w: PythonWalk, items: readonly number[]) => w.facts.term(OP.array, w.facts.list(items));

function withItem(w: PythonWalk, before: number, item: number): number {
  if (w.facts.opOf(before) === OP.array) {
    const items = w.facts.listItems(w.facts.operand(before, 'a'));
    if (items.length < 30) return arrayOf(w, [...items, item]);
  }
  return w.facts.union([before, arrayOf(w, [item])]);
}

function updated(w: PythonWalk, before: number, other: number): number {
  if (w.facts.opOf(before) !== OP.object || w.facts.opOf(other) !== OP.object)
    return w.facts.union([before, other]);
  const pairs = new Map(w.facts.objectPairs(before));
  for (const [name, term] of w.facts.objectPairs(other)) pairs.set(name, term);
  const list = [...pairs].flatMap(([name, term]) => [w.facts.text(name), term]);
  return w.facts.term(OP.object, w.facts.list(list));
}

/** Gives what a name or field holds a new state: a local for what follows, a field or a variable elsewhere besides. */
function change(w: PythonWalk, node: number, make: (before: number) => number): void {
  if (w.is(node, 'identifier')) {
    const name = w.textOf(node);
    const frame = w.target;
    const before = frame.globals.has(name) || frame.nonlocals.has(name) ? undefined : frame.find(name);
    if (before !== undefined && frame.kind === 'module' && w.facts.opOf(before) === OP.symbol) {
      const symbol = w.facts.operand(before, 'a');
      if (symbol === w.moduleVariables.get(name)) w.facts.assignSymbol(symbol, make(-1));
    } else if (before !== undefined && frame.kind === 'class' && w.facts.opOf(before) === OP.symbol)
      w.facts.assignSymbol(w.facts.operand(before, 'a'), make(-1));
    else if (before !== undefined) w.define(name, make(before), frame);
    else changeOuter(w, name, make(-1));
    return;
  }
  if (!w.is(node, 'attribute')) return;
  const name = w.textOf(w.field(node, 'attribute'));
  const object = w.field(node, 'object');
  const term = w.is(object, 'identifier') ? w.read(w.textOf(object)) : -1;
  const owner = term < 0 ? -1 : w.ownClass(term);
  if (owner < 0) return;
  const field = fieldOf(w, term, name);
  const value = make(-1);
  if (field >= 0) w.facts.assignSymbol(field, value);
  else w.laterFields.push({ owner, name, value });
}

/** A container of a function around, or of the module. */
function changeOuter(w: PythonWalk, name: string, value: number): void {
  for (let at = w.target.outer; at; at = at.outer)
    if (at.kind === 'function' && at.definitions.has(name)) {
      at.write(name, w.facts.union([at.find(name) ?? -1, value]));
      return;
    }
  append(w.laterValues, name, value);
}
