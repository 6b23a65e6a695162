import { OP } from '../../facts.ts';
import { typeOfValue } from './annotations.ts';
import type { Change } from './flow.ts';
import { chainOf } from './narrowing.ts';
import type { PythonVisitor, PythonWalk } from './walk.ts';

/** `match`: each case binds the parts of the subject that its pattern names. */
export const matchVisitors: Record<string, PythonVisitor> = {
  match_statement: (w, n) => {
    const subjectNode = w.field(n, 'subject');
    const subject = w.visit(subjectNode);
    const ways: (Change | undefined)[] = [w.branch(() => undefined)];
    for (const clause of w.fieldsOf(w.field(n, 'body'), 'alternative'))
      ways.push(
        w.branch(() => {
          for (const c of w.children(clause))
            if (w.is(c, 'case_pattern')) {
              const matched = bindPattern(w, c, subject);
              const chain = chainOf(w, subjectNode);
              if (chain !== '' && matched >= 0 && matched !== subject) w.frame.narrow(chain, matched);
            }
          w.visit(w.field(clause, 'guard'));
          w.visit(w.field(clause, 'consequence'));
        }),
      );
    w.join(ways);
    return -1;
  },
};

/** Binds the names of a pattern; returns what the value is known to be where it matches. */
function bindPattern(w: PythonWalk, n: number, value: number): number {
  switch (w.kind(n)) {
    case 'case_pattern':
      return bindPattern(w, w.firstChild(n), value);
    case 'dotted_name': {
      const names = w.children(n);
      if (names.length === 1 && w.textOf(n) !== '_') w.define(w.textOf(n), value, w.target);
      return value;
    }
    case 'as_pattern': {
      const [inner = -1, alias = -1] = w.parts(n);
      const matched = bindPattern(w, inner, value);
      if (w.is(alias, 'identifier')) w.define(w.textOf(alias), matched, w.target);
      return matched;
    }
    case 'class_pattern':
      return bindClassPattern(w, n, value);
    case 'union_pattern': {
      const matched = w.parts(n).map((c) => bindPattern(w, c, value));
      return w.facts.union(matched);
    }
    case 'list_pattern':
    case 'tuple_pattern':
      w.parts(n).forEach((c, i) => {
        const part = value < 0 ? -1 : w.facts.term(OP.item, value, i);
        const isRest = w.is(w.firstChild(c), 'splat_pattern') || w.is(c, 'splat_pattern');
        bindPattern(w, c, isRest ? value : part);
      });
      return value;
    case 'splat_pattern': {
      const name = w.firstChild(n);
      if (w.is(name, 'identifier')) w.define(w.textOf(name), value, w.target);
      return value;
    }
    case 'dict_pattern': {
      const keys = w.fieldsOf(n, 'key');
      w.fieldsOf(n, 'value').forEach((c, i) => {
        const key = w.visit(keys[i] ?? -1);
        bindPattern(w, c, value < 0 ? -1 : w.facts.term(OP.index, value, key));
      });
      return value;
    }
    default:
      return value;
  }
}

/** `Point(x=0, y=y)`: an instance of Point, whose fields are matched in turn. */
function bindClassPattern(w: PythonWalk, n: number, value: number): number {
  const [head = -1, ...patterns] = w.parts(n);
  const [first = '', ...rest] = w.textOf(head).split('.');
  const cls = rest.reduce((object, name) => w.facts.member(object, name), w.read(first));
  w.facts.addMention(cls, w.start(head));
  const matched = w.facts.term(OP.cast, typeOfValue(w, cls), value);
  patterns.forEach((c, i) => {
    const keyword = w.is(c, 'keyword_pattern') ? c : w.firstChild(c);
    if (w.is(keyword, 'keyword_pattern')) {
      const [name = -1, pattern = -1] = w.children(keyword);
      bindPattern(w, pattern, w.facts.member(matched, w.textOf(name)));
    } else bindPattern(w, c, patterns.length === 1 && i === 0 && isBuiltIn(first) ? matched : -1);
  });
  return matched;
}

/** `str(s)`: the one pattern of a built-in class binds the value itself. */
const isBuiltIn = (name: string) =>
  /^(?:bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)$/.test(name);
