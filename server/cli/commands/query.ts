import type { QueryAnswer } from '../../protocol/graph.ts';
import { describeSchema } from '../../graph/describe-schema.ts';
import { QUERY_TASKS, queryExamples } from '../../graph/query-examples.ts';
import { UserError } from '../../protocol/user-error.ts';
import { answerNamed, runQuery } from '../../services/query.ts';
import { numberOption, parse } from '../arguments.ts';
import type { Command, CommandOutput } from '../command.ts';
import { graphOf } from '../graph-command.ts';
import { openWorkspace } from '../workspace.ts';
import { describeProgress } from './index-workspace.ts';
import { alignRows } from '../table.ts';

const WIDEST_CELL = 240;

export const queryCommand: Command = {
  name: 'query',
  usage:
    'query DIR "CYPHER" | --name cycles|orphans|hubs|dead-exports | --schema  asks the graph; it can only read (--limit N, --timeout S, --param k=v, --code TOKENS)',
  async run({ args, signal, progress, ...rest }) {
    const options = {
      limit: { type: 'string' },
      timeout: { type: 'string' },
      param: { type: 'string', multiple: true },
      name: { type: 'string' },
      code: { type: 'string' },
      schema: { type: 'boolean', default: false },
      task: { type: 'string' },
    } as const;
    const { values, positionals } = parse('query', args, options, 2);
    if (values.schema) return schema(values.task);
    const cypher = positionals[1];
    if (values.name !== undefined) {
      if (cypher !== undefined)
        throw new UserError('badInput', 'weft query: give a Cypher query or --name, not both');
      const answer = answerNamed(
        await graphOf(positionals[0], { args, signal, progress, ...rest }),
        values.name,
        numberOption('limit', values.limit, 1, 100_000),
      );
      return { json: answer, text: describeAnswer(answer), exitCode: 0 };
    }
    if (cypher === undefined)
      throw new UserError('badInput', 'weft query: give a directory and a Cypher query in quotes');
    const seconds = numberOption('timeout', values.timeout, 0.1, 3600);
    const answer = await runQuery(openWorkspace(positionals[0], { progress }), cypher, {
      rowLimit: numberOption('limit', values.limit, 1, 100_000),
      deadlineMs: seconds === undefined ? undefined : seconds * 1000,
      parameters: Object.fromEntries((values.param ?? []).map(parameter)),
      codeTokens: numberOption('code', values.code, 1, 1_000_000),
      signal,
      onProgress: (p) => progress.live(describeProgress(p)),
      onMessage: (text) => progress.line(text),
    });
    return { json: answer, text: describeAnswer(answer), exitCode: 0 };
  },
};

/** What can be asked, with examples: it needs no workspace. */
function schema(task: string | undefined): CommandOutput {
  const known = QUERY_TASKS.find((own) => own === task);
  if (task !== undefined && !known)
    throw new UserError('badInput', `weft query --task ${task}: give one of ${QUERY_TASKS.join(', ')}`);
  const text = describeSchema(known);
  const examples = queryExamples.filter((one) => known === undefined || one.task === known);
  return { json: { schema: text, examples }, text, exitCode: 0 };
}

/** `k=v`; a value that is a number or a truth value is one. */
function parameter(given: string): [string, string | number | boolean] {
  const [, name, text] = /^(\w+)=(.*)$/s.exec(given) ?? [];
  if (name === undefined || text === undefined)
    throw new UserError('badInput', `weft query --param ${given}: write it as name=value`);
  if (text === 'true' || text === 'false') return [name, text === 'true'];
  return [name, /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text];
}

function describeAnswer(answer: QueryAnswer): string {
  const { columns, rows, truncated, stale, copySeconds, seconds, code, hint } = answer;
  const cells = [columns, ...rows.map((row) => row.map(show))];
  const lines = alignRows(cells);
  lines.push(
    `${rows.length}${truncated ? '+' : ''} ${rows.length === 1 ? 'row' : 'rows'} · ${seconds.toFixed(2)} s`,
  );
  if (truncated) lines.push('there are more rows; give --limit N or narrow the query');
  if (stale) lines.push(describeAge(copySeconds));
  if (hint) lines.push(hint);
  for (const { file, startLine, code: text } of code ?? []) lines.push('', `${file}:${startLine}`, text);
  return lines.join('\n');
}

function describeAge(copySeconds: number | undefined): string {
  const age = copySeconds === undefined ? '' : ` of ${copySeconds.toFixed(0)} s ago`;
  return `from an older index${age}: the newest is not in the store yet; it is written soon, or when another Weft process that keeps it is idle`;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > WIDEST_CELL ? `${line.slice(0, WIDEST_CELL - 1)}…` : line;
}
