import type { FileFacts } from '../../facts.ts';
import { syntaxTable, type SyntaxTable } from '../../syntax/syntax-walk.ts';
import type { Grammar, Tape } from '../../syntax/tape.ts';
import { expressionVisitors } from './expressions.ts';
import { addFunctionBody } from './functions.ts';
import { moduleVisitors } from './modules.ts';
import { statementVisitors } from './statements.ts';
import { typeVisitors } from './types.ts';
import { EcmascriptWalk } from './walk.ts';

const tables = new WeakMap<Grammar, SyntaxTable<EcmascriptWalk>>();

/** TypeScript and JavaScript, with and without JSX: one extractor, as the grammars share their names. */
export function extractEcmascript(language: 'typescript' | 'javascript') {
  return (file: string, tape: Tape, grammar: Grammar): FileFacts => {
    let table = tables.get(grammar);
    if (!table) {
      const values = { ...expressionVisitors, ...statementVisitors, ...moduleVisitors };
      table = syntaxTable(grammar, values, typeVisitors);
      tables.set(grammar, table);
    }
    return new EcmascriptWalk(file, tape, language, table, addFunctionBody).run();
  };
}
