export type ScopeKind = 'module' | 'function' | 'class' | 'block';
/** Where a name is bound: in the scope here, or in the nearest one of that kind. */
export type BindingPlace = 'here' | 'function' | 'module';

interface Scope {
  readonly kind: ScopeKind;
  readonly parent: number;
  /** The function whose body the scope stands in; -1 at module level. */
  readonly function: number;
  /** The innermost class or inline module symbol around; -1 for none. */
  readonly class: number;
  readonly names: Map<string, number>;
  types: Map<string, number> | undefined;
}

/** A file's lexical scopes: what each name means there, as a term. Scope 0 is the module's. */
export class Scopes {
  readonly #scopes: Scope[] = [
    { kind: 'module', parent: -1, function: -1, class: -1, names: new Map(), types: undefined },
  ];
  readonly #hidesClassScope: boolean;

  constructor(hidesClassScope: boolean) {
    this.#hidesClassScope = hidesClassScope;
  }

  /** `inside` is the function, class or module symbol that the scope is the body of. */
  open(kind: ScopeKind, parent: number, inside: number): number {
    const around = this.#scopes[parent]!;
    return (
      this.#scopes.push({
        kind,
        parent,
        function: kind === 'function' ? inside : around.function,
        class: kind === 'class' || kind === 'module' ? inside : around.class,
        names: new Map(),
        types: undefined,
      }) - 1
    );
  }

  kindOf(scope: number): ScopeKind {
    return this.#scopes[scope]!.kind;
  }

  functionOf(scope: number): number {
    return this.#scopes[scope]!.function;
  }

  classOf(scope: number): number {
    return this.#scopes[scope]!.class;
  }

  namesOf(scope: number): Map<string, number> {
    return this.#scopes[scope]!.names;
  }

  bindType(scope: number, name: string, term: number): void {
    const types = (this.#scopes[scope]!.types ??= new Map<string, number>());
    if (!types.has(name)) types.set(name, term);
  }

  /** The scope that a binding made in one goes to. */
  target(scope: number, where: BindingPlace): number {
    if (where === 'module') return 0;
    let at = scope;
    if (where === 'function') while (this.#scopes[at]!.kind === 'block') at = this.#scopes[at]!.parent;
    return at;
  }

  /** What a name means in a scope, looked up from there outwards; types first where one is asked for. */
  resolve(from: number, name: string, asType: boolean): number | undefined {
    let inFunction = false;
    for (let at = from; at >= 0; at = this.#scopes[at]!.parent) {
      const scope = this.#scopes[at]!;
      if (!(scope.kind === 'class' && inFunction && this.#hidesClassScope)) {
        const bound = (asType ? scope.types?.get(name) : undefined) ?? scope.names.get(name);
        if (bound !== undefined) return bound;
      }
      // A module inside a file does not see the names around it.
      if (scope.kind === 'module') return undefined;
      if (scope.kind === 'function') inFunction = true;
    }
    return undefined;
  }

  /** What a name is bound to so far, and whether that was in the function that `from` stands in. */
  boundSoFar(from: number, name: string): { term: number; inFunction: boolean } | undefined {
    const own = this.#scopes[from]!.function;
    for (let at = from; at >= 0; at = this.#scopes[at]!.parent) {
      const term = this.#scopes[at]!.names.get(name);
      if (term !== undefined) return { term, inFunction: this.#scopes[at]!.function === own };
    }
    return undefined;
  }
}
