import { EDGE_TYPES, SYMBOL_KINDS } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { nearNames } from './near-names.ts';
import { EDGE_COLUMNS, namesOf, NODE_COLUMNS } from './store/schema.ts';

/** A way out: what to write instead, and names that may have been meant. */
interface Hint {
  hint: string;
  near?: string[];
}

/** Constructs that the embedded store does not read, and what reads the same on every store. */
const INSTEAD: readonly [construct: RegExp, instead: string][] = [
  [
    /\bshortestPath\s*\(/i,
    'write MATCH p = (a)-[:CALLS*1..6]->(b) RETURN … ORDER BY length(p) LIMIT 1 in place of shortestPath',
  ],
  [
    /\[\s*\w+\s+IN\b[^\]]*\|/i,
    'write UNWIND list AS x WITH x WHERE … RETURN collect(…) in place of [x IN list | …]',
  ],
  [/->?\s*\{\s*\d/, 'write -[:CALLS*1..3]-> in place of {1,3}'],
  [
    /\bWHERE\b[^)]*?\b\w+\s*:\s*[A-Z]\w+/i,
    "give the label in the pattern, as in (n:Test), or write n.kind = 'Test'",
  ],
  [/\|\s*:/, 'write -[:CALLS|USES]-> with one colon'],
  [/<=?\s*[\w.]+\s*<=?/, 'write two comparisons joined by AND'],
];

const FUNCTIONS: Record<string, string> = {
  ...{ ELEMENTID: 'n.id', ID: 'n.id', LABELS: 'n.kind', PROPERTIES: 'the properties one by one' },
  ...{ STARTNODE: 'the variable at the start of the pattern', ENDNODE: 'the variable at its end' },
  ...{ EXISTS: 'EXISTS { MATCH … }', APOC: 'plain Cypher' },
};

/** The engine's message about a query, with words that help to correct it, as bad input. */
export function cannotRun(message: string, cypher: string): UserError {
  const plain = message.replace(/^(?:Binder|Parser|Catalog|Conversion|Runtime) exception: /, '');
  const { hint, near = [] } = hintFor(plain, cypher) ?? {};
  const out = near.length > 0 ? `did you mean ${near.join(' or ')}?` : hint;
  const said = out === undefined ? plain : `${plain.replace(/\.$/, '')}; ${out}`;
  return new UserError('badInput', `the query cannot run: ${said}`, { hint: hint ?? SEE_SCHEMA, near });
}

const SEE_SCHEMA = 'see "weft query --schema" for what can be asked, and how';

function hintFor(message: string, cypher: string): Hint | undefined {
  const [, table] = /^Table (\w+) does not exist/.exec(message) ?? [];
  if (table !== undefined) {
    const isType = new RegExp(`\\[[^\\]]*[:|]\\s*${table}\\b`).test(cypher);
    return isType ? oneOf(table, 'relationship type', EDGE_TYPES) : oneOf(table, 'label', SYMBOL_KINDS);
  }
  const [, property, owner] = /^Cannot find property (\w+) for (\w+)/.exec(message) ?? [];
  if (property !== undefined) {
    const isEdge = new RegExp(`\\[\\s*${owner}\\b`).test(cypher);
    return isEdge
      ? oneOf(property, 'property of a relationship', namesOf(EDGE_COLUMNS))
      : oneOf(property, 'property of a node', namesOf(NODE_COLUMNS));
  }
  const [, variable] = /^Variable (\w+) is not in scope/.exec(message) ?? [];
  if (variable !== undefined) {
    const bound = [...cypher.matchAll(/[([]\s*(\w+)\s*[:)\]{]|\bAS\s+(\w+)/gi)].flatMap(
      ([, a, b]) => a ?? b ?? [],
    );
    const near = nearNames(variable, new Set(bound.filter((name) => name !== variable)));
    return {
      hint: `bind "${variable}" in a MATCH, and name it in each WITH on the way to where it is used`,
      near,
    };
  }
  const [, called] = /^function (\w+) does not exist/i.exec(message) ?? [];
  if (called !== undefined) {
    const instead = FUNCTIONS[called.toUpperCase()];
    return { hint: instead ? `write ${instead}` : SEE_SCHEMA };
  }
  const [, parameter] = /^Parameter (\w+) not found/.exec(message) ?? [];
  if (parameter !== undefined) return { hint: `give its value, as in --param ${parameter}=…` };
  if (/^Cast failed|^Cannot match a built-in function/.test(message))
    return {
      hint: 'texts and numbers do not mix: lines, columns and counts are numbers; toString(x) makes a text',
    };
  if (message.includes('exceeds maximum')) return { hint: 'write at most *1..30' };
  if (message.includes('ORDER BY must be followed')) return { hint: 'write WITH … ORDER BY … LIMIT 100000' };
  const instead = INSTEAD.find(([construct]) => construct.test(cypher))?.[1];
  return instead === undefined ? undefined : { hint: instead };
}

function oneOf(name: string, what: string, all: readonly string[]): Hint {
  return { hint: `"${name}" is no ${what}; there are ${all.join(', ')}`, near: nearNames(name, all) };
}
