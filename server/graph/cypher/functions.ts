import { nearNames } from '../near-names.ts';
import { Refusal, type Span } from './refusal.ts';

interface Signature {
  name: string;
  least: number;
  most: number;
  aggregates: boolean;
}

/** Every function that a query may call, with its least and most arguments. All others are refused. */
const ALLOWED = new Map<string, Signature>();
const allow = (least: number, most: number, names: string, aggregates = false) => {
  for (const name of names.split(' ')) ALLOWED.set(name.toUpperCase(), { name, least, most, aggregates });
};
allow(0, 1, 'count', true);
allow(1, 1, 'collect sum avg min max', true);
allow(1, 1, 'size length nodes relationships head last tail reverse isEmpty');
allow(1, 1, 'labels type id elementId exists properties');
allow(1, 1, 'toLower toUpper trim ltrim rtrim toString toInteger toFloat');
allow(1, 1, 'abs ceil floor round sign sqrt');
allow(2, 2, 'left right split');
allow(2, 3, 'substring range');
allow(3, 3, 'replace');
allow(1, 20, 'coalesce');

const INSTEAD: Record<string, string> = {
  ...{
    LOWER: 'toLower(x)',
    UPPER: 'toUpper(x)',
    LEN: 'size(x)',
    LENGTH: 'size(x)',
    RELS: 'relationships(p)',
  },
  ...{
    LABEL: 'n.kind',
    STARTNODE: 'the variable at the start of the pattern',
    ENDNODE: 'the variable at its end',
  },
  ...{ KEYS: 'the properties that "weft query --schema" lists', REDUCE: 'UNWIND and sum(x) or collect(x)' },
  ...{ CAST: 'toInteger(x), toFloat(x) or toString(x)', LIST_EXTRACT: 'list[0]', LIST_CONTAINS: 'x IN list' },
  ...{ REGEXP_MATCHES: "n.name =~ '…'", CONTAINS: 'a CONTAINS b', STARTSWITH: 'a STARTS WITH b' },
  ...{ ENDSWITH: 'a ENDS WITH b', STARTS_WITH: 'a STARTS WITH b', ENDS_WITH: 'a ENDS WITH b' },
  ...{ COUNT_DISTINCT: 'count(DISTINCT x)', STRING_SPLIT: 'split(x, sign)', DEGREE: 'COUNT { (n)--() }' },
  ...{ SUBSTR: 'substring(x, 0, 3)', IFNULL: 'coalesce(x, y)', NVL: 'coalesce(x, y)' },
};

/** The function a call means, by its name as written; throws a `Refusal` for one that is not allowed. */
export function functionNamed(name: string, items: number, span: Span): Signature {
  const found = ALLOWED.get(name.toUpperCase());
  if (!found) {
    const instead = INSTEAD[name.toUpperCase()] ?? (/^apoc\./i.test(name) ? 'plain Cypher' : undefined);
    const names = [...ALLOWED.values()].map((one) => one.name);
    throw new Refusal(`the function "${name}" is not allowed`, span, {
      hint: instead === undefined ? `there are ${names.join(', ')}` : `write ${instead}`,
      near: instead === undefined ? nearNames(name, names, 2) : [],
    });
  }
  if (items < found.least || items > found.most) {
    const wanted = found.least === found.most ? String(found.least) : `${found.least} to ${found.most}`;
    throw new Refusal(`${found.name}( … ) takes ${wanted} value${wanted === '1' ? '' : 's'}`, span);
  }
  return found;
}

/** True for a call that makes one value of many rows. */
export function aggregates(name: string): boolean {
  return ALLOWED.get(name.toUpperCase())?.aggregates ?? false;
}
