import type { Expression } from './ast.ts';
import { binary, call, compare, literal } from './build.ts';
import { typeOf } from './names.ts';
import { Refusal, type Span } from './refusal.ts';

const LONGEST = 200;
const LONGEST_REPEAT = 20;
const MOST_CHOICES = 10;
/** Properties whose texts are short; the others may be as long as a file. */
const SHORT = new Set(['id', 'kind', 'name', 'qualifiedName', 'file', 'language', 'form', 'tier']);

/**
 * `left =~ pattern` in a form that every engine reads the same and ends. A pattern of plain text, `.*` before or behind it
 * and `(?i)` becomes =, CONTAINS, STARTS WITH or ENDS WITH. Of others, those are refused that engines read differently
 * (RE2 answers nothing to what it does not know), and those that Java's engine may need very long for, which nothing can
 * interrupt: each further open repetition may cost another factor of the text's length (three of them on 1,000
 * characters took Neo4j 10 s). Throws a `Refusal`.
 */
export function matchOf(left: Expression, pattern: string, span: Span): Expression {
  const plain = plainPattern(pattern);
  if (!plain) {
    checkPattern(pattern, isShort(left) ? 2 : 1, span);
    return binary('=~', left, literal(pattern, span));
  }
  const fold = (of: Expression) => (plain.ignoresCase ? call('toLower', [of], of) : of);
  const tests = plain.texts.map((text) => {
    const [of, wanted] = [fold(left), fold(literal(text, span))];
    if (plain.before && plain.behind) return binary('CONTAINS', of, wanted);
    if (plain.before) return binary('ENDS WITH', of, wanted);
    return plain.behind ? binary('STARTS WITH', of, wanted) : compare(of, '=', wanted);
  });
  return tests.reduce((some, one) => binary('OR', some, one));
}

interface PlainPattern {
  ignoresCase: boolean;
  /** Anything may stand before or behind it. */
  before: boolean;
  behind: boolean;
  texts: string[];
}

/** `(?i).*text.*`, `.*(one|other)`, and the like. */
function plainPattern(pattern: string): PlainPattern | undefined {
  const [, flag, begin, body = '', end] =
    /^(\(\?i\))?\^?(\.\*)?((?:\\\W|[^\\.*+?^$|(){}[\]])+|\((?:\?:)?(?:\\\W|[^\\.*+?^$(){}[\]])+\))(\.\*)?\$?$/u.exec(
      pattern,
    ) ?? [];
  const bare = /^\((?:\?:)?(.*)\)$/su.exec(body)?.[1] ?? body;
  if (bare === '') return undefined;
  const texts = bare.split(/(?<!\\)\|/).map((text) => text.replace(/\\(\W)/gu, '$1'));
  if (texts.includes('') || texts.length > 20) return undefined;
  return { ignoresCase: flag !== undefined, before: begin !== undefined, behind: end !== undefined, texts };
}

function isShort(left: Expression): boolean {
  if (left.kind === 'call' && ['toLower', 'toUpper', 'trim'].includes(left.name))
    return isShort(left.items[0]!);
  return left.kind === 'property' && typeOf(left.of) !== 'value' && SHORT.has(left.name);
}

/** How often the ways through a pattern may double: at each `?` and `|`, and about five times at `{0,20}`. */
function choices(plain: string): number {
  const written = plain.replace(/\(\?(?:i\)|i?:)/g, '(');
  const ranges = written.match(/\{\d+,\d+\}/g) ?? [];
  return (written.match(/[?|]/g) ?? []).length + 5 * ranges.length;
}

function checkPattern(pattern: string, mostOpenEnds: number, span: Span): void {
  const refuse = (why: string) =>
    new Refusal(`the pattern of =~ ${why}`, span, {
      hint: 'write CONTAINS, STARTS WITH or ENDS WITH joined by AND, OR and NOT',
    });
  if (pattern.length > LONGEST) throw refuse(`is longer than ${LONGEST} characters`);
  if (/\\[1-9kGZzQEpPXR]/.test(pattern)) throw refuse('holds an escape that not every store reads');
  if (/\(\?(?!:|i\)|i:)/.test(pattern)) throw refuse('holds a group that not every store reads');
  if (/\[[^\]]*(?:\[|&&)/.test(pattern.replace(/\\./g, ''))) throw refuse('holds a class in a class');
  const plain = pattern.replace(/\\./g, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
  if (/\)(?:[*+]|\{)/.test(plain)) throw refuse('repeats a group');
  if (/[*+?}]\+/.test(plain)) throw refuse('holds a repetition that not every store reads');
  const bounded = [...plain.matchAll(/\{(\d+)(,(\d*))?\}/g)];
  if (
    bounded.some(([, least, , most]) => Number(least) > LONGEST_REPEAT || Number(most ?? 0) > LONGEST_REPEAT)
  )
    throw refuse(`repeats more than ${LONGEST_REPEAT} times`);
  if ((plain.match(/[*+]|\{\d+,/g) ?? []).length > mostOpenEnds)
    throw refuse(
      `holds more than ${mostOpenEnds === 1 ? 'one repetition' : `${mostOpenEnds} repetitions`}, which may take very long`,
    );
  if (choices(plain) > MOST_CHOICES) throw refuse('leaves too many choices, which may take very long');
  try {
    new RegExp(pattern.replace(/\(\?i\)/g, '').replace(/\(\?i:/g, '(?:'), 'u');
  } catch {
    throw refuse('cannot be read');
  }
}
