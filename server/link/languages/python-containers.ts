import { OP, SYMBOL, TERM, VARIABLE } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Type } from '../types.ts';
import type { PythonNames, Written } from './python-names.ts';

const MOST_PAIRS = 60;
const MOST_WRITTEN = 20;
const MOST_DEPTH = 12;
/** The text of a key that is not known. */
const ANY_KEY = '?';

/** `{…}`: a dict of what its keys and values are. */
export function dictionaryOf(ev: Evaluation, file: number, term: number): Type | undefined {
  const pairs = pairsOf(ev, file, term);
  const keys = pairs.map(([key]) => key);
  const isText = keys.length > 0 && keys.every((key) => key.startsWith("'"));
  const isNumber = keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
  const key = isText ? ev.builtIn(file, 'str') : isNumber ? ev.builtIn(file, 'int') : undefined;
  const values = pairs.slice(0, MOST_PAIRS).map(([, value]) => ev.value(file, value));
  return ev.builtIn(file, 'dict', [key, ev.types.union(values)]);
}

function pairsOf(ev: Evaluation, file: number, term: number): [string, number][] {
  const list = ev.program.list(file, ev.program.facts[file]!.terms[term * TERM.width + TERM.a]!);
  const pairs: [string, number][] = [];
  for (let i = 0; i + 1 < list.length; i += 2) pairs.push([ev.program.text(file, list[i]!), list[i + 1]!]);
  return pairs;
}

/**
 * What an index picks from containers that are written out: `handlers['a']` of `{'a': f, 'b': g}` is f. Undefined
 * where a container is not written out in sight, null where all are and none has the key.
 */
export function pickedItem(
  ev: Evaluation,
  names: PythonNames,
  file: number,
  term: number,
): Type | undefined | null {
  const items = new Picker(ev, names).pick({ file, term }, 0);
  if (!items) return undefined;
  if (items.length === 0) return null;
  return ev.types.union(items.map((item) => ev.value(item.file, item.term)));
}

/** Follows terms to the literals that they are known to be. */
class Picker {
  readonly #ev: Evaluation;
  readonly #names: PythonNames;

  constructor(ev: Evaluation, names: PythonNames) {
    this.#ev = ev;
    this.#names = names;
  }

  /** The items that an index or item term picks; undefined where that is not known. */
  pick({ file, term }: Written, depth: number): Written[] | undefined {
    const { op, a, b } = this.#parts({ file, term });
    const containers = this.#literals({ file, term: a }, depth + 1);
    if (!containers) return undefined;
    const keys = op === OP.item ? [String(b)] : this.#keys({ file, term: b }, depth + 1);
    const found: Written[] = [];
    for (const container of containers) {
      const items = this.#itemsAt(container, keys);
      if (!items) return undefined;
      found.push(...items);
    }
    return found.length > MOST_WRITTEN ? undefined : found;
  }

  #itemsAt({ file, term }: Written, keys: readonly string[] | undefined): Written[] | undefined {
    const { op, a } = this.#parts({ file, term });
    const { terms } = this.#ev.program.facts[file]!;
    if (op === OP.object)
      return pairsOf(this.#ev, file, term)
        .filter(([key, value]) => value >= 0 && (!keys || key === ANY_KEY || keys.includes(key)))
        .map(([, value]) => ({ file, term: value }));
    const items = this.#ev.program.list(file, a);
    if (items.some((item) => item >= 0 && terms[item * TERM.width] === OP.spread)) return undefined;
    const chosen = keys
      ? keys.map((key) => (/^\d+$/.test(key) ? (items[Number(key)] ?? -1) : -1))
      : [...items];
    return chosen.filter((item) => item >= 0).map((item) => ({ file, term: item }));
  }

  /** The containers that a term is written out as; undefined where it may be another. */
  #literals(at: Written, depth: number): Written[] | undefined {
    return this.#followed(at, depth, (op) => op === OP.array || op === OP.tuple || op === OP.object);
  }

  /** The texts of the keys that a term can be; undefined where it may be another. */
  #keys(at: Written, depth: number): string[] | undefined {
    const found = this.#followed(at, depth, (op) => op === OP.text || op === OP.literal);
    const keys: string[] = [];
    for (const { file, term } of found ?? []) {
      const { op, a, b } = this.#parts({ file, term });
      if (op === OP.text) keys.push(`'${this.#ev.program.text(file, a)}`);
      else if (b >= 0) keys.push(this.#ev.program.text(file, b));
      else return undefined;
    }
    return keys.length > 0 ? keys : undefined;
  }

  #followed(at: Written, depth: number, isWanted: (op: number) => boolean): Written[] | undefined {
    if (at.term < 0 || depth > MOST_DEPTH) return undefined;
    const { op, a, b } = this.#parts(at);
    if (isWanted(op)) return [at];
    const { program } = this.#ev;
    const { file } = at;
    const all = (terms: readonly Written[]) => {
      const found: Written[] = [];
      for (const term of terms) {
        const more = this.#followed(term, depth + 1, isWanted);
        if (!more || found.length + more.length > MOST_WRITTEN) return undefined;
        found.push(...more);
      }
      return found.length > 0 ? found : undefined;
    };
    switch (op) {
      case OP.union:
        return all(Array.from(program.list(file, a), (term) => ({ file, term })));
      case OP.variable: {
        if (program.variableColumn(file, a, VARIABLE.type) >= 0) return undefined;
        const own = program.variableColumn(file, a, VARIABLE.value);
        const flows = this.#ev.flowsInto(file, a);
        if (own < 0 && program.variableColumn(file, a, VARIABLE.parameter) < 0) return undefined;
        return all([...(own >= 0 ? [{ file, term: own }] : []), ...flows]);
      }
      case OP.symbol: {
        const symbol = program.symbol(file, a);
        const kind = program.kind(symbol);
        if ((kind !== 'Variable' && kind !== 'Field') || program.column(symbol, SYMBOL.type) >= 0)
          return undefined;
        return this.#followed({ file, term: program.column(symbol, SYMBOL.value) }, depth + 1, isWanted);
      }
      case OP.import: {
        const found = this.#names.importedTerm(this.#ev, file, a);
        return found && this.#followed(found, depth + 1, isWanted);
      }
      case OP.keyword:
        return this.#followed({ file, term: b }, depth + 1, isWanted);
      case OP.index:
      case OP.item: {
        const items = this.pick(at, depth + 1);
        return items && all(items);
      }
      default:
        return undefined;
    }
  }

  #parts({ file, term }: Written): { op: number; a: number; b: number } {
    this.#ev.program.reads?.contents(file);
    const { terms } = this.#ev.program.facts[file]!;
    return {
      op: terms[term * TERM.width]!,
      a: terms[term * TERM.width + TERM.a]!,
      b: terms[term * TERM.width + TERM.b]!,
    };
  }
}
