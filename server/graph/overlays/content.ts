import { createHash } from 'node:crypto';
import type { Linked } from '../../link/link.ts';
import { EDGE_TYPES } from '../../protocol/graph.ts';

const IMPORTS = EDGE_TYPES.indexOf('IMPORTS');

/** The content hash of a workspace file; undefined for a file that is not there. */
export type HashOf = (file: string) => string | undefined;

/** Linked facts with the contents that they were made from: what an overlay is held against. */
export class Content {
  readonly linked: Linked;
  readonly hashOf: HashOf;
  readonly #restsOn = new Map<string, string>();
  #imported: Map<number, number[]> | undefined;

  constructor(linked: Linked, hashOf: HashOf) {
    this.linked = linked;
    this.hashOf = hashOf;
  }

  /** A symbol's number by its id. */
  symbolOf(id: string): number | undefined {
    return this.linked.symbols.symbolOf(id);
  }

  /**
   * One digest of all that may decide what a call in a file means, apart from the file itself: the files in the
   * folders of what it imports, however far (packages of some languages are folders). A language server does not say
   * what it looked at.
   */
  restsOn(file: string): string {
    let digest = this.#restsOn.get(file);
    if (digest === undefined) this.#restsOn.set(file, (digest = this.#digest(file)));
    return digest;
  }

  #digest(file: string): string {
    const { symbols } = this.linked;
    const start = symbols.fileIndex(file);
    if (start === undefined) return '';
    const reached = new Set([start]);
    for (const at of reached) for (const to of this.#importsOf(at)) reached.add(to);
    const folders = new Set([...reached].map((at) => folderOf(symbols.files[at]!)));
    const hash = createHash('sha256');
    for (let at = 0; at < symbols.files.length; at++) {
      const name = symbols.files[at]!;
      if (symbols.fileIndex(name) === undefined) continue;
      if (at !== start && folders.has(folderOf(name))) hash.update(`${name}\0${this.hashOf(name)}\n`);
    }
    return hash.digest('hex').slice(0, 32);
  }

  #importsOf(file: number): readonly number[] {
    if (!this.#imported) {
      this.#imported = new Map();
      const { symbols, edges } = this.linked;
      for (let e = 0; e < edges.count; e++) {
        if (edges.kind[e] !== IMPORTS) continue;
        const from = symbols.fileOf(edges.from[e]!);
        const list = this.#imported.get(from) ?? [];
        list.push(symbols.fileOf(edges.to[e]!));
        this.#imported.set(from, list);
      }
    }
    return this.#imported.get(file) ?? [];
  }
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}
