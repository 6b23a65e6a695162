import { field, isBinary, operatorOf, replace } from '../source.ts';
import { weighted, type Template } from './template.ts';

/**
 * What an operator may be taken for, the likelier first: a bound that is off, a sign, a negation. Those far behind
 * change the meaning of a condition altogether, and repair more often by accident.
 */
const TAKEN_FOR: Record<string, string> = {
  '<': '<= > >= != ==',
  '<=': '< >= > == !=',
  '>': '>= < <= != ==',
  '>=': '> <= < == !=',
  '==': '!= <= >= < >',
  '!=': '== < > <= >=',
  '===': '!== <= >= < >',
  '!==': '=== < > <= >=',
  is: 'is_not ==',
  'is not': 'is !=',
  in: 'not_in ==',
  'not in': 'in !=',
  and: 'or',
  or: 'and',
  '&&': '|| ??',
  '||': '&& ??',
  '??': '|| &&',
  '+': '- * / // %',
  '-': '+ * / // %',
  '*': '/ ** + - //',
  '/': '// * % - +',
  '//': '/ % * - +',
  '%': '// / * - +',
  '**': '* / + -',
  '&': '| ^ <<',
  '|': '& ^ <<',
  '^': '& | **',
  '<<': '>> & |',
  '>>': '<< & |',
  '+=': '-= *= /=',
  '-=': '+= *= /=',
  '*=': '/= += -=',
  '/=': '//= *= -=',
  '//=': '/= *= %=',
  '%=': '//= /= -=',
  '&=': '|= ^=',
  '|=': '&= ^=',
  '^=': '&= |=',
  '<<=': '>>=',
  '>>=': '<<=',
  '++': '--',
  '--': '++',
};
/** Of each that follows, against the one before. */
const LESS = 0.8;

export const operators: Template = {
  name: 'operator',
  prior: 0.9,
  *propose({ node, source }) {
    if (!isBinary(node) && !/augmented_assignment|update_expression/.test(node.type)) return;
    const operator = operatorOf(node);
    if (!operator) return;
    for (const [i, other] of alternatives(operator.text, source.python).entries())
      yield weighted(LESS ** i, [replace(operator, other)]);
  },
};

/** `a = b` → `a += b`, and the other way round. */
export const assignments: Template = {
  name: 'assignment',
  prior: 0.35,
  *propose({ node, source }) {
    const plain = /^(assignment|assignment_expression)$/.test(node.type);
    const left = field(node, 'left');
    const right = field(node, 'right');
    if (!left || !right || (!plain && !/^augmented_assignment/.test(node.type))) return;
    const between = { start: left.endIndex, end: right.startIndex };
    if (!plain) yield [{ ...between, text: ' = ' }];
    else if (!field(node, 'type'))
      for (const operator of source.python ? ['+=', '-=', '|='] : ['+=', '-=', '||=', '??='])
        yield [{ ...between, text: ` ${operator} ` }];
  },
};

/** Both the operator and a number beside it: `len(a) == 0` → `len(a) <= 1`. */
export const bounds: Template = {
  name: 'bound',
  prior: 0.35,
  *propose({ node, source }) {
    const operator = operatorOf(node);
    const right = field(node, 'right') ?? node.lastNamedChild ?? undefined;
    if (!operator || !isBinary(node) || !right || !/^(integer|number)$/.test(right.type)) return;
    if (!/^[<>=!]=?=?$/.test(operator.text) || !/^\d{1,9}$/.test(right.text)) return;
    for (const other of alternatives(operator.text, source.python))
      for (const step of [1, -1])
        yield [replace(operator, other), replace(right, String(Number(right.text) + step))];
  },
};

function alternatives(operator: string, python: boolean): string[] {
  const others = TAKEN_FOR[operator.replace(/\s+/g, ' ')]?.split(' ') ?? [];
  const foreign = python ? /^([=!]==|&&|\|\||\?\?|\+\+|--)$/ : /^(\/\/=?|is|in|not)$/;
  // In JavaScript the strict ones are meant, unless the code has the others.
  const strict = !python && !/^[=!]=$/.test(operator);
  return others
    .filter((other) => !foreign.test(other.replace(/_.*/, '')))
    .map((other) => (strict && /^[=!]=$/.test(other) ? `${other}=` : other.replace('_', ' ')));
}
