import { FLAG, IMPORT } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Program } from '../program.ts';
import type { Type } from '../types.ts';
import { inOrder } from './rust-match.ts';
import type { RustTree } from './rust-tree.ts';

export const RUST_BUILT_IN = '<built-in>/prelude.rs';
/** Packages that are no files: the standard library, and crates outside the workspace. */
const STANDARD = 'rust:std';
const OUTSIDE = 'rust:!';
const STANDARD_CRATES = new Set(['std', 'core', 'alloc', 'proc_macro']);
const VARIANTS: Record<string, string> = { Some: 'Option', None: 'Option', Ok: 'Result', Err: 'Result' };

/** Names that need so many passes go round in circles. */
const MOST_PASSES = 5;

/** A look-up that is going on, with what it found in the pass before. */
interface Open {
  readonly depth: number;
  found: Type | undefined;
}

/** Imports of one module. */
interface Imports {
  named: Map<string, number[]>;
  globs: number[];
}

/**
 * What names and paths mean in the modules of a workspace. While they are looked up, a constant is its own class value:
 * its type is found out when nothing is open any more.
 */
export class RustModules {
  readonly #program: Program;
  readonly #tree: RustTree;
  readonly #imports = new Map<number, Imports>();
  readonly #known = new Map<string, Type | undefined>();
  /** What is being looked up, with its depth. */
  readonly #open = new Map<string, Open>();
  /** The lowest depth that an answer rests on so far. */
  #lowest = Infinity;

  /** How many of what is open are looked up for the last time. */
  #last = 0;

  constructor(program: Program, tree: RustTree) {
    this.#program = program;
    this.#tree = tree;
  }

  /** What a name means inside a module that binds it nowhere in the block around. */
  inModule(ev: Evaluation, module: number, name: string): Type | undefined {
    return this.#settled(ev, this.#inModule(ev, module, name));
  }

  /** What an import brings. */
  imported(ev: Evaluation, file: number, row: number): Type | undefined {
    return this.#settled(ev, this.#imported(ev, file, row));
  }

  /** What a module declares or imports under a name. */
  member(ev: Evaluation, module: number, name: string): Type | undefined {
    return this.#settled(ev, this.#member(ev, module, name, true));
  }

  #settled(ev: Evaluation, type: Type | undefined): Type | undefined {
    if (type?.t === 'union') return ev.types.union(type.items.map((item) => this.#settled(ev, item)));
    const isConstant = type?.t === 'class' && this.#program.kind(type.symbol) === 'Variable';
    return isConstant ? ev.symbolValue(type.symbol) : type;
  }

  #item(ev: Evaluation, symbol: number): Type | undefined {
    return this.#program.kind(symbol) === 'Variable' ? ev.types.class(symbol) : ev.symbolValue(symbol);
  }

  #inModule(ev: Evaluation, module: number, name: string): Type | undefined {
    const file = this.#program.fileOf(module);
    switch (name) {
      case 'crate':
      case '$crate':
        return ev.types.module(this.#program.moduleOf(this.#tree.rootOf(file)));
      case 'self':
        return ev.types.module(module);
      case 'super': {
        const parent = this.#tree.parentOf(module);
        return parent === undefined ? undefined : ev.types.module(parent);
      }
    }
    const found = this.#member(ev, module, name, true);
    if (found || this.#isPartial()) return found;
    return this.#crate(ev, file, name) ?? this.builtIn(ev, name);
  }

  /** A crate by the name that a file's crate knows it by. */
  #crate(ev: Evaluation, file: number, name: string): Type | undefined {
    if (STANDARD_CRATES.has(name)) return ev.types.module(-1, STANDARD);
    const root = this.#tree.library(file, name);
    if (root === 'outside') return ev.types.module(-1, `${OUTSIDE}${name}`);
    return root === undefined ? undefined : ev.types.module(this.#program.moduleOf(root));
  }

  #imported(ev: Evaluation, file: number, row: number): Type | undefined {
    if (this.#program.importText(file, row, 'imported') === 'mod') {
      const child = this.#tree.declared(file, row);
      return child === undefined ? undefined : ev.types.module(this.#program.moduleOf(child));
    }
    return this.#once(`${file},${row}`, () => this.#path(ev, file, row));
  }

  #path(ev: Evaluation, file: number, row: number): Type | undefined {
    const program = this.#program;
    const [head = '', ...rest] = program.importText(file, row, 'from').split('::');
    const module = program.symbol(file, program.facts[file]!.imports[row * IMPORT.width + IMPORT.module]!);
    let type: Type | undefined;
    if (head === '') {
      const name = rest.shift() ?? '';
      type = this.#crate(ev, file, name) ?? ev.types.module(-1, `${OUTSIDE}${name}`);
    } else {
      type = this.#inModule(ev, module, head);
      // A name that nothing here declares is that of a crate.
      if (!type && rest.length > 0 && !this.#isPartial()) type = ev.types.module(-1, `${OUTSIDE}${head}`);
    }
    for (const name of rest) if (name !== 'self') type = this.#step(ev, type, name);
    return type;
  }

  /** One name further along a path. */
  #step(ev: Evaluation, from: Type | undefined, name: string): Type | undefined {
    switch (from?.t) {
      case 'union':
        return ev.types.union(from.items.map((item) => this.#step(ev, item, name)));
      case 'module':
        if (from.symbol < 0) return this.packageMember(ev, from.name, name);
        return name === 'super'
          ? this.#inModule(ev, from.symbol, name)
          : this.#member(ev, from.symbol, name, true);
      case 'class': {
        if (this.#program.isBuiltIn(from.symbol)) return ev.memberValue(from, name);
        const [variant] = this.#program.child(from.symbol, name) ?? [];
        return variant === undefined ? undefined : this.#item(ev, variant);
      }
      default:
        return undefined;
    }
  }

  /** What a module declares or imports under a name. `fromInside`: private imports count too. */
  #member(ev: Evaluation, module: number, name: string, fromInside: boolean): Type | undefined {
    return this.#once(`${module},${name},${fromInside ? 1 : 0}`, () => {
      const file = this.#program.fileOf(module);
      const { named, globs } = this.#importsOf(module);
      const own = (this.#program.child(module, name) ?? []).filter((s) => this.#isItem(s));
      const found = [
        ...own.map((s) => this.#item(ev, s)),
        ...(named.get(name) ?? []).map((row) => this.#imported(ev, file, row)),
      ];
      const direct = ev.types.union(found);
      if (direct) return direct;
      for (const row of globs) {
        if (!fromInside && !this.#isShown(file, row)) continue;
        for (const each of inOrder(ev, this.#imported(ev, file, row))) {
          const brought = this.#broughtBy(ev, module, each, name);
          if (brought) return brought;
        }
      }
      return undefined;
    });
  }

  /** What a glob import of a module or enum brings under a name. */
  #broughtBy(ev: Evaluation, into: number, from: Type, name: string): Type | undefined {
    if (from.t === 'class')
      return this.#program.isBuiltIn(from.symbol) ? undefined : this.#step(ev, from, name);
    if (from.t !== 'module') return undefined;
    if (from.symbol < 0)
      return this.#isBuiltInName(name) ? this.packageMember(ev, from.name, name) : undefined;
    return this.#member(ev, from.symbol, name, this.#tree.isAround(from.symbol, into));
  }

  readonly #traitsInScope = new Map<string, boolean>();
  /** Whether a trait's methods can be called in a file: it is declared there, or imported under whatever name. */
  hasTrait(ev: Evaluation, file: number, trait: number): boolean {
    const own = this.#program.fileOf(trait);
    if (own === file || this.#program.isBuiltIn(trait)) return true;
    const key = `${file},${trait}`;
    let found = this.#traitsInScope.get(key);
    if (found === undefined) {
      found = this.#tree.sees(file, own) && this.#bringsTrait(ev, file, trait);
      this.#traitsInScope.set(key, found);
    }
    return found;
  }

  #bringsTrait(ev: Evaluation, file: number, trait: number): boolean {
    const name = this.#program.name(trait);
    const { imports } = this.#program.facts[file]!;
    const isTrait = (type: Type | undefined): boolean =>
      type?.t === 'union' ? type.items.some(isTrait) : type?.t === 'class' && type.symbol === trait;
    for (let row = 0; row < imports.length / IMPORT.width; row++) {
      const imported = this.#program.importText(file, row, 'imported');
      const from = this.#program.importText(file, row, 'from');
      if (imported === 'use' && (from === name || from.endsWith(`::${name}`))) {
        if (isTrait(this.#imported(ev, file, row))) return true;
      } else if (imported === '*') {
        const module = this.#imported(ev, file, row);
        for (const each of module?.t === 'union' ? module.items : [module])
          if (each?.t === 'module' && each.symbol >= 0 && this.#offers(ev, each.symbol, name, isTrait))
            return true;
      }
    }
    return false;
  }

  /** Whether a module has a trait under its name, or brings it without one (`use Trait as _`). */
  #offers(
    ev: Evaluation,
    module: number,
    name: string,
    isTrait: (type: Type | undefined) => boolean,
  ): boolean {
    if (isTrait(this.#member(ev, module, name, true))) return true;
    const file = this.#program.fileOf(module);
    const { imports } = this.#program.facts[file]!;
    for (let row = 0; row < imports.length / IMPORT.width; row++)
      if (
        this.#program.importText(file, row, 'local') === '_' &&
        this.#program.importText(file, row, 'from').endsWith(`::${name}`) &&
        isTrait(this.#imported(ev, file, row))
      )
        return true;
    return false;
  }

  #isBuiltInName(name: string): boolean {
    const file = this.#program.fileIndex(RUST_BUILT_IN);
    return file !== undefined && this.#declared(this.#program.moduleOf(file), name) !== undefined;
  }

  #isShown(file: number, row: number): boolean {
    const flags = this.#program.facts[file]!.imports[row * IMPORT.width + IMPORT.flags]!;
    return (flags & FLAG.exported) !== 0;
  }

  /** What a module holds besides methods of types that stand elsewhere. */
  #isItem(symbol: number): boolean {
    const kind = this.#program.kind(symbol);
    if (kind === 'Variable')
      return !this.#program.qualifiedName(symbol).includes('.') || this.#isPlain(symbol);
    return kind !== 'Method' && kind !== 'Field' && kind !== 'Test';
  }

  #isPlain(symbol: number): boolean {
    const parent = this.#program.parent(symbol);
    const around = this.#program.localOf(parent) === 0 ? '' : `${this.#program.qualifiedName(parent)}.`;
    return this.#program.qualifiedName(symbol) === `${around}${this.#program.name(symbol)}`;
  }

  #importsOf(module: number): Imports {
    let own = this.#imports.get(module);
    if (own) return own;
    const file = this.#program.fileOf(module);
    const { imports } = this.#program.facts[file]!;
    for (let row = 0; row < imports.length / IMPORT.width; row++) {
      const at = this.#program.symbol(file, imports[row * IMPORT.width + IMPORT.module]!);
      let into = this.#imports.get(at);
      if (!into) this.#imports.set(at, (into = { named: new Map(), globs: [] }));
      if (this.#program.importText(file, row, 'imported') === '*') into.globs.push(row);
      else {
        const local = this.#program.importText(file, row, 'local');
        if (local === '' || local === '_') continue;
        const rows = into.named.get(local);
        if (rows) rows.push(row);
        else into.named.set(local, [row]);
      }
    }
    own = this.#imports.get(module);
    if (!own) this.#imports.set(module, (own = { named: new Map(), globs: [] }));
    return own;
  }

  /** A name of the standard library's prelude, a primitive type, or one that the built-in declarations have. */
  builtIn(ev: Evaluation, name: string): Type | undefined {
    const file = this.#program.fileIndex(RUST_BUILT_IN);
    if (file === undefined) return undefined;
    const module = this.#program.moduleOf(file);
    const around = VARIANTS[name];
    if (around !== undefined) {
      const symbol = this.#declared(module, around);
      return symbol === undefined ? undefined : ev.memberValue(ev.types.class(symbol), name);
    }
    const symbol = this.#declared(module, name);
    return symbol === undefined ? undefined : ev.symbolValue(symbol);
  }

  #declared(module: number, name: string): number | undefined {
    return this.#program
      .children(module)
      .get(name)
      ?.find((s) => this.#isItem(s));
  }

  /** A member of the standard library, or of a crate that is not here. */
  packageMember(ev: Evaluation, packageName: string, name: string): Type | undefined {
    const isStandard = packageName === STANDARD;
    if (!isStandard && !packageName.startsWith(OUTSIDE)) return undefined;
    const known = this.#isBuiltInName(name) ? this.builtIn(ev, name) : undefined;
    if (known) return known;
    return isStandard && /^[a-z]/.test(name) ? ev.types.module(-1, STANDARD) : this.builtIn(ev, 'External__');
  }

  /** True where what is being looked up rests on something around it that is not yet known. */
  #isPartial(): boolean {
    return this.#last === 0 && this.#lowest < this.#open.size;
  }

  /**
   * Remembers an answer. Names that depend on each other (`mod a; use a::a;`) have their least fixed point: the one that
   * was asked for first is looked up again with what was found, until nothing new is found. Answers that rest on one
   * still open are not remembered, so that they do not depend on the order of questions.
   */
  #once(key: string, find: () => Type | undefined): Type | undefined {
    if (this.#known.has(key)) return this.#known.get(key);
    const open = this.#open.get(key);
    if (open) {
      this.#lowest = Math.min(this.#lowest, open.depth);
      return open.found;
    }
    const outer = this.#lowest;
    const own: Open = { depth: this.#open.size + 1, found: undefined };
    this.#open.set(key, own);
    let isLast = false;
    for (let pass = 1; ; pass++) {
      this.#lowest = Infinity;
      const found = find();
      const isSame = found === own.found;
      own.found = found;
      if (this.#lowest !== own.depth || pass >= MOST_PASSES || (isSame && isLast)) break;
      // What is not found by then is in no module of the circle: it may be the name of a crate.
      if (isSame && !isLast) {
        isLast = true;
        this.#last++;
      }
    }
    if (isLast) this.#last--;
    this.#open.delete(key);
    if (this.#lowest >= own.depth) {
      this.#known.set(key, own.found);
      this.#lowest = outer;
    } else this.#lowest = Math.min(outer, this.#lowest);
    return own.found;
  }
}
