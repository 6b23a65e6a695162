import type { FileFacts } from '../../facts.ts';
import { syntaxTable, type SyntaxTable } from '../../syntax/syntax-walk.ts';
import type { Grammar, Tape } from '../../syntax/tape.ts';
import { callVisitors } from './calls.ts';
import { expressionVisitors } from './expressions.ts';
import { functionVisitors } from './functions.ts';
import { itemVisitors } from './items.ts';
import { macroVisitors } from './macros.ts';
import { statementVisitors } from './statements.ts';
import { typeVisitors } from './types.ts';
import { RustWalk } from './walk.ts';

let made: { grammar: Grammar; table: SyntaxTable<RustWalk> } | undefined;

/** One Rust file's facts. */
export function extractRust(file: string, tape: Tape, grammar: Grammar): FileFacts {
  if (made?.grammar !== grammar) {
    const values = {
      ...expressionVisitors,
      ...callVisitors,
      ...statementVisitors,
      ...functionVisitors,
      ...macroVisitors,
      ...itemVisitors,
    };
    made = { grammar, table: syntaxTable(grammar, values, typeVisitors) };
  }
  return new RustWalk(file, tape, made.table).run();
}
