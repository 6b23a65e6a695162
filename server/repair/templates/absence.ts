import { field, inParentheses, isCall, isMember, isSubscript, parts, replace, type Edit } from '../source.ts';
import { isValue } from './places.ts';
import { weighted, type Template } from './template.ts';

/** What may be missing gets a default: `d[k]` → `d.get(k)`, `x` → `x or []`; `a.b` → `a?.b`, `x ?? []`. */
export const defaults: Template = {
  name: 'default',
  prior: 0.3,
  mostWeight: 1.3,
  *propose({ node, source, scope }) {
    if (isSubscript(node) && source.python && isValue(node)) {
      const [object, key] = parts(node);
      if (object && key && !/slice/.test(key.type) && parts(node).length === 2) {
        yield [replace(node, `${object.text}.get(${key.text})`)];
        for (const value of ["''", '0', '[]', '{}', 'None'].slice(0, 4))
          yield weighted(0.6, [replace(node, `${object.text}.get(${key.text}, ${value})`)]);
      }
    }
    if (!source.python && isMember(node)) {
      const object = field(node, 'object');
      if (object && source.text[object.endIndex] === '.')
        yield weighted(1.3, [{ start: object.endIndex, end: object.endIndex, text: '?' }]);
    }
    if (!isValue(node) || !/^(identifier|attribute|member_expression|call|call_expression)$/.test(node.type))
      return;
    const values = source.python ? ["''", '[]', '{}', '0', '()'] : ["''", '[]', '{}', '0'];
    const or = source.python ? 'or' : '??';
    for (const value of [...values, ...scope.variables.slice(0, 6)])
      if (value !== node.text) yield weighted(0.5, [replace(node, `(${node.text} ${or} ${value})`)]);
  },
};

/** `except KeyError` → `except (KeyError, TypeError)`, for errors that are often forgotten beside the one that is named. */
export const handlers: Template = {
  name: 'handler',
  prior: 0.4,
  *propose({ node }) {
    if (node.type !== 'except_clause') return;
    const caught = parts(node).find((part) => /^(identifier|attribute|tuple)$/.test(part.type));
    if (!caught) return;
    const names = caught.type === 'tuple' ? parts(caught).map((part) => part.text) : [caught.text];
    for (const error of ERRORS)
      if (!names.includes(error)) yield [replace(caught, `(${[...names, error].join(', ')})`)];
    yield weighted(0.5, [replace(caught, 'Exception')]);
  },
};

const ERRORS = [
  ...['TypeError', 'ValueError', 'KeyError', 'AttributeError', 'IndexError'],
  ...['OverflowError', 'UnicodeError', 'OSError', 'ImportError', 'StopIteration', 'RecursionError'],
];

/** `isinstance(x, A)` → `isinstance(x, (A, B))`. */
export const types: Template = {
  name: 'type',
  prior: 0.35,
  *propose({ node, source }) {
    if (!source.python || !isCall(node)) return;
    if (!/^(isinstance|issubclass)$/.test(field(node, 'function')?.text ?? '')) return;
    const type = parts(field(node, 'arguments') ?? node)[1];
    if (!type) return;
    const names = type.type === 'tuple' ? parts(type).map((part) => part.text) : [type.text];
    for (const other of TYPES) {
      if (names.includes(other)) continue;
      yield [replace(type, `(${[...names, other].join(', ')})`)];
      if (names.length === 1) yield weighted(0.6, [replace(type, other)]);
    }
    if (names.length > 1)
      for (const gone of names) {
        const left = names.filter((name) => name !== gone);
        yield weighted(0.6, [replace(type, left.length === 1 ? (left[0] ?? '') : `(${left.join(', ')})`)]);
      }
  },
};

const TYPES = ['str', 'bytes', 'int', 'float', 'bool', 'list', 'tuple', 'dict', 'set', 'frozenset'];

/** A promise that is not waited for. */
export const awaits: Template = {
  name: 'await',
  prior: 0.5,
  *propose({ node }) {
    if (!isCall(node) || /^await/.test(node.parent?.type ?? '') || !inAsync(node)) return;
    yield [wrap(node.startIndex, 'await ')];
    if (node.parent && isMember(node.parent)) yield [replace(node, `(await ${inParentheses(node)})`)];
  },
};

const wrap = (at: number, text: string): Edit => ({ start: at, end: at, text });

function inAsync(node: Parameters<typeof isCall>[0]): boolean {
  for (let up = node.parent; up; up = up.parent)
    if (/function|method|arrow/.test(up.type)) return /^\s*(static\s+)?async\b/.test(up.text.slice(0, 40));
  return false;
}
