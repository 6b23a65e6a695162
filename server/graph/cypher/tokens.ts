import { Refusal, type Span } from './refusal.ts';

export interface Token extends Span {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'mark' | 'parameter' | 'end';
  /** As it is meant: a string or a quoted name without quotes and escapes, a parameter without its dollar. */
  text: string;
}

const LONGEST_QUERY = 20_000;
const LONGEST_NAME = 200;

const TOKEN =
  /(?<space>\s+)|(?<comment>\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")|(?<quoted>`(?:[^`]|``)*`)|(?<parameter>\$(?:\w+|`\w+`))|(?<word>[\p{L}_][\p{L}\p{M}\p{N}_]*)|(?<number>0x[\da-fA-F]+|0o[0-7]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<mark><>|<=|>=|=~|\.\.|\|\||[-+*/%^=<>!(){}[\]:.,|&;])/uy;

const ESCAPES: Record<string, string> = {
  ...{ '\\': '\\', "'": "'", '"': '"', '`': '`' },
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
};

/** Every token of a query, then one of kind `end`; comments and white space are gone. Throws a `Refusal`. */
export function tokenise(source: string, isOwn = false): Token[] {
  if (!isOwn && source.length > LONGEST_QUERY)
    throw new Refusal(`it is longer than ${LONGEST_QUERY.toLocaleString('en')} characters`);
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw unreadable(source, start);
    const { space, comment, ...kinds } = match.groups ?? {};
    if (space !== undefined || comment !== undefined) continue;
    const kind = (Object.keys(kinds) as Token['kind'][]).find((k) => kinds[k] !== undefined) ?? 'mark';
    const span = { start, end: start + match[0].length };
    tokens.push({ kind, text: meaning(kind, match[0], span), ...span });
    if (kind === 'number' && /^[\p{L}_\p{N}]/u.test(source.slice(span.end)))
      throw new Refusal('a number runs into a name', span);
  }
  tokens.push({ kind: 'end', text: '', start: source.length, end: source.length });
  return tokens;
}

function meaning(kind: Token['kind'], raw: string, span: Span): string {
  switch (kind) {
    case 'string':
      return checkText(
        raw.slice(1, -1).replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g, unescape(span)),
        span,
      );
    case 'quoted':
      return checkName(raw.slice(1, -1), span);
    case 'parameter':
      return raw.replace(/[$`]/g, '');
    case 'word':
    case 'number':
    case 'mark':
    case 'end':
      return raw;
  }
}

function unescape(span: Span) {
  return (raw: string, four?: string, eight?: string, sign?: string): string => {
    const code = four ?? eight;
    if (code !== undefined) {
      const point = parseInt(code, 16);
      if (point > 0x10ffff) throw new Refusal(`"${raw}" is no character`, span);
      return String.fromCodePoint(point);
    }
    const meant = ESCAPES[sign ?? ''];
    if (meant !== undefined) return meant;
    throw new Refusal(`"${raw}" is no escape in a string`, span, { hint: `write \\${raw} for a backslash` });
  };
}

function checkText(text: string, span: Span): string {
  if (/[\0\p{Cs}]/u.test(text)) throw new Refusal('a string holds NUL or half of a character', span);
  return text;
}

/** Names are written between back-quotes again; what could end them early, in any engine, is no name. */
function checkName(name: string, span: Span): string {
  if (name === '' || name.length > LONGEST_NAME || /[`\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))
    throw new Refusal(
      `a name between back-quotes holds 1 to ${LONGEST_NAME} characters, none of them a back-quote, a backslash or invisible`,
      span,
    );
  return name;
}

function unreadable(source: string, start: number): Refusal {
  const sign = String.fromCodePoint(source.codePointAt(start) ?? 0);
  const span = { start, end: start + sign.length };
  if (sign === "'" || sign === '"') return new Refusal('a string is not closed', span);
  if (sign === '`') return new Refusal('a name between back-quotes is not closed', span);
  if (sign === '\\') return new Refusal('escapes can stand in strings only', span);
  if (sign === '$') return new Refusal('a parameter is $ and a name of letters, digits and _', span);
  return new Refusal(`"${sign}" cannot be read`, span);
}
