import type { Language } from 'web-tree-sitter';

/** How a symbol comes onto a tape: never, only under a field, or always. */
export const HIDDEN = 0;
export const UNDER_FIELD = 1;
export const ALWAYS = 2;

/** What the heap reader knows of a grammar, read once from the parser's memory. */
export interface LanguageTables {
  /** Public symbol id by symbol id, above it (`>>> 16`) one of HIDDEN, UNDER_FIELD, ALWAYS. */
  readonly symbols: Int32Array;
  /**
   * By production × `stride` + index among a node's children that are not extras: the alias (low half) and the
   * field (high half) that the production gives to this child. An index beyond `stride` has neither.
   */
  readonly children: Int32Array;
  readonly stride: number;
}

/** Word offsets in `struct TSLanguage` (tree-sitter's lib/src/parser.h, ABI 13 to 15, 32-bit pointers). */
const LANGUAGE = {
  symbolCount: 1,
  aliasCount: 2,
  productionCount: 7,
  fieldCount: 8,
  maxAliasSequenceLength: 9,
  fieldMapSlices: 16,
  fieldMapEntries: 17,
  publicSymbols: 19,
  aliasSequences: 21,
};

/**
 * Reads the tables of a language at `address`. Undefined when they do not agree with what the public API says
 * of the language: then this is not the layout that was expected.
 *
 * @param isWord whether an anonymous token, by its id, is a word.
 */
export function readLanguageTables(
  memory: Int32Array,
  address: number,
  language: Language,
  isWord: Uint8Array,
): LanguageTables | undefined {
  const halves = new Uint16Array(memory.buffer);
  const word = (offset: number): number => memory[(address >> 2) + offset] ?? 0;

  const symbolCount = word(LANGUAGE.symbolCount) + word(LANGUAGE.aliasCount);
  const fieldCount = word(LANGUAGE.fieldCount);
  if (symbolCount !== language.nodeTypeCount || fieldCount !== language.fieldCount) return undefined;

  const symbols = new Int32Array(0x10000);
  for (let id = 0; id < symbolCount; id++) {
    const shown = halves[(word(LANGUAGE.publicSymbols) >> 1) + id] ?? 0;
    const always = language.nodeTypeIsNamed(id) || isWord[shown] === 1;
    const when = !language.nodeTypeIsVisible(id) ? HIDDEN : always ? ALWAYS : UNDER_FIELD;
    symbols[id] = shown | (when << 16);
  }
  symbols[0xffff] = 0xffff | (ALWAYS << 16);

  return { symbols, ...readProductions(memory, address, fieldCount) };
}

type Productions = Pick<LanguageTables, 'children' | 'stride'>;

function readProductions(memory: Int32Array, address: number, fieldCount: number): Productions {
  const bytes = new Uint8Array(memory.buffer);
  const halves = new Uint16Array(memory.buffer);
  const word = (offset: number): number => memory[(address >> 2) + offset] ?? 0;
  const productions = word(LANGUAGE.productionCount) & 0xffff;
  const aliasStride = word(LANGUAGE.maxAliasSequenceLength) & 0xff;

  const fields: { production: number; child: number; field: number }[] = [];
  for (let production = 0; fieldCount > 0 && production < productions; production++) {
    const slice = (word(LANGUAGE.fieldMapSlices) >> 1) + production * 2;
    const [first, length] = [halves[slice] ?? 0, halves[slice + 1] ?? 0];
    for (let entry = first; entry < first + length; entry++) {
      const at = word(LANGUAGE.fieldMapEntries) + entry * 4;
      const [field, child, inherited] = [halves[at >> 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3]];
      // An inherited field belongs to a node below this child, whose own production names it again.
      if (!inherited) fields.push({ production, child, field });
    }
  }

  const stride = fields.reduce((longest, { child }) => Math.max(longest, child + 1), aliasStride);
  const children = new Int32Array(productions * stride);
  for (let production = 1; production < productions; production++) {
    for (let child = 0; child < aliasStride; child++) {
      const alias = halves[(word(LANGUAGE.aliasSequences) >> 1) + production * aliasStride + child];
      children[production * stride + child] = alias ?? 0;
    }
  }
  for (const { production, child, field } of fields) {
    const at = production * stride + child;
    const known = children[at] ?? 0;
    if (known >>> 16 === 0) children[at] = known | (field << 16); // of several, the first counts
  }
  return { children, stride };
}
