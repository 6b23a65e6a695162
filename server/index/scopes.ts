import type { Node } from 'web-tree-sitter';
import type { Found } from './found.ts';
import type { ImportFact, Reference, Root, SymbolFact } from './facts.ts';
import type { Language } from './languages/language.ts';
import { pathOf, typePath } from './name-path.ts';
import type { Collected, Defined } from './symbols.ts';

interface Scope {
  start: number;
  end: number;
  parent: Scope | undefined;
  names: Map<string, Binding>;
  inner: Scope[];
}

type Binding =
  | { at: 'symbol'; symbol: number }
  | { at: 'import'; import: number }
  | { at: 'local'; type?: { path: string[]; node: Node } };

const NAMES_NO_SCOPE = new Set(['Method', 'Field', 'Test']);

/** A file's lexical scopes, and the look-up of a name chain's first link in them. */
export class ScopeTree {
  readonly #module: Scope;
  readonly #symbols: readonly SymbolFact[];
  readonly #defined: readonly Defined[];
  readonly #receiverNames: readonly string[];

  constructor(
    root: Node,
    found: readonly Found[],
    { symbols, defined }: Collected,
    imports: readonly ImportFact[],
    language: Language,
  ) {
    this.#symbols = symbols;
    this.#defined = defined;
    this.#receiverNames = language.receiverNames;
    this.#module = {
      start: root.startIndex,
      end: root.endIndex + 1,
      parent: undefined,
      names: new Map(),
      inner: [],
    };
    this.#buildScopes(found);
    imports.forEach((fact, i) => {
      if (fact.local !== '') this.#module.names.set(fact.local, { at: 'import', import: i });
    });
    for (const { symbol, node } of defined) {
      const fact = symbols[symbol];
      if (!fact || NAMES_NO_SCOPE.has(fact.kind) || node.type === 'pair') continue;
      if (symbols[fact.parent]?.kind === 'Class') continue;
      this.#scopeAround(node.startIndex, node.endIndex).names.set(fact.name, { at: 'symbol', symbol });
    }
    for (const f of found) this.#bindLocal(f);
  }

  /** The innermost symbol whose definition contains a node; the module if there is none. */
  symbolAround(node: Node): number {
    let best = 0;
    for (const { symbol, node: definition } of this.#defined) {
      if (definition.startIndex > node.startIndex) break;
      if (definition.endIndex >= node.endIndex) best = symbol;
    }
    return best;
  }

  /** The symbol that holds a decorator: what stands around the decorated definition. */
  symbolAroundDecorated(decorator: Node): number {
    const decorated = this.#defined.find(({ node }) => node.id === decorator.parent?.id);
    if (!decorated) return this.symbolAround(decorator);
    return Math.max(0, this.#symbols[decorated.symbol]?.parent ?? 0);
  }

  /** Looks the first link of a chain up, from where `at` stands. */
  resolve(path: readonly string[], at: Node): Reference {
    const [first = '', ...members] = path;
    return { root: this.#root(first, at, 0), members };
  }

  /** Gives fields and variables the types that annotations and `new` say. */
  typeSymbols(found: readonly Found[]): void {
    const byName = new Map(this.#defined.map((d) => [d.nameNode.id, d.symbol]));
    for (const f of found) {
      const name = f.get('name') ?? f.get('bind');
      const type = name && typeIn(f);
      const symbol = name && byName.get(name.id);
      const fact = symbol === undefined ? undefined : this.#symbols[symbol];
      if (fact && type && !fact.type) fact.type = this.resolve(type.path, type.node);
    }
  }

  #buildScopes(found: readonly Found[]): void {
    const nodes = found
      .flatMap((f) => f.get('scope') ?? [])
      .sort((a, b) => a.startIndex - b.startIndex || b.endIndex - a.endIndex);
    let current = this.#module;
    for (const { startIndex, endIndex } of nodes) {
      while (current.parent && (current.end < endIndex || current.end <= startIndex))
        current = current.parent;
      const scope: Scope = { start: startIndex, end: endIndex, parent: current, names: new Map(), inner: [] };
      current.inner.push(scope);
      current = scope;
    }
  }

  /** The innermost scope that holds a range and is more than the range itself. */
  #scopeAround(start: number, end: number): Scope {
    let scope = this.#module;
    for (;;) {
      const next = scope.inner.find(
        (s) => s.start <= start && end <= s.end && !(s.start === start && s.end === end),
      );
      if (!next) return scope;
      scope = next;
    }
  }

  #bindLocal(found: Found): void {
    const node = found.get('bind') ?? (found.has('def.variable') ? found.get('name') : undefined);
    if (!node) return;
    const scope = this.#scopeAround(node.startIndex, node.endIndex);
    const before = scope.names.get(node.text);
    if (before && before.at !== 'local') return;
    const type = typeIn(found) ?? before?.type;
    scope.names.set(node.text, type ? { at: 'local', type } : { at: 'local' });
  }

  #root(name: string, at: Node, depth: number): Root {
    if (name === '') return { at: 'expression' };
    if (name === 'super') return this.#receiver(at, 'super');
    if (this.#receiverNames.includes(name)) return this.#receiver(at, 'this');
    let scope: Scope | undefined = this.#scopeAround(at.startIndex, at.endIndex);
    for (; scope; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (!binding) continue;
      if (binding.at !== 'local') return binding;
      // A local whose type is spelled like itself (`const Foo = new Foo()`) would look itself up for ever.
      if (!binding.type || depth > 4) return { at: 'local', name };
      const [first = '', ...members] = binding.type.path;
      return { at: 'typed', type: { root: this.#root(first, binding.type.node, depth + 1), members } };
    }
    return { at: 'global', name };
  }

  #receiver(at: Node, kind: 'this' | 'super'): Root {
    for (let symbol = this.symbolAround(at); symbol > 0; symbol = this.#symbols[symbol]?.parent ?? -1) {
      const fact = this.#symbols[symbol];
      if (fact?.kind === 'Class') return { at: kind, symbol };
      const node = this.#defined.find((d) => d.symbol === symbol)?.node;
      if (node && /^(generator_)?function_declaration$|^pair$/.test(node.type)) break;
    }
    return { at: 'expression' };
  }
}

function typeIn(found: Found): { path: string[]; node: Node } | undefined {
  const node = found.get('type') ?? found.get('made');
  if (!node) return undefined;
  const path = found.has('type') ? typePath(node.text) : pathOf(node.text);
  // In Python a call is a construction only if its name is spelled like a class.
  if (!path || path[0] === '' || (found.has('made') && !/^[A-Z]/.test(path.at(-1) ?? ''))) return undefined;
  return { path, node };
}
