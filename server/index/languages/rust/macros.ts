import { OP } from '../../facts.ts';
import type { Tape } from '../../syntax/tape.ts';
import type { RustVisitor, RustWalk } from './walk.ts';

/** Macros whose arguments are no code of their place. */
const NO_CODE =
  /^(?:stringify|concat|include\w*|env|option_env|quote\w*|cfg|line|column|file|module_path|asm)$/;
/** Macros in macros are parsed again for each that they stand in; deeper, no one wrote them. */
const MOST_PARTS = 8;
/** Longer arguments are a program of their own. */
const MOST_LENGTH = 20_000;

const STRING = new Set(['format', 'concat', 'stringify', 'env', 'file', 'module_path', 'include_str']);
const RESULT = new Set(['write', 'writeln']);

/** Macros whose arguments read like expressions: these are parsed as such, in the place where they stand. */
export const macroVisitors: Record<string, RustVisitor> = {
  macro_invocation: (w, n) => {
    const macroNode = w.field(n, 'macro');
    const name = w.textOf(macroNode).replace(/^.*::/s, '');
    const tree = w.childOf(n, 'token_tree');
    if (tree < 0) return -1;
    mentionMacro(w, macroNode, name);
    const values = NO_CODE.test(name) ? [] : argumentsOf(w, name, tree);
    return valueOf(w, name, values);
  },
};

function mentionMacro(w: RustWalk, node: number, name: string): void {
  const bound = w.facts.lookUp(`${name}!`);
  if (bound !== undefined) w.facts.addMention(bound, w.start(node));
}

function valueOf(w: RustWalk, name: string, values: readonly number[]): number {
  if (STRING.has(name)) return w.facts.literal('String');
  if (RESULT.has(name))
    return w.facts.term(OP.cast, w.facts.term(OP.apply, w.global('Result'), w.facts.list([])), -1);
  if (name === 'matches' || name === 'cfg') return w.facts.literal('bool');
  if (name === 'dbg') return values[0] ?? -1;
  if (name !== 'vec') return -1;
  const items = w.facts.term(OP.array, w.facts.list(values));
  const item = w.facts.term(OP.typeOf, w.facts.term(OP.element, items));
  return w.facts.term(OP.cast, w.facts.term(OP.apply, w.global('Vec'), w.facts.list([item])), -1);
}

/** Visits the arguments and returns their values. */
function argumentsOf(w: RustWalk, name: string, tree: number): number[] {
  const from = w.start(tree) + 1;
  const to = w.end(tree) - 1;
  const inner = w.text.slice(from, to);
  const open = w.text.charAt(w.start(tree));
  const isList = name === 'vec' || name === 'smallvec';
  // Without a call among them, most arguments say nothing.
  if (inner.length > MOST_LENGTH || (!isList && !/[({]/.test(inner)) || inner.trim() === '') return [];
  if (name === 'matches' || name === 'assert_matches' || name === 'debug_assert_matches') {
    const comma = topLevelComma(w, tree);
    if (comma < 0) return [];
    const text = w.text;
    const code = `${text.slice(from, comma)}{${text.slice(comma + 1, to).replace(/,\s*$/, ' ')}=>()`;
    return visitPart(w, 'fn f(){match ', code, ',};}', from);
  }
  if (open === '{') return visitPart(w, 'fn f(){', inner, '}', from);
  if (open === '[') return isList ? visitPart(w, 'fn f(){&[', inner, '];}', from) : [];
  return isList
    ? visitPart(w, 'fn f(){&[', inner, '];}', from)
    : visitPart(w, 'fn f(){g(', inner, ');}', from);
}

/** The first comma between the tokens right inside a token tree. */
function topLevelComma(w: RustWalk, tree: number): number {
  let at = w.start(tree) + 1;
  const { after, start, end } = w.tape;
  for (let c = tree + 1; c < after[tree]!; c = after[c]!) {
    const comma = w.text.slice(at, start[c]).indexOf(',');
    if (comma >= 0) return at + comma;
    at = end[c]!;
  }
  return -1;
}

/** Parses code that stands at a place of the text inside a frame, and visits it there. */
function visitPart(w: RustWalk, before: string, code: string, behind: string, at: number): number[] {
  if (w.parts >= MOST_PARTS) return [];
  const parsed = w.grammar.parse(before + code + behind);
  // What does not parse is no expression.
  if (parsed.hasError) return [];
  const values: number[] = [];
  w.inPart(shifted(parsed, w.text, at - before.length), () => {
    const body = w.field(w.firstChild(0), 'body');
    if (before.endsWith('{')) {
      values.push(w.visit(body));
      return;
    }
    const statement = w.firstChild(body);
    const expression = w.is(statement, 'expression_statement') ? w.firstChild(statement) : statement;
    if (w.is(expression, 'match_expression')) w.visit(expression);
    else {
      const list = w.is(expression, 'call_expression')
        ? w.field(expression, 'arguments')
        : w.field(expression, 'value');
      const length = w.field(list, 'length');
      for (const c of w.children(list)) {
        const value = w.visit(c);
        if (c !== length) values.push(value);
      }
    }
  });
  return values;
}

function shifted(tape: Tape, text: string, by: number): Tape {
  return { ...tape, text, start: tape.start.map((x) => x + by), end: tape.end.map((x) => x + by) };
}
