/** A qualified name as written, in parts: the last is the name itself. */
export interface WrittenName {
  scope: string[];
  name: string;
}

const MOST_LENGTH = 300;

/**
 * Takes `ns::Box<int>::get`, `App\Models\User` or `a.b.C` apart; what stands in brackets is left out. An operator's name
 * (`operator<<`) is left whole.
 *
 * @param isDotted whether a dot parts names, too.
 */
export function partsOf(written: string, isDotted: boolean): WrittenName {
  const plain = withoutBrackets(written.slice(0, MOST_LENGTH)).replaceAll(/\s+/g, ' ').trim();
  const parts = plain.split(isDotted ? /::|\\|\./ : /::|\\/).map((part) => part.trim());
  const name = parts.pop() ?? '';
  return { scope: parts.filter((part) => part !== ''), name };
}

function withoutBrackets(text: string): string {
  const operator = text.indexOf('operator');
  const end = operator < 0 || /\w/.test(text.charAt(operator + 8)) ? text.length : operator;
  if (text.indexOf('<') < 0) return text;
  let depth = 0;
  let out = '';
  for (let i = 0; i < end; i++) {
    const c = text.charAt(i);
    if (c === '<') depth++;
    else if (c === '>') depth = Math.max(0, depth - 1);
    else if (depth === 0) out += c;
  }
  return out + text.slice(end);
}
