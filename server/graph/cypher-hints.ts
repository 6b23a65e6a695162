import { UserError } from '../protocol/user-error.ts';

/**
 * What an engine says of a query that was read and checked, and what to write instead. Names, functions and clauses were
 * checked before: what is left are types, and forms that one engine does not take in one place.
 */
const INSTEAD: readonly [said: RegExp, instead: string][] = [
  [
    /Cast failed|Cannot match a built-in function|did not receive correct arguments|Type mismatch/,
    'texts and numbers do not mix: lines, columns and counts are numbers; toString(x) makes a text',
  ],
  [
    /Implicit cast is not supported|incompatible/,
    'the items of a list, the rows of a UNION and the branches of a CASE must be of one type',
  ],
  [/Cannot bind \S+ as node pattern/, 'match it anew by its id, as in MATCH (x) WHERE x.id = n.id'],
  [
    /Order by \w+ is not supported|Cannot order by/,
    'give the value a name that no node has, and order by a property',
  ],
  [/Lambda paramName/, 'UNWIND the outer list in place of a list inside a list'],
];

const SEE_SCHEMA = 'see "weft query --schema" for what can be asked, and how';

/** An engine's message about a query, in one line, with words that help to correct it, as bad input. */
export function cannotRun(message: string): UserError {
  const plain = message
    .replace(/^(?:Binder|Parser|Catalog|Conversion|Runtime) exception: /, '')
    .replace(/ \(line:? \d+, (?:offset|column):? \d+.*$/, '');
  const hint = INSTEAD.find(([said]) => said.test(message))?.[1];
  const said = hint === undefined ? plain : `${plain.replace(/[.:]$/, '')}; ${hint}`;
  return new UserError('badInput', `the query cannot run: ${said}`, { hint: hint ?? SEE_SCHEMA });
}
