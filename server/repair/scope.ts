import type { Node } from 'web-tree-sitter';
import { field, isCall, isFunction, isMember, isSubscript, parts } from './source.ts';

/** The names that a template may put at a place: those of the outermost function around it. */
export interface Scope {
  /** Variables and parameters, in order of appearance. */
  variables: readonly string[];
  /** Variables that are assigned, so another assignment of them makes sense. */
  assigned: ReadonlySet<string>;
  /** Variables that start as an empty or literal container, by what puts an element in: `append`, `add`, `push`. */
  containers: ReadonlyMap<string, string>;
  /** Functions that the function or file calls by name. */
  functions: readonly string[];
  /** Names after a dot, in order of appearance. */
  members: readonly string[];
  /** Subscripts, members and calls that occur, by their text, with their type. */
  expressions: ReadonlyMap<string, string>;
  /** Comparisons and negations that occur. */
  conditions: readonly string[];
  /** What the function returns, as it is written. */
  returned: readonly string[];
  /** Lines on which each variable occurs. */
  rows: ReadonlyMap<string, readonly number[]>;
}

/** What a file says by itself. */
export interface FileScope {
  /** Functions and methods of the file with their parameters, without `self`, `cls` and those behind a star. */
  parameters: ReadonlyMap<string, readonly string[]>;
  /** Members of `self` or `this`. */
  ownMembers: ReadonlySet<string>;
}

/** Never meant where a value is: types and constants of the languages, and the receiver of a method. */
const BUILTIN =
  /^(str|int|float|bool|bytes|list|dict|set|tuple|object|type|self|cls|undefined|console|Math|JSON|Object|Array|String|Number|Promise|process|NotImplemented|\w+(Error|Exception|Warning))$/;
/** Longer texts are rarely written twice. */
const LONGEST = 60;

/** The outermost function around a node, or the whole file. */
export function scopeRoot(node: Node): Node {
  let root: Node | undefined;
  let at: Node = node;
  for (let up: Node | null = node; up; up = up.parent) {
    if (isFunction(up)) root = up;
    at = up;
  }
  return root ?? at;
}

export function scopeOf(root: Node, python: boolean): Scope {
  const imports = importsOf(root.tree.rootNode);
  const variables = new Set<string>();
  const assigned = new Set<string>();
  const containers = new Map<string, string>();
  const functions = new Set<string>();
  const members = new Set<string>();
  const callees = new Set<string>();
  const expressions = new Map<string, string>();
  const conditions = new Set<string>();
  const returned = new Set<string>();
  const rows = new Map<string, number[]>();

  const visit = (node: Node): void => {
    const parent = node.parent;
    if (isCall(node)) {
      const callee = field(node, 'function');
      if (callee?.type === 'identifier') callees.add(callee.text);
    } else if (isMember(node)) {
      const name = field(node, 'attribute') ?? field(node, 'property');
      if (name) members.add(name.text);
    } else if (node.type === 'identifier' && parent) {
      const callee = field(parent, 'function')?.id === node.id;
      const named = field(parent, 'name')?.id === node.id && parent.type !== 'variable_declarator';
      const member = isMember(parent) && field(parent, 'object')?.id !== node.id;
      const keyword = parent.type === 'keyword_argument' && field(parent, 'name')?.id === node.id;
      const defined = named && isFunction(parent);
      if (defined) functions.add(node.text);
      const parameter = /^(default_parameter|typed_default_parameter)$/.test(parent.type);
      const variable = !callee && (!named || parameter) && !member && !keyword && !BUILTIN.test(node.text);
      if (variable && !imports.has(node.text) && !/type|import|except/.test(parent.type)) {
        variables.add(node.text);
        rows.set(node.text, [...(rows.get(node.text) ?? []), node.startPosition.row]);
      }
    }
    if ((isCall(node) || isMember(node) || isSubscript(node)) && node.text.length <= LONGEST)
      expressions.set(node.text, node.type);
    if (isCondition(node) && node.text.length <= LONGEST) conditions.add(node.text);
    if (node.type === 'return_statement') {
      const value = parts(node)[0];
      if (value && value.text.length <= LONGEST) returned.add(value.text);
    }
    const target = field(node, node.type === 'variable_declarator' ? 'name' : 'left');
    const value = field(node, node.type === 'variable_declarator' ? 'value' : 'right');
    if (target?.type === 'identifier' && /assignment|variable_declarator/.test(node.type)) {
      assigned.add(target.text);
      const put = value && putsInto(value.text, python);
      if (put) containers.set(target.text, put);
    }
    for (const child of node.namedChildren)
      // What is local to the functions of a file is not seen from outside of them.
      if (root.parent !== null || !isFunction(child)) visit(child);
  };
  visit(root);
  for (const name of callees) {
    functions.add(name);
    if (!assigned.has(name)) variables.delete(name);
  }
  return {
    variables: [...variables],
    ...{ assigned, containers, expressions, rows },
    functions: [...functions],
    members: [...members],
    conditions: [...conditions],
    returned: [...returned],
  };
}

export function fileScopeOf(root: Node): FileScope {
  const parameters = new Map<string, string[]>();
  const ownMembers = new Set<string>();
  for (const node of root.descendantsOfType(FUNCTIONS)) {
    const name = node && field(node, 'name');
    const list = node && field(node, 'parameters');
    if (!name || !list) continue;
    const names = parts(list).flatMap((parameter) => {
      if (/splat|rest|pattern$/.test(parameter.type)) return [];
      const inner = field(parameter, 'name') ?? field(parameter, 'pattern') ?? field(parameter, 'left');
      const named = inner ?? (parameter.type === 'typed_parameter' ? parts(parameter)[0] : parameter);
      return named?.type === 'identifier' ? [named.text] : [];
    });
    if (!parameters.has(name.text))
      parameters.set(
        name.text,
        names.filter((each) => each !== 'self' && each !== 'cls'),
      );
  }
  for (const node of root.descendantsOfType(['attribute', 'member_expression'])) {
    const object = node && field(node, 'object');
    const member = node && (field(node, 'attribute') ?? field(node, 'property'));
    if (object && member && /^(self|this)$/.test(object.text)) ownMembers.add(member.text);
  }
  return { parameters, ownMembers };
}

/**
 * How likely a name is meant at a line, up to 1.5: those used beside it more than those far away, and a variable that
 * is used nowhere most of all.
 */
export function nearness({ rows }: Scope, name: string, row: number): number {
  const used = rows.get(name) ?? [];
  const distance = Math.min(40, ...used.map((each) => Math.abs(each - row)));
  const later = Math.min(...used) > row ? 0.6 : 1;
  const aClass = /^[A-Z]\w*[a-z]/.test(name) ? 0.5 : 1;
  const unused = used.length === 1 ? 1.5 : 1;
  return (1 - distance / 80) * later * aClass * unused;
}

/** Less than 1 for the last use of a variable: it was hardly bound for nothing. */
export const lastUse = ({ rows }: Scope, name: string): number => (rows.get(name)?.length === 2 ? 0.5 : 1);

const IMPORTS = ['import_statement', 'import_from_statement'];

const FUNCTIONS = [
  'function_definition',
  'function_declaration',
  'method_definition',
  'generator_function_declaration',
];

/** What the file imports: modules, functions and classes are rarely meant where a value is. */
function importsOf(root: Node): ReadonlySet<string> {
  const found = root
    .descendantsOfType(IMPORTS)
    .flatMap((node) => node?.descendantsOfType('identifier') ?? []);
  return new Set(found.flatMap((name) => (name ? [name.text] : [])));
}

function isCondition(node: Node): boolean {
  if (/^(comparison_operator|not_operator)$/.test(node.type)) return true;
  if (node.type === 'unary_expression') return node.text.startsWith('!');
  return (
    node.type === 'binary_expression' && /^([<>]=?|[=!]==?|in|instanceof)$/.test(node.child(1)?.text ?? '')
  );
}

function putsInto(initial: string, python: boolean): string | undefined {
  if (/^(set\(|new Set\b)/.test(initial)) return 'add';
  if (/^(\[|list\(|deque\(|new Array\b)/.test(initial)) return python ? 'append' : 'push';
  return undefined;
}
