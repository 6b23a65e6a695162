import { ALWAYS, UNDER_FIELD, type LanguageTables } from './language-tables.ts';
import { TapeScratch } from './tape-scratch.ts';
import type { Tape } from './tape.ts';

/**
 * Word offsets in `SubtreeHeapData` and bits of both kinds of subtree (tree-sitter's lib/src/subtree.h for
 * 32-bit pointers). A subtree stands in an array of 8-byte slots: either a pointer, or a leaf inline, which
 * its lowest bit tells. A parent's children are the slots right before the parent's data. Lengths are bytes
 * of UTF-16.
 */
const PADDING = 1;
const SIZE = 4;
const ERROR_COST = 8;
const CHILD_COUNT = 9;
const SYMBOL = 10;
const FLAGS = 11;
const VISIBLE_DESCENDANTS = 14;
const PRODUCTION = 16; // high half
const [HEAP_EXTRA, HEAP_MISSING] = [1 << 2, 1 << 9];
const [INLINE, INLINE_EXTRA, INLINE_MISSING] = [1, 1 << 3, 1 << 5];

/** One level of the walk on the stack, in words: see `readFromHeap` for their meaning. */
const FRAME = 6;

const scratch = new TapeScratch();
let stack = new Int32Array(FRAME << 8);

/**
 * Reads a tree straight from the parser's memory, without a call into WebAssembly. The walk follows
 * `ts_tree_cursor` (lib/src/tree_cursor.c): positions add up from left to right, an alias makes a hidden child
 * visible, and a hidden node hands its field down to its children.
 *
 * @param root address of the slot of the root.
 * @returns undefined when the memory does not look as expected: never a doubtful tape.
 */
export function readFromHeap(
  memory: Int32Array,
  root: number,
  text: string,
  { symbols, children, stride }: LanguageTables,
): Tape | undefined {
  const rootSlot = memory[root >> 2] ?? 0;
  if (rootSlot <= 0 || rootSlot & 3) return undefined;
  let data = rootSlot >> 2;
  let childCount = memory[data + CHILD_COUNT] ?? 0;
  const visible = childCount > 0 ? (memory[data + VISIBLE_DESCENDANTS] ?? 0) : 0;
  // Far more nodes than a tree of this text can have: nothing below is trusted to end by itself.
  let budget = 256 * (text.length + 1024);
  if (visible < 0 || visible > budget) return undefined;
  scratch.reserve(visible + 1);
  const { kind, field, start, end, after, parent } = scratch;

  let position = memory[data + PADDING] ?? 0;
  kind[0] = (symbols[(memory[data + SYMBOL] ?? 0) & 0xffff] ?? 0) & 0xffff;
  field[0] = 0;
  start[0] = position >> 1;
  const lastPosition = position + (memory[data + SIZE] ?? 0);
  end[0] = lastPosition >> 1;
  parent[0] = -1;
  let count = 1;
  const hasError = (memory[data + ERROR_COST] ?? 0) !== 0;

  /** Words: the next child's slot, the end of the slots, … */
  let next = data - 2 * childCount;
  let last = data;
  /** … where the production says what it gives to the next child, and the end of what it says, … */
  let given = ((memory[data + PRODUCTION] ?? 0) >>> 16) * stride;
  let givenEnd = given + stride;
  /** … the field that hidden nodes above hand down, and the node on the tape above. */
  let inherited = 0;
  let holder = 0;
  let depth = 0;
  // From here on the end of the last leaf: a parent's padding is that of its first leaf, which passes it.
  position = childCount > 0 ? 0 : lastPosition;

  for (;;) {
    if (next === last) {
      after[holder] = count;
      if (depth === 0) break;
      depth -= FRAME;
      next = stack[depth] ?? 0;
      last = stack[depth + 1] ?? 0;
      given = stack[depth + 2] ?? 0;
      givenEnd = stack[depth + 3] ?? 0;
      inherited = stack[depth + 4] ?? 0;
      holder = stack[depth + 5] ?? 0;
      continue;
    }
    const slot = memory[next] ?? 0;

    if (slot & INLINE) {
      const lengths = memory[next + 1] ?? 0;
      next += 2;
      const from = position + ((lengths >>> 16) & 0xff);
      position = from + (lengths >>> 24);
      let gift = 0;
      if (!(slot & INLINE_EXTRA)) {
        gift = given < givenEnd ? (children[given] ?? 0) : 0;
        given++;
        if (gift >>> 16 === 0) gift |= inherited;
      }
      const symbol = symbols[gift & 0xffff || (slot >>> 8) & 0xff] ?? 0;
      const when = symbol >>> 16;
      if ((when === ALWAYS || (when === UNDER_FIELD && gift >>> 16)) && !(slot & INLINE_MISSING)) {
        kind[count] = symbol;
        field[count] = gift >>> 16;
        start[count] = from >> 1;
        end[count] = position >> 1;
        parent[count] = holder;
        after[count] = ++count;
      }
      continue;
    }

    next += 2;
    data = slot >> 2;
    childCount = memory[data + CHILD_COUNT] ?? 0;
    const flags = memory[data + FLAGS] ?? 0;
    const padding = memory[data + PADDING] ?? 0;
    const size = memory[data + SIZE] ?? 0;
    let gift = 0;
    if (!(flags & HEAP_EXTRA)) {
      gift = given < givenEnd ? (children[given] ?? 0) : 0;
      given++;
      if (gift >>> 16 === 0) gift |= inherited;
    }
    const symbol = symbols[gift & 0xffff || (memory[data + SYMBOL] ?? 0) & 0xffff] ?? 0;
    const when = symbol >>> 16;
    let node = holder;
    if ((when === ALWAYS || (when === UNDER_FIELD && gift >>> 16)) && !(flags & HEAP_MISSING)) {
      node = count;
      kind[count] = symbol;
      field[count] = gift >>> 16;
      start[count] = (position + padding) >> 1;
      end[count] = (position + padding + size) >> 1;
      parent[count] = holder;
      after[count] = ++count;
    }
    if (childCount === 0 || memory[data + VISIBLE_DESCENDANTS] === 0) {
      position += padding + size;
      continue;
    }
    budget -= childCount;
    if (childCount < 0 || budget < 0 || slot < childCount * 8) return undefined;
    if (depth + FRAME > stack.length) growStack();
    stack[depth] = next;
    stack[depth + 1] = last;
    stack[depth + 2] = given;
    stack[depth + 3] = givenEnd;
    stack[depth + 4] = inherited;
    stack[depth + 5] = holder;
    depth += FRAME;
    next = data - 2 * childCount;
    last = data;
    given = ((memory[data + PRODUCTION] ?? 0) >>> 16) * stride;
    givenEnd = given + stride;
    inherited = when === 0 ? gift & ~0xffff : 0;
    holder = node;
  }

  if (position !== lastPosition || count > visible + 1) return undefined;
  return scratch.take(text, count, hasError);
}

function growStack(): void {
  const grown = new Int32Array(stack.length * 2);
  grown.set(stack);
  stack = grown;
}
