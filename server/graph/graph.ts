import { FLAG, SYMBOL, symbolCount } from '../index/facts.ts';
import { formOf, kindOfEdge, tierOf, type PackedEdges } from '../link/edges.ts';
import { UNRESOLVED, type Linked, type PackedSites } from '../link/link.ts';
import type { Program } from '../link/program.ts';
import { symbolIds } from '../link/symbol-ids.ts';
import type { Edge, EdgeSite, SymbolNode, UnresolvedSite } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';

/** A look for tests ends here: what so many symbols reach says little about any of them. */
const MOST_REACHED = 3_000;

/** The graph in memory: the truth that stores and answers are made from. Symbols and edges become objects when asked for. */
export class Graph {
  readonly #program: Program;
  readonly #edges: PackedEdges;
  readonly #out: Adjacency;
  readonly #in: Adjacency;
  readonly #unresolved: PackedSites;
  readonly #ids: (readonly string[] | undefined)[] = [];
  readonly #symbolsById: (ReadonlyMap<string, number> | undefined)[] = [];
  #byName: Map<string, number[]> | undefined;
  #unresolvedByName: Map<string, number[]> | undefined;
  readonly size: number;
  /** Equal for equal sources and rules: what a store is compared with. */
  readonly version: string;

  constructor({ program, edges, unresolved }: Linked, version: string) {
    this.version = version;
    this.#program = program;
    this.#edges = edges;
    this.#unresolved = unresolved;
    this.size = program.workspaceFiles === 0 ? 0 : lastSymbol(program) + 1;
    this.#out = adjacency(edges.from, this.size);
    this.#in = adjacency(edges.to, this.size);
  }

  /** How many edges of each type there are. */
  get edgeCounts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (let e = 0; e < this.#edges.count; e++) {
      const kind = kindOfEdge(this.#edges, e);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  *nodes(): Generator<SymbolNode> {
    for (let symbol = 0; symbol < this.size; symbol++) yield this.#node(symbol);
  }

  *edges(): Generator<Edge> {
    for (let e = 0; e < this.#edges.count; e++) yield this.#edge(e);
  }

  node(id: string): SymbolNode | undefined {
    const symbol = this.#symbol(id);
    return symbol === undefined ? undefined : this.#node(symbol);
  }

  edgesFrom(id: string): Edge[] {
    return this.#edgesAt(this.#out, id);
  }

  edgesTo(id: string): Edge[] {
    return this.#edgesAt(this.#in, id);
  }

  #edgesAt({ first, edges }: Adjacency, id: string): Edge[] {
    const symbol = this.#symbol(id);
    if (symbol === undefined) return [];
    return Array.from(edges.subarray(first[symbol], first[symbol + 1]), (e) => this.#edge(e));
  }

  #edge(e: number): Edge {
    const { from, to, confidence, reason, reasons, firstSite, siteLine, siteColumn } = this.#edges;
    const form = formOf(this.#edges, e);
    const sites: EdgeSite[] = [];
    for (let s = firstSite[e]!; s < firstSite[e + 1]!; s++)
      sites.push({ line: siteLine[s]!, column: siteColumn[s]! });
    return {
      kind: kindOfEdge(this.#edges, e),
      from: this.#id(from[e]!),
      to: this.#id(to[e]!),
      ...(form === undefined ? {} : { form }),
      sites,
      tier: tierOf(this.#edges, e),
      confidence: confidence[e]! / 100,
      reason: reasons[reason[e]!]!,
    };
  }

  #node(symbol: number): SymbolNode {
    const program = this.#program;
    const file = program.fileOf(symbol);
    const text = (column: number) => program.text(file, program.column(symbol, column));
    return {
      id: this.#id(symbol),
      kind: program.kind(symbol),
      name: text(SYMBOL.name),
      qualifiedName: text(SYMBOL.qualifiedName),
      file: program.files[file]!,
      startLine: program.column(symbol, SYMBOL.startLine),
      endLine: program.column(symbol, SYMBOL.endLine),
      signature: text(SYMBOL.signature),
      exported: (program.flags(symbol) & FLAG.exported) !== 0,
      language: program.facts[file]!.language,
      doc: text(SYMBOL.doc),
    };
  }

  #id(symbol: number): string {
    const file = this.#program.fileOf(symbol);
    return this.#idsOf(file)[this.#program.localOf(symbol)]!;
  }

  #idsOf(file: number): readonly string[] {
    return (this.#ids[file] ??= symbolIds(this.#program.files[file]!, this.#program.facts[file]!));
  }

  #symbol(id: string): number | undefined {
    const hash = id.indexOf('#');
    const file = this.#program.fileIndex(hash < 0 ? id : id.slice(0, hash));
    if (file === undefined || file >= this.#program.workspaceFiles) return undefined;
    const known = (this.#symbolsById[file] ??= new Map(this.#idsOf(file).map((own, i) => [own, i])));
    const local = known.get(id);
    return local === undefined ? undefined : this.#program.symbol(file, local);
  }

  /** Symbols by name, in the order of files and sources. */
  #named(name: string): number[] {
    return this.#names().get(name) ?? [];
  }

  #names(): Map<string, number[]> {
    if (this.#byName) return this.#byName;
    this.#byName = new Map();
    for (let symbol = 0; symbol < this.size; symbol++) push(this.#byName, this.#program.name(symbol), symbol);
    return this.#byName;
  }

  /** The symbols that call one, and may do so: candidates by name alone are left out. */
  callersOf(id: string): SymbolNode[] {
    const ids = new Set(
      this.edgesTo(id)
        .filter(isCallFact)
        .map((edge) => edge.from),
    );
    return [...ids].flatMap((from) => this.node(from) ?? []);
  }

  /** A class's constructors: who calls them, constructs it. */
  constructorsOf(id: string): SymbolNode[] {
    return this.edgesFrom(id)
      .filter((edge) => edge.kind === 'HAS_METHOD')
      .flatMap((edge) => this.node(edge.to) ?? [])
      .filter(({ name }) => name === 'constructor' || name === '__init__');
  }

  /**
   * Tests that reach symbols through calls, nearest first, at most `hops` calls away. A call of a method counts for
   * those that override it. Static: a test that runs may reach more, or less.
   */
  testsReaching(ids: readonly string[], hops: number): SymbolNode[] {
    const seen = new Set(ids);
    const tests: SymbolNode[] = [];
    let ring = [...ids];
    for (let hop = 0; hop <= hops && ring.length > 0 && seen.size < MOST_REACHED; hop++) {
      const next: string[] = [];
      for (const id of ring) {
        const overridden = this.edgesFrom(id).filter((e) => e.kind === 'OVERRIDES');
        const callers = this.edgesTo(id).filter(isCallFact);
        for (const at of [...callers.map((e) => e.from), ...overridden.map((e) => e.to)]) {
          if (seen.has(at)) continue;
          seen.add(at);
          const node = this.node(at);
          if (node?.kind === 'Test') tests.push(node);
          else next.push(at);
        }
      }
      ring = next;
    }
    return tests;
  }

  symbolsOf(file: string): SymbolNode[] {
    const index = this.#program.fileIndex(file);
    if (index === undefined || index >= this.#program.workspaceFiles) return [];
    return this.#idsOf(index).map((_, local) => this.#node(this.#program.symbol(index, local)));
  }

  /** Call sites of a name that no edge was made for. */
  unresolvedSites(name: string): readonly UnresolvedSite[] {
    const { rows, names } = this.#unresolved;
    if (!this.#unresolvedByName) {
      this.#unresolvedByName = new Map();
      for (let row = 0; row < rows.length; row += UNRESOLVED.width)
        push(this.#unresolvedByName, names[rows[row + UNRESOLVED.name]!]!, row);
    }
    return (this.#unresolvedByName.get(name) ?? []).map((row) => ({
      file: this.#program.files[rows[row + UNRESOLVED.file]!]!,
      line: rows[row + UNRESOLVED.line]!,
      column: rows[row + UNRESOLVED.column]!,
      name,
    }));
  }

  /** The innermost symbol at a place. 0-based line. */
  symbolAt(file: string, line: number): SymbolNode | undefined {
    return this.symbolsOf(file)
      .filter((s) => s.startLine <= line && line <= s.endLine && s.kind !== 'Field')
      .reduce<SymbolNode | undefined>(
        (best, s) => (!best || s.endLine - s.startLine <= best.endLine - best.startLine ? s : best),
        undefined,
      );
  }

  /**
   * The one symbol that a person means: a name, a qualified name or FILE:LINE (1-based). Throws `notAchieved`
   * with near names when there is none, and with `candidates` when there are several.
   */
  find(wanted: string): SymbolNode {
    const [, file, line] = /^(.+\.\w+):(\d+)$/.exec(wanted) ?? [];
    if (file !== undefined) {
      const at = this.symbolAt(file.replace(/^\.\//, ''), Number(line) - 1);
      if (at) return at;
      throw new UserError(
        'notAchieved',
        `${wanted}: no symbol there; give a file of the workspace and a line in it`,
      );
    }
    const parts = wanted.split('.');
    const named = this.#named(parts.at(-1) ?? '').map((symbol) => this.#node(symbol));
    const fitting = named.filter((n) => parts.length === 1 || `.${qualified(n)}`.endsWith(`.${wanted}`));
    const [only, ...others] = fitting;
    if (only && others.length === 0) return only;
    if (!only) throw this.#notFound(wanted);
    throw new UserError(
      'notAchieved',
      `${wanted} fits ${fitting.length} symbols; give one as FILE:LINE: ${fitting
        .slice(0, 5)
        .map((n) => `${n.file}:${n.startLine + 1}`)
        .join(', ')}`,
      {
        candidates: fitting.map((n) => ({
          file: n.file,
          line: n.startLine + 1,
          qualifiedName: n.qualifiedName,
        })),
      },
    );
  }

  #notFound(wanted: string): UserError {
    const near = [...this.#names().keys()]
      .map((name) => ({ name, distance: editDistance(name.toLowerCase(), wanted.toLowerCase()) }))
      .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 3)
      .map(({ name }) => name);
    const hint =
      near.length > 0 ? `did you mean ${near.join(', ')}?` : 'see "weft export DIR --nodes" for all names';
    return new UserError('notAchieved', `${wanted}: no symbol of this name; ${hint}`, { near });
  }
}

function isCallFact({ kind, tier }: Edge): boolean {
  return kind === 'CALLS' && tier !== 'name';
}

function qualified(node: SymbolNode): string {
  return `${node.file.replace(/\.[^./]+$/, '').replaceAll('/', '.')}.${node.qualifiedName}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Levenshtein distance, cut off where lengths alone say "far". */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 4) return 99;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 99;
}

/** Edges by one of their ends: those of symbol s stand in `edges` from `first[s]` to `first[s + 1]`. */
interface Adjacency {
  first: Int32Array;
  edges: Int32Array;
}

function adjacency(ends: Int32Array, symbols: number): Adjacency {
  const first = new Int32Array(symbols + 1);
  for (const end of ends) first[end + 1]!++;
  for (let s = 0; s < symbols; s++) first[s + 1]! += first[s]!;
  const next = first.slice(0, symbols);
  const edges = new Int32Array(ends.length);
  ends.forEach((end, e) => {
    edges[next[end]!++] = e;
  });
  return { first, edges };
}

function lastSymbol(program: Program): number {
  const last = program.workspaceFiles - 1;
  return program.symbol(last, symbolCount(program.facts[last]!) - 1);
}
