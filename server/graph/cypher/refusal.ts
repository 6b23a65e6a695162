import { UserError } from '../../protocol/user-error.ts';

/** Where something stands in a query: offsets in UTF-16 units, the end left out. */
export interface Span {
  start: number;
  end: number;
}

const ALLOWED =
  'allowed are MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT and UNION, in one statement';

/** What names another thing that may have been meant, and how to write it instead. */
export interface Advice {
  hint?: string;
  near?: string[];
}

/** A query that is not run: what is wrong, where, and what to write instead. */
export class Refusal extends Error {
  readonly span: Span | undefined;
  readonly advice: Advice;

  constructor(why: string, span?: Span, advice: Advice = {}) {
    super(why);
    this.name = 'Refusal';
    this.span = span;
    this.advice = advice;
  }

  /** As bad input, in one line. Line and column are 1-based. */
  toUserError(source: string): UserError {
    const { hint = ALLOWED, near = [] } = this.advice;
    const at = this.span && placeOf(source, this.span.start);
    const place = at ? ` (line ${at.line}, column ${at.column})` : '';
    const out = near.length > 0 ? `did you mean ${near.join(' or ')}?` : this.advice.hint;
    const said = `${this.message}${place}${out === undefined ? '' : `; ${out}`}`;
    return new UserError('badInput', `the query was refused: ${said}`, {
      hint,
      ...(near.length > 0 ? { near } : {}),
      ...(at ? { at } : {}),
    });
  }
}

function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
