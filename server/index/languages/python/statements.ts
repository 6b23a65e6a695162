import { OP } from '../../facts.ts';
import { annotation, typeIn } from './annotations.ts';
import { addField, addSlots } from './fields.ts';
import { namedLambda } from './functions.ts';
import { listAll } from './modules.ts';
import { narrow } from './narrowing.ts';
import { memberSite, operatorTerm } from './operators.ts';
import { bindTarget } from './targets.ts';
import type { PythonVisitor, PythonWalk } from './walk.ts';

export const statementVisitors: Record<string, PythonVisitor> = {
  expression_statement: (w, n) => {
    const [only = -1] = w.parts(n);
    // A string that stands alone is a comment.
    if (!w.is(only, 'string')) w.visitChildren(n);
    return -1;
  },
  assignment: (w, n) => assignment(w, n, n),
  augmented_assignment: (w, n) => {
    const left = w.field(n, 'left');
    const operator = w.field(n, 'operator');
    const before = w.visit(left);
    const right = w.visit(w.field(n, 'right'));
    const value = operatorTerm(w, w.textOf(operator), [before, right], w.start(operator));
    if (w.is(left, 'identifier') && before >= 0) {
      // `xs += ys` keeps what xs was.
      w.define(
        w.textOf(left),
        w.facts.opOf(before) === OP.array ? w.facts.union([before, right]) : value,
        w.target,
      );
    }
    return value;
  },
  return_statement: (w, n) => {
    const [value = -1] = w.parts(n);
    if (value >= 0) w.facts.addReturn(receiverOf(w, w.visit(value)));
    w.frame.flow.left = true;
    return -1;
  },
  raise_statement: (w, n) => {
    const cause = w.field(n, 'cause');
    for (const c of w.parts(n)) {
      const term = w.visit(c);
      // `raise E` makes an E.
      if (c !== cause && !w.is(c, 'call') && term >= 0)
        w.facts.addSite(term, 'call', nameEnd(w, c), w.facts.call(term));
    }
    w.frame.flow.left = true;
    return -1;
  },
  break_statement: (w) => {
    w.frame.leaveLoop();
    return -1;
  },
  continue_statement: (w) => {
    w.frame.leaveLoop();
    return -1;
  },
  assert_statement: (w, n) => {
    const [condition = -1] = w.parts(n);
    w.visitChildren(n);
    narrow(w, condition, true);
    return -1;
  },
  delete_statement: (w, n) => {
    for (const c of w.parts(n).flatMap((p) => (w.is(p, 'expression_list') ? w.parts(p) : [p]))) {
      if (w.is(c, 'subscript')) {
        memberSite(w, w.visit(w.field(c, 'value')), '__delitem__', w.start(c));
        for (const key of w.fieldsOf(c, 'subscript')) w.visit(key);
      } else if (!w.is(c, 'identifier')) w.visit(c);
    }
    return -1;
  },
  global_statement: (w, n) => {
    for (const c of w.children(n)) w.target.globals.add(w.textOf(c));
    return -1;
  },
  nonlocal_statement: (w, n) => {
    for (const c of w.children(n)) w.target.nonlocals.add(w.textOf(c));
    return -1;
  },
  type_alias_statement: (w, n) => {
    const left = w.firstChild(w.field(n, 'left'));
    const nameNode = w.is(left, 'identifier') ? left : w.firstChild(left);
    aliasDeclaration(w, n, nameNode, annotation(w, w.field(n, 'right')));
    return -1;
  },
  print_statement: (w, n) => {
    w.visitChildren(n);
    return -1;
  },
};

/** Where the last name of `a.b.C` stands. */
function nameEnd(w: PythonWalk, n: number): number {
  return w.start(w.is(n, 'attribute') ? w.field(n, 'attribute') : n);
}

/** What a method returns of its own receiver is the very receiver: `return self`, `return cls(…)`. */
function receiverOf(w: PythonWalk, term: number): number {
  switch (w.facts.opOf(term)) {
    case OP.this:
      return w.facts.term(OP.self);
    case OP.class:
      return w.classOf(w.facts.term(OP.self));
    case OP.call:
      return w.facts.opOf(w.facts.operand(term, 'a')) === OP.class ? w.facts.term(OP.self) : term;
    case OP.union:
      return w.facts.union(w.facts.listItems(w.facts.operand(term, 'a')).map((item) => receiverOf(w, item)));
    default:
      return term;
  }
}

function assignment(w: PythonWalk, n: number, statement: number): number {
  const left = w.field(n, 'left');
  const right = w.field(n, 'right');
  const typeNode = w.field(n, 'type');
  if (w.is(left, 'identifier')) {
    const special = declaration(w, n, left, right, typeNode);
    if (special !== undefined) return special;
  }
  const type = annotation(w, typeNode);
  if (w.is(right, 'lambda') && typeNode < 0 && isNamed(w, left)) return bindLambda(w, left, right, statement);
  let value: number;
  if (w.is(right, 'assignment')) value = assignment(w, right, statement);
  else value = w.visitExpecting(right, type);
  if (right < 0 && w.is(left, 'identifier') && w.target.kind === 'function') {
    // `x: T` says what x will be.
    if (type >= 0) w.define(w.textOf(left), w.facts.term(OP.cast, type, -1), w.target);
    return -1;
  }
  if (w.isNameOf(left, '__slots__') && w.frame.kind === 'class') addSlots(w, w.facts.class, right);
  if (w.isNameOf(left, '__all__') && w.frame.kind === 'module') listAll(w, right);
  bindTarget(w, left, value, { statement, type });
  return value;
}

/** `T = TypeVar('T')`, `Alias: TypeAlias = …`, `x = property(get)`; undefined for other assignments. */
function declaration(
  w: PythonWalk,
  n: number,
  left: number,
  right: number,
  typeNode: number,
): number | undefined {
  if (typeNode >= 0 && /\bTypeAlias\b/.test(w.textOf(typeNode))) {
    aliasDeclaration(w, n, left, annotation(w, right));
    return -1;
  }
  if (!w.is(right, 'call')) return undefined;
  const callee = w.lastName(w.field(right, 'function'));
  const args = w.parts(w.field(right, 'arguments'));
  if (callee === 'TypeVar' && w.stringOf(args[0] ?? -1) === w.textOf(left)) {
    const limit = args.find((a) => w.is(a, 'keyword_argument') && w.textOf(w.field(a, 'name')) === 'bound');
    const type = limit === undefined ? -1 : annotation(w, w.field(limit, 'value'));
    const choices = args.slice(1).filter((a) => !w.is(a, 'keyword_argument'));
    const bound =
      choices.length > 0
        ? w.facts.union(
            choices.map((a) => typeIn(w, w.textOf(a))),
            OP.unionType,
          )
        : type;
    w.typeVariables.set(w.textOf(left), bound);
    // Elsewhere, where nobody knows that it is one, it stands for what it is bound to.
    aliasDeclaration(w, n, left, bound);
    return -1;
  }
  if (callee !== 'property' || w.frame.kind !== 'class') return undefined;
  const getter =
    w.visit(right) >= 0 ? w.read(w.textOf(w.is(args[0] ?? -1, 'identifier') ? args[0]! : left)) : -1;
  const value = w.facts.opOf(getter) === OP.symbol ? w.facts.call(getter) : -1;
  addField(w, w.facts.class, left, value, { statement: n, type: -1, flags: 0 });
  w.define(w.textOf(left), value);
  return value;
}

function aliasDeclaration(w: PythonWalk, n: number, nameNode: number, type: number): void {
  const name = w.textOf(nameNode);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'TypeAlias', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode), type },
    signature: w.signature(w.start(n), w.end(n)),
  });
  w.define(name, w.facts.symbolTerm(symbol));
}

function isNamed(w: PythonWalk, left: number): boolean {
  if (w.is(left, 'identifier')) return true;
  if (!w.is(left, 'attribute')) return false;
  const object = w.field(left, 'object');
  const owner = w.is(object, 'identifier') ? w.ownClass(w.read(w.textOf(object))) : -1;
  return owner >= 0 && w.memberOf(owner, w.textOf(w.field(left, 'attribute'))) < 0;
}

function bindLambda(w: PythonWalk, left: number, right: number, statement: number): number {
  if (w.is(left, 'identifier')) {
    const term = namedLambda(w, right, left, statement);
    w.define(w.textOf(left), term, w.target);
    return term;
  }
  const owner = w.ownClass(w.read(w.textOf(w.field(left, 'object'))));
  return namedLambda(w, right, w.field(left, 'attribute'), statement, owner);
}
