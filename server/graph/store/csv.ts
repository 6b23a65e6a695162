import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { FLAG, SYMBOL } from '../../index/facts.ts';
import { GONE } from '../../link/growing-edges.ts';
import { formOf, tierOf } from '../../link/edges.ts';
import { EDGE_TYPES, SYMBOL_KINDS } from '../../protocol/graph.ts';
import type { Graph } from '../graph.ts';
import { canStore } from './schema.ts';
import type { StoreRequest } from './store-messages.ts';

const CHUNK = 1 << 20;

type Build = Extract<StoreRequest, { do: 'build' }>;

/**
 * Writes a graph's symbols as CSV files for bulk loading, one a label: the symbol's number, which is its key in the store,
 * then the values of `NODE_COLUMNS`. What is absent or empty is nothing, which loads as NULL.
 */
export function writeNodes(graph: Graph, folder: string): Build['nodes'] {
  const { symbols } = graph;
  const files = SYMBOL_KINDS.map((kind) => new CsvFile(path.join(folder, `${kind}.csv`)));
  try {
    for (let file = 0; file < symbols.files.length; file++) {
      const place = cell(symbols.files[file]!);
      const language = cell(symbols.languages[file]!);
      const { first, end } = symbols.rangeOf(file);
      for (let symbol = first; symbol < end; symbol++) {
        const kind = symbols.column(symbol, SYMBOL.kind);
        const isExported = (symbols.flags(symbol) & FLAG.exported) !== 0;
        const named = `${cell(symbols.name(symbol))},${cell(symbols.qualifiedName(symbol))}`;
        const lines = `${symbols.column(symbol, SYMBOL.startLine) + 1},${symbols.column(symbol, SYMBOL.endLine) + 1}`;
        const said = `${isExported},${language},${cell(symbols.text(symbol, SYMBOL.doc))}`;
        files[kind]!.line(
          `${symbol},${cell(symbols.id(symbol))},${SYMBOL_KINDS[kind]},${named},${place},${lines},` +
            `${cell(symbols.text(symbol, SYMBOL.signature))},${said}\n`,
        );
      }
    }
  } finally {
    for (const file of files) file.close();
  }
  return SYMBOL_KINDS.flatMap((kind, i) => (files[i]!.isEmpty ? [] : [{ kind, csv: files[i]!.path }]));
}

/** Writes its edges, one file a type and pair of labels: the numbers of both ends, then the values of `EDGE_COLUMNS`. */
export function writeEdges(graph: Graph, folder: string): Build['edges'] {
  const { symbols, packed } = graph;
  const { kind, form, tier, confidence, reason, from, to, firstSite, siteLine, siteColumn } = packed;
  const files = new Map<number, { to: CsvFile; edges: Build['edges'][number] } | undefined>();
  const kinds = SYMBOL_KINDS.length;
  const labelOf = (symbol: number) => symbols.column(symbol, SYMBOL.kind);
  const fileFor = (type: number, source: number, target: number) => {
    const key = (type * kinds + source) * kinds + target;
    if (files.has(key)) return files.get(key);
    const ends = { type: EDGE_TYPES[type]!, from: SYMBOL_KINDS[source]!, to: SYMBOL_KINDS[target]! };
    const csv = path.join(folder, `${ends.type}-${ends.from}-${ends.to}.csv`);
    const isStored = canStore(ends.type, ends.from, ends.to);
    files.set(key, isStored ? { to: new CsvFile(csv), edges: { ...ends, csv, hasLines: false } } : undefined);
    return files.get(key);
  };
  // What is said of an edge besides its sites is said of many: each once, by the columns that it is made from.
  const texts = new Map<number, { head: string; tail: string; hasLines: boolean }>();
  const textsFor = (e: number) => {
    const key = (((kind[e]! * 32 + form[e]!) * 32 + tier[e]!) * 256 + confidence[e]!) * 0x10000 + reason[e]!;
    let known = texts.get(key);
    if (!known) {
      const sure = `${cell(tierOf(packed, e))},${confidence[e]! / 100},${cell(packed.reasons[reason[e]!]!)}`;
      const head = `${EDGE_TYPES[kind[e]!]},${formOf(packed, e) ?? ''}`;
      known = { head, tail: sure, hasLines: /[\r\n]/.test(sure) };
      texts.set(key, known);
    }
    return known;
  };
  try {
    for (let e = 0; e < packed.count; e++) {
      if (kind[e] === GONE) continue;
      const file = fileFor(kind[e]!, labelOf(from[e]!), labelOf(to[e]!));
      if (!file) continue;
      const { head, tail, hasLines } = textsFor(e);
      const first = firstSite[e]!;
      const count = firstSite[e + 1]! - first;
      const place = count > 0 ? `${siteLine[first]! + 1},${siteColumn[first]!}` : ',';
      file.edges.hasLines ||= hasLines;
      file.to.line(`${from[e]},${to[e]},${head},${place},${count},${tail}\n`);
    }
  } finally {
    for (const file of files.values()) file?.to.close();
  }
  return [...files.values()].flatMap((file) => (file ? [file.edges] : []));
}

class CsvFile {
  readonly path: string;
  #handle: number | undefined;
  #pending = '';
  #isEmpty = true;

  constructor(at: string) {
    this.path = at;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  line(text: string): void {
    this.#isEmpty = false;
    this.#pending += text;
    if (this.#pending.length > CHUNK) this.#flush();
  }

  close(): void {
    if (this.#pending !== '') this.#flush();
    if (this.#handle !== undefined) closeSync(this.#handle);
  }

  #flush(): void {
    this.#handle ??= openSync(this.path, 'w');
    writeSync(this.#handle, this.#pending);
    this.#pending = '';
  }
}

/** Text in quotes. */
function cell(value: string): string {
  if (value === '') return '';
  const quoted = value.includes('"') ? value.replaceAll('"', '""') : value;
  return `"${quoted.includes('\0') ? quoted.replaceAll('\0', '') : quoted}"`;
}
