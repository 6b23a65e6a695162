import type { FileFacts } from '../../facts.ts';
import { syntaxTable, type SyntaxTable } from '../../syntax/syntax-walk.ts';
import type { Grammar, Tape } from '../../syntax/tape.ts';
import { classVisitors } from './classes.ts';
import { comprehensionVisitors } from './comprehensions.ts';
import { controlVisitors } from './control.ts';
import { expressionVisitors } from './expressions.ts';
import { functionVisitors } from './functions.ts';
import { matchVisitors } from './match.ts';
import { moduleVisitors } from './modules.ts';
import { operatorVisitors } from './operators.ts';
import { statementVisitors } from './statements.ts';
import { PythonWalk } from './walk.ts';

const tables = new WeakMap<Grammar, SyntaxTable<PythonWalk>>();

/** One Python file or stub → facts. */
export function extractPython(file: string, tape: Tape, grammar: Grammar): FileFacts {
  let table = tables.get(grammar);
  if (!table) {
    const values = {
      ...expressionVisitors,
      ...operatorVisitors,
      ...comprehensionVisitors,
      ...statementVisitors,
      ...controlVisitors,
      ...matchVisitors,
      ...functionVisitors,
      ...classVisitors,
      ...moduleVisitors,
    };
    table = syntaxTable(grammar, values, {});
    tables.set(grammar, table);
  }
  return new PythonWalk(file, tape, table).run();
}
