/**
 * What a file's answers are made of: values and types of its terms, and what its edges are read from. Each is a node, by
 * its kind and the term, row or symbol that it is of.
 */
export const NODE = {
  ...{ value: 0, type: 1, meant: 2, site: 3, overrides: 4, mention: 5, heritage: 6, imports: 7 },
  ...{ interfaces: 8, kinds: 16 },
} as const;

/** Kinds before this one are of terms. */
const TERM_KINDS = NODE.site;

export const isTerm = (node: number): boolean => node % NODE.kinds < TERM_KINDS;

export const nodeOf = (kind: number, at: number): number => at * NODE.kinds + kind;

/**
 * A record of the log: its head, then look-ups, then nodes of the same file that were read; of nodes that are no term,
 * their answer last.
 */
export const RECORD = { file: 0, node: 1, keys: 2, nodes: 3, head: 4 } as const;

const CHUNK = 1 << 18;
/** Columns of an open node. */
const OPEN = 5;
/** So many of a node's latest reads are looked through for one more of the same. */
const LATEST = 12;

/**
 * Which look-ups and which other nodes of its file each node rests on, written down while it is evaluated: nodes in
 * evaluation form a stack. What rests on nothing is left out.
 */
export class TraceLog {
  /** Of each open node: its file, itself, where its look-ups and nodes begin, its answer. */
  #stack = new Int32Array(OPEN * 64);
  #depth = -1;
  #keys = new Int32Array(1024);
  #keyCount = 0;
  #nodes = new Int32Array(1024);
  #nodeCount = 0;
  /** How many records there are. */
  count = 0;
  readonly #chunks: Int32Array[] = [];
  #used = CHUNK;
  /** By file, a bit for each kind of a term: whether something is written down of it. */
  readonly #recorded: (Uint8Array | undefined)[] = [];

  /** Opens a node; -1 for the file of one whose reads are not written down. */
  begin(file: number, node: number): void {
    const at = ++this.#depth * OPEN;
    if (at + OPEN > this.#stack.length) this.#stack = grown(this.#stack, at + OPEN);
    this.#stack[at] = file;
    this.#stack[at + 1] = node;
    this.#stack[at + 2] = this.#keyCount;
    this.#stack[at + 3] = this.#nodeCount;
    this.#stack[at + 4] = 0;
  }

  /** Closes the node that was opened last; the one around rests on it, where both are of a file. */
  end(): void {
    const at = this.#depth-- * OPEN;
    const [file, node] = [this.#stack[at]!, this.#stack[at + 1]!];
    const [firstKey, firstNode] = [this.#stack[at + 2]!, this.#stack[at + 3]!];
    const [keys, nodes] = [this.#keyCount - firstKey, this.#nodeCount - firstNode];
    const hasRead = keys + nodes > 0;
    if (file >= 0 && (hasRead || this.#stack[at + 4] !== 0)) this.#write(at, firstKey, firstNode);
    this.#keyCount = firstKey;
    this.#nodeCount = firstNode;
    if (file < 0 || !isTerm(node)) return;
    if (hasRead) this.#mark(file, node);
    else if (!this.#isRecorded(file, node)) return;
    this.node(file, node);
  }

  /** Adds to what the node that is open answers. */
  answer(answer: number): void {
    if (this.#depth >= 0) this.#stack[this.#depth * OPEN + 4]! += answer;
  }

  key(key: number): void {
    if (this.#depth < 0) return;
    const at = this.#depth * OPEN;
    if (this.#stack[at]! < 0) return;
    const first = Math.max(this.#stack[at + 2]!, this.#keyCount - LATEST);
    for (let i = this.#keyCount - 1; i >= first; i--) if (this.#keys[i] === key) return;
    if (this.#keyCount === this.#keys.length) this.#keys = grown(this.#keys, this.#keyCount + 1);
    this.#keys[this.#keyCount++] = key;
  }

  /** The node that is open rests on another of its file, which may be open itself. */
  node(file: number, node: number): void {
    if (this.#depth < 0) return;
    const at = this.#depth * OPEN;
    if (this.#stack[at] !== file || this.#stack[at + 1] === node) return;
    const first = Math.max(this.#stack[at + 3]!, this.#nodeCount - LATEST);
    for (let i = this.#nodeCount - 1; i >= first; i--) if (this.#nodes[i] === node) return;
    if (this.#nodeCount === this.#nodes.length) this.#nodes = grown(this.#nodes, this.#nodeCount + 1);
    this.#nodes[this.#nodeCount++] = node;
  }

  /** The same of a node that is closed. */
  known(file: number, node: number): void {
    if (this.#depth >= 0 && this.#stack[this.#depth * OPEN] === file && this.#isRecorded(file, node))
      this.node(file, node);
  }

  #isRecorded(file: number, node: number): boolean {
    const bit = bitOf(node);
    return ((this.#recorded[file]?.[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }

  #mark(file: number, node: number): void {
    const bit = bitOf(node);
    let own = this.#recorded[file];
    if (!own || bit >>> 3 >= own.length) {
      const larger = new Uint8Array(((bit >>> 3) + 16) * 2);
      if (own) larger.set(own);
      this.#recorded[file] = own = larger;
    }
    own[bit >>> 3]! |= 1 << (bit & 7);
  }

  #write(open: number, firstKey: number, firstNode: number): void {
    const [file, node] = [this.#stack[open]!, this.#stack[open + 1]!];
    const [keys, nodes] = [this.#keyCount - firstKey, this.#nodeCount - firstNode];
    const size = RECORD.head + keys + nodes + (isTerm(node) ? 0 : 1);
    if (this.#used + size > (this.#chunks.at(-1)?.length ?? 0)) {
      const last = this.#chunks.pop();
      if (last) this.#chunks.push(last.subarray(0, this.#used));
      this.#chunks.push(new Int32Array(Math.max(size, this.#chunks.length === 0 ? CHUNK / 64 : CHUNK)));
      this.#used = 0;
    }
    const chunk = this.#chunks.at(-1)!;
    const at = this.#used;
    chunk[at + RECORD.file] = file;
    chunk[at + RECORD.node] = node;
    chunk[at + RECORD.keys] = keys;
    chunk[at + RECORD.nodes] = nodes;
    chunk.set(this.#keys.subarray(firstKey, this.#keyCount), at + RECORD.head);
    chunk.set(this.#nodes.subarray(firstNode, this.#nodeCount), at + RECORD.head + keys);
    if (!isTerm(node)) chunk[at + size - 1] = this.#stack[open + 4]!;
    this.#used += size;
    this.count++;
  }

  /** Calls back with each record, where it stands and its number, in the order in which nodes were closed. */
  forEach(each: (chunk: Int32Array, at: number, size: number, number: number) => void): void {
    let number = 0;
    for (const [i, chunk] of this.#chunks.entries()) {
      const end = i === this.#chunks.length - 1 ? this.#used : chunk.length;
      for (let at = 0; at < end;) {
        const isOfTerm = isTerm(chunk[at + RECORD.node]!);
        const size = RECORD.head + chunk[at + RECORD.keys]! + chunk[at + RECORD.nodes]! + (isOfTerm ? 0 : 1);
        each(chunk, at, size, number++);
        at += size;
      }
    }
  }
}

const bitOf = (node: number): number => Math.floor(node / NODE.kinds) * TERM_KINDS + (node % NODE.kinds);

function grown(list: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length * 2);
  larger.set(list);
  return larger;
}
