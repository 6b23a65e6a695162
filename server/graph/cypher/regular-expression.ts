import { Refusal, type Span } from './refusal.ts';

const LONGEST = 200;
/** Each one more may cost another factor of the text's length in Java's engine, which nothing can interrupt. */
const MOST_OPEN_ENDS = 3;

/**
 * Refuses a pattern of `=~` that engines read differently (RE2 answers nothing to what it does not know), or that Java's
 * engine may need forever for: a repeated group, or more open repetitions than a text of ordinary length bears.
 */
export function checkRegularExpression(pattern: string, span: Span): void {
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
  if (bounded.some(([, least, , most]) => Number(least) > 100 || Number(most ?? 0) > 100))
    throw refuse('repeats more than 100 times');
  const openEnds = (plain.match(/[*+]|\{\d+,\d*\}/g) ?? []).length;
  if (openEnds > MOST_OPEN_ENDS) throw refuse(`holds more than ${MOST_OPEN_ENDS} repetitions`);
  try {
    new RegExp(pattern.replace(/\(\?i\)/g, '').replace(/\(\?i:/g, '(?:'), 'u');
  } catch {
    throw refuse('cannot be read');
  }
}
