import type { FileFacts } from '../../facts.ts';
import { syntaxTable, type SyntaxTable } from '../../syntax/syntax-walk.ts';
import type { Grammar, Tape } from '../../syntax/tape.ts';
import { callVisitors } from './calls.ts';
import { declarationVisitors } from './declarations.ts';
import { expressionVisitors } from './expressions.ts';
import { functionVisitors } from './functions.ts';
import { moduleVisitors } from './modules.ts';
import { statementVisitors } from './statements.ts';
import { typeVisitors } from './types.ts';
import { GoWalk } from './walk.ts';

let made: { grammar: Grammar; table: SyntaxTable<GoWalk> } | undefined;

/** One Go file's facts. */
export function extractGo(file: string, tape: Tape, grammar: Grammar): FileFacts {
  if (made?.grammar !== grammar) {
    const values = {
      ...expressionVisitors,
      ...callVisitors,
      ...statementVisitors,
      ...declarationVisitors,
      ...functionVisitors,
      ...moduleVisitors,
    };
    made = { grammar, table: syntaxTable(grammar, values, typeVisitors) };
  }
  return new GoWalk(file, tape, made.table).run();
}
