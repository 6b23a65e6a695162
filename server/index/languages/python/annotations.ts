import { OP } from '../../facts.ts';
import type { PythonWalk, TypeOwner } from './walk.ts';

/** The type that a node writes: an annotation, a base class with its arguments, a string with a type in it. */
export function annotation(w: PythonWalk, node: number): number {
  return node < 0 ? -1 : typeIn(w, w.textOf(node));
}

/** The type that a text writes; -1 where it says nothing. */
export function typeIn(w: PythonWalk, text: string): number {
  return new TypeReader(w, text).union();
}

/** A value that names a type, as a type. */
export function typeOfValue(w: PythonWalk, term: number): number {
  switch (w.facts.opOf(term)) {
    case OP.union: {
      const parts = w.facts.listItems(w.facts.operand(term, 'a')).map((item) => typeOfValue(w, item));
      return w.facts.union(parts, OP.unionType);
    }
    case OP.cast:
      return term;
    case OP.call:
    case OP.index:
      return w.facts.term(OP.typeOf, term);
    default:
      return term;
  }
}

/** `type[T]` */
export function classOfType(w: PythonWalk, type: number): number {
  const base = w.facts.term(OP.global, w.facts.text('type'));
  return type < 0 ? base : w.facts.term(OP.apply, base, w.facts.list([type]));
}

/** Wrappers that say nothing about what a value is. */
const TRANSPARENT = new Set([
  ...[
    'Optional',
    'Annotated',
    'ClassVar',
    'Final',
    'Required',
    'NotRequired',
    'ReadOnly',
    'InitVar',
    'Unpack',
  ],
  ...['Mapped', 'Concatenate', 'SerializeAsAny'],
]);
const NOTHING = new Set(['None', 'Any', 'object', 'NoReturn', 'Never', 'Incomplete', 'Ellipsis']);
const MOST_DEPTH = 20;
const NAME_START = /[\p{L}_]/u;
const NAME = /[\p{L}\p{N}_]+/uy;

/** Reads the little language of type annotations from its text; what it does not know says nothing. */
class TypeReader {
  readonly #w: PythonWalk;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(w: PythonWalk, text: string) {
    this.#w = w;
    this.#text = text;
  }

  union(): number {
    if (this.#depth++ > MOST_DEPTH) return -1;
    const parts = [this.#postfix()];
    while (this.#take('|')) parts.push(this.#postfix());
    this.#depth--;
    return this.#w.facts.union(parts, OP.unionType);
  }

  #postfix(): number {
    const c = this.#peek();
    if (c === '(') {
      this.#at++;
      const items = this.#list(')');
      return items.length === 1 ? items[0]! : this.#w.facts.term(OP.tupleType, this.#w.facts.list(items));
    }
    if (c === '"' || c === "'") return this.#quoted();
    if (c === '*') {
      this.#at += this.#text[this.#at + 1] === '*' ? 2 : 1;
      return this.#postfix();
    }
    if (!NAME_START.test(c)) {
      // `...`, numbers, lists: nothing that a type could be.
      if (c === '[') {
        this.#at++;
        this.#list(']');
      } else if (c !== '' && c !== ']' && c !== ')' && c !== ',') {
        while (this.#at < this.#text.length && /[^\s,[\]()|]/.test(this.#text[this.#at]!)) this.#at++;
      }
      return -1;
    }
    const names = [this.#name()];
    while (this.#take('.')) names.push(this.#name());
    const last = names.at(-1)!;
    const prefix =
      /^[rbuf]{1,2}$/i.test(last) && names.length === 1 && /["']/.test(this.#text[this.#at] ?? '');
    if (prefix) return this.#quoted();
    if (this.#take('[')) return this.#applied(names, last);
    if (this.#peek() === '(') {
      // A call, such as the head `namedtuple('P', 'x y')`: only its value can say.
      this.#at = this.#text.length;
      return -1;
    }
    return this.#named(names);
  }

  #applied(names: readonly string[], last: string): number {
    const { facts } = this.#w;
    switch (last) {
      case 'Literal': {
        const isText = /["']/.test(this.#peek());
        this.#skipTo(']');
        return facts.literal(isText ? 'str' : 'int');
      }
      case 'Callable':
        return this.#callable();
      case 'Union':
        return facts.union(this.#list(']'), OP.unionType);
      case 'Tuple':
      case 'tuple': {
        const start = this.#at;
        const items = this.#list(']');
        const isMany = /,\s*\.\.\.\s*\]$/.test(this.#text.slice(start, this.#at));
        if (isMany) return facts.term(OP.apply, this.#builtIn('tuple'), facts.list([items[0] ?? -1]));
        return facts.term(OP.tupleType, facts.list(items));
      }
      case 'Type':
      case 'type':
        return classOfType(this.#w, this.#list(']')[0] ?? -1);
      case 'TypeGuard':
      case 'TypeIs':
        this.#list(']');
        return facts.literal('bool');
      default: {
        const args = this.#list(']');
        if (TRANSPARENT.has(last)) return args[0] ?? -1;
        const base = this.#named(names);
        return base < 0 ? -1 : facts.term(OP.apply, base, facts.list(args));
      }
    }
  }

  /** `Callable[[A, B], R]`, behind its first bracket. */
  #callable(): number {
    const { facts } = this.#w;
    let parameters: number[] = [];
    if (this.#take('[')) parameters = this.#list(']');
    else this.#postfix();
    const result = this.#take(',') ? this.union() : -1;
    this.#skipTo(']');
    return facts.term(OP.functionType, result, facts.list(parameters));
  }

  #named(names: readonly string[]): number {
    const w = this.#w;
    const [first = '', ...rest] = names;
    if (rest.length === 0) {
      if (NOTHING.has(first)) return -1;
      if (first === 'Self' || first === w.typeOwner?.self) return w.facts.term(OP.self);
      if (w.typeVariables.has(first)) return typeVariable(w, first);
    } else if (names.length === 2 && NOTHING.has(names[1]!) && names[1] !== 'object') return -1;
    else if (names.at(-1) === 'Self') return w.facts.term(OP.self);
    return rest.reduce((object, name) => w.facts.member(object, name), w.facts.typeName(first));
  }

  #builtIn(name: string): number {
    return this.#w.facts.term(OP.global, this.#w.facts.text(name));
  }

  /** Types up to a closing bracket, which is taken. */
  #list(close: string): number[] {
    const items: number[] = [];
    while (this.#peek() !== close && this.#at < this.#text.length) {
      const before = this.#at;
      items.push(this.union());
      this.#take(',');
      if (this.#at === before) this.#at++;
    }
    this.#take(close);
    return items;
  }

  #quoted(): number {
    const mark = this.#text.startsWith('"""', this.#at) || this.#text.startsWith("'''", this.#at) ? 3 : 1;
    const quote = this.#text.slice(this.#at, this.#at + mark);
    const end = this.#text.indexOf(quote, this.#at + mark);
    const inner = this.#text.slice(this.#at + mark, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + mark;
    if (this.#depth > MOST_DEPTH) return -1;
    return new TypeReader(this.#w, inner.trim()).union();
  }

  #name(): string {
    this.#peek();
    NAME.lastIndex = this.#at;
    const found = NAME.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #peek(): string {
    for (;;) {
      const c = this.#text[this.#at];
      if (c === '#') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else if (c === undefined || !/[\s\\]/.test(c)) return c ?? '';
      else this.#at++;
    }
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at++;
    return true;
  }

  #skipTo(close: string): void {
    let open = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text[this.#at]!;
      if (c === close && open === 0) break;
      if (c === '[') open++;
      else if (c === ']') open--;
    }
    this.#at++;
  }
}

/** A type variable of the file, as a parameter of the class around that declares it, else of the function here. */
function typeVariable(w: PythonWalk, name: string): number {
  for (let at: TypeOwner | undefined = w.typeOwner; at; at = at.outer) {
    const index = at.names.indexOf(name);
    if (index >= 0) return w.facts.term(OP.typeParameter, at.owner, index);
  }
  const here = w.typeOwner;
  if (!here) return w.typeVariables.get(name) ?? -1;
  here.names.push(name);
  return w.facts.term(OP.typeParameter, here.owner, here.names.length - 1);
}

/** Pairs of name and bound, for the row of a class or function; -1 where there are none. */
export function typeParameterList(w: PythonWalk, { names }: TypeOwner): number {
  if (names.length === 0) return -1;
  return w.facts.list(names.flatMap((name) => [w.facts.text(name), w.typeVariables.get(name) ?? -1]));
}

/** `class C[T]`, `def f[T: Bound]`: the names are type variables from here on. */
export function declareTypeParameters(w: PythonWalk, node: number, owner: TypeOwner): void {
  for (const list of w.fieldsOf(node, 'type_parameters'))
    for (const parameter of w.children(list)) {
      const [name = '', bound = ''] = w.textOf(parameter).replace(/^\*+/, '').split(/[:=]/);
      const known = name.trim();
      if (known === '') continue;
      w.typeVariables.set(known, bound.trim() === '' ? -1 : typeIn(w, bound.trim()));
      owner.names.push(known);
    }
}
