import type { FileFacts } from '../index/facts.ts';
import type { Linked } from '../link/link.ts';
import type { Edge, SymbolNode, UnresolvedSite } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';

/** A look for tests ends here: what so many symbols reach says little about any of them. */
const MOST_REACHED = 3_000;

/** The graph in memory: the truth that stores and answers are made from. */
export class Graph {
  readonly #nodes = new Map<string, SymbolNode>();
  readonly #idsByName = new Map<string, string[]>();
  readonly #idsByFile = new Map<string, readonly string[]>();
  readonly #out = new Map<string, Edge[]>();
  readonly #in = new Map<string, Edge[]>();
  readonly #unresolved: ReadonlyMap<string, UnresolvedSite[]>;
  readonly edges: readonly Edge[];
  /** Equal for equal sources and rules: what a store is compared with. */
  readonly version: string;

  constructor(facts: ReadonlyMap<string, FileFacts>, { ids, edges, unresolved }: Linked, version: string) {
    this.version = version;
    this.edges = edges;
    this.#unresolved = unresolved;
    for (const [file, { symbols, language }] of facts) {
      const own = ids.get(file) ?? [];
      this.#idsByFile.set(file, own);
      symbols.forEach((symbol, i) => {
        const id = own[i];
        if (id === undefined) return;
        const { kind, name, qualifiedName, startLine, endLine, signature, exported, doc } = symbol;
        this.#nodes.set(id, {
          ...{ id, kind, name, qualifiedName, file },
          ...{ startLine, endLine, signature, exported, language, doc },
        });
        push(this.#idsByName, name, id);
      });
    }
    for (const edge of edges) {
      push(this.#out, edge.from, edge);
      push(this.#in, edge.to, edge);
    }
  }

  get size(): number {
    return this.#nodes.size;
  }

  nodes(): IterableIterator<SymbolNode> {
    return this.#nodes.values();
  }

  node(id: string): SymbolNode | undefined {
    return this.#nodes.get(id);
  }

  edgesFrom(id: string): readonly Edge[] {
    return this.#out.get(id) ?? [];
  }

  edgesTo(id: string): readonly Edge[] {
    return this.#in.get(id) ?? [];
  }

  /** The symbols that call one, and may do so: candidates by name alone are left out. */
  callersOf(id: string): SymbolNode[] {
    const ids = new Set(
      this.edgesTo(id)
        .filter(isCallFact)
        .map((edge) => edge.from),
    );
    return [...ids].flatMap((from) => this.#nodes.get(from) ?? []);
  }

  /** A class's constructors: who calls them, constructs it. */
  constructorsOf(id: string): SymbolNode[] {
    return this.edgesFrom(id)
      .filter((edge) => edge.kind === 'HAS_METHOD')
      .flatMap((edge) => this.#nodes.get(edge.to) ?? [])
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
          const node = this.#nodes.get(at);
          if (node?.kind === 'Test') tests.push(node);
          else next.push(at);
        }
      }
      ring = next;
    }
    return tests;
  }

  symbolsOf(file: string): SymbolNode[] {
    return (this.#idsByFile.get(file) ?? []).flatMap((id) => this.#nodes.get(id) ?? []);
  }

  /** Call sites of a name that no edge was made for. */
  unresolvedSites(name: string): readonly UnresolvedSite[] {
    return this.#unresolved.get(name) ?? [];
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
    const named = (this.#idsByName.get(parts.at(-1) ?? '') ?? []).flatMap((id) => this.#nodes.get(id) ?? []);
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
    const near = [...this.#idsByName.keys()]
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
