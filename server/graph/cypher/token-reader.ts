import { nearNames } from '../near-names.ts';
import { Refusal, type Advice, type Span } from './refusal.ts';
import { tokenise, type Token } from './tokens.ts';

/** Brackets, subqueries and signs inside each other. Deeper ones end engines (and parsers) by their stacks. */
const DEEPEST = 50;
/** Operands of one chain of operators; engines go as deep as it is long. */
const LONGEST_CHAIN = 200;
/** A rewriter may put brackets and conditions around what was read. */
const ROOM = 10;

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Words that cannot be names unless they stand between back-quotes. */
const RESERVED = new Set(
  `ALL AND AS ASC ASCENDING BY CALL CASE CONTAINS DESC DESCENDING DISTINCT ELSE END ENDS EXISTS FALSE IN IS LIMIT MATCH
  NOT NULL OFFSET ON OPTIONAL OR ORDER RETURN SKIP STARTS THEN TRUE UNION UNWIND WHEN WHERE WITH XOR YIELD
  COPY EXPORT IMPORT LOAD INSTALL UNINSTALL ATTACH DETACH USE CREATE MERGE DELETE SET REMOVE DROP ALTER FOREACH
  CHECKPOINT EXPLAIN PROFILE INSERT SHOW TERMINATE GRANT REVOKE DENY FINISH`.split(/\s+/),
);

/** Walks over the tokens of a query, one ahead; refuses what is not where it must be. */
export class TokenReader {
  readonly source: string;
  readonly #isOwn: boolean;
  readonly #tokens: Token[];
  /** Index of the closing token for each opening one. */
  readonly #closing: Map<number, number>;
  #at = 0;
  #depth = 0;

  constructor(source: string, isOwn: boolean) {
    this.source = source;
    this.#isOwn = isOwn;
    this.#tokens = tokenise(source, isOwn);
    this.#closing = matchBrackets(this.#tokens);
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  /** The token behind the bracket that closes the one which stands `ahead`. */
  behindBracket(ahead = 0): (further: number) => Token {
    const close = this.#closing.get(this.#at + ahead) ?? this.#tokens.length - 1;
    return (further) => this.#tokens[Math.min(close + 1 + further, this.#tokens.length - 1)]!;
  }

  isMark(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'mark' && token.text === text;
  }

  isWord(word: string, ahead = 0): boolean {
    return isWordToken(this.peek(ahead), word);
  }

  /** Takes the mark if it is next. */
  mark(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.#at++;
    return true;
  }

  /** Takes the words if they are next. */
  words(...words: string[]): boolean {
    if (!words.every((word, i) => this.isWord(word, i))) return false;
    this.#at += words.length;
    return true;
  }

  expectMark(text: string, where: string): Token {
    if (!this.isMark(text)) throw this.unexpected(`"${text}" ${where}`);
    return this.next();
  }

  expectWord(word: string, where: string): Token {
    if (!this.isWord(word)) throw this.unexpected(`${word} ${where}`);
    return this.next();
  }

  /** True where a name may be read: a word that is not reserved, or one between back-quotes. */
  isName(ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return kind === 'quoted' || (kind === 'word' && !RESERVED.has(text.toUpperCase()));
  }

  /** A variable or an alias. */
  name(what: string): string {
    const token = this.peek();
    if (token.kind === 'word' && RESERVED.has(token.text.toUpperCase()))
      throw new Refusal(`"${token.text}" is a word of the language, not ${what}`, token, {
        hint: 'a name spelled so goes between back-quotes',
      });
    return this.alias(what);
  }

  /** A name where no word of the language can stand. */
  alias(what: string): string {
    this.#refuseOwn();
    return this.key(what);
  }

  /** A parameter, without its dollar. */
  parameter(): string {
    this.#refuseOwn();
    return this.next().text;
  }

  #refuseOwn(): void {
    const token = this.peek();
    if (!this.#isOwn && /^weft_/i.test(token.text))
      throw new Refusal(`the name "${token.text}" is one of Weft's own`, token);
  }

  /** A label, a type, a property or a key: any word will do. */
  key(what: string): string {
    const { kind } = this.peek();
    if (kind !== 'word' && kind !== 'quoted') throw this.unexpected(what);
    return this.next().text;
  }

  /** From a start to the end of what was read last. */
  spanFrom(start: number): Span {
    return { start, end: this.#tokens[this.#at - 1]?.end ?? start };
  }

  /** Reads something that can hold itself. */
  nested<T>(read: () => T): T {
    if (++this.#depth > (this.#isOwn ? ROOM * DEEPEST : DEEPEST))
      throw new Refusal(`it is nested deeper than ${DEEPEST} levels`, this.peek(), {
        hint: 'split it over several WITH clauses',
      });
    const result = read();
    this.#depth--;
    return result;
  }

  /** Counts the operands of a chain. */
  chain(operands: number): void {
    if (operands > (this.#isOwn ? ROOM * LONGEST_CHAIN : LONGEST_CHAIN))
      throw new Refusal(`more than ${LONGEST_CHAIN} operands stand in one chain`, this.peek(), {
        hint: 'write x IN [ … ] in place of many comparisons',
      });
  }

  unexpected(expected: string, advice?: Advice): Refusal {
    const token = this.peek();
    const found = token.kind === 'end' ? 'it ends' : `"${this.source.slice(token.start, token.end)}" stands`;
    return new Refusal(`${found} where ${expected} is expected`, token, advice);
  }

  /** The words that may come next and are spelled like the next token. */
  nearWords(words: readonly string[]): string[] {
    const { kind, text } = this.peek();
    return kind === 'word' ? nearNames(text.toUpperCase(), words, 1) : [];
  }
}

export function isWordToken(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.length === word.length && token.text.toUpperCase() === word;
}

function matchBrackets(tokens: readonly Token[]): Map<number, number> {
  const open: number[] = [];
  const pairs = new Map<number, number>();
  tokens.forEach((token, i) => {
    if (token.kind !== 'mark') return;
    if (CLOSING[token.text] !== undefined) open.push(i);
    else if (')]}'.includes(token.text)) {
      const from = open.pop();
      const opening = from === undefined ? undefined : tokens[from];
      if (from === undefined || !opening || CLOSING[opening.text] !== token.text)
        throw new Refusal(`"${token.text}" closes no bracket`, token);
      pairs.set(from, i);
    }
  });
  const left = open.at(-1);
  if (left !== undefined) throw new Refusal('a bracket is not closed', tokens[left]);
  return pairs;
}
