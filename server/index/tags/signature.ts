import type { Definition } from './captures.ts';

const MOST_LENGTH = 400;

/** A definition's head on one line: what stands before its body, without what is written above it in brackets. */
export function signatureOf(text: string, { start, end, nameStart, body }: Definition): string {
  const before = text.slice(Math.max(start, nameStart - MOST_LENGTH), nameStart);
  const isDecorated = /^\s*[[@#]/.test(before);
  const from = isDecorated ? nameStart - (before.length - before.lastIndexOf('\n') - 1) : start;
  const head = text.slice(Math.max(from, start), Math.min(body < 0 ? end : body, from + MOST_LENGTH));
  return (body < 0 ? head.slice(0, endOfHead(head, nameStart - from)) : head).replaceAll(/\s+/g, ' ').trim();
}

/** Where a head ends, at the latest: at what opens a body, or at the end of a line outside brackets. */
function endOfHead(head: string, name: number): number {
  let depth = 0;
  for (let at = Math.max(0, name); at < head.length; at++) {
    const c = head.charAt(at);
    if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (depth <= 0 && (c === '{' || c === ';' || c === '\n')) return at;
  }
  return head.length;
}
