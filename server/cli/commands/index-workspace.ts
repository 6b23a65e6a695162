import type { IndexProgress, IndexReport } from '../../protocol/graph.ts';
import { refreshHistory } from '../../services/history.ts';
import { indexWorkspace } from '../../services/index-workspace.ts';
import { watchWorkspace, type Followed } from '../../services/watch-workspace.ts';
import { WorkspaceIndex } from '../../services/workspace-index.ts';
import { parse } from '../arguments.ts';
import type { Command, CommandInput } from '../command.ts';
import { openWorkspace } from '../workspace.ts';

export const indexCommand: Command = {
  name: 'index',
  usage:
    'index DIR [--rebuild] [--watch] [--history] [--store ladybug|neo4j://USER@HOST:PORT/DATABASE]  reads the code into the graph and, watching, follows its changes; --history reads git’s log too; the password is WEFT_NEO4J_PASSWORD',
  async run({ args, json, signal, progress }) {
    const options = {
      rebuild: { type: 'boolean' },
      store: { type: 'string' },
      watch: { type: 'boolean' },
      history: { type: 'boolean' },
    } as const;
    const { values, positionals } = parse('index', args, options, 1);
    const root = openWorkspace(positionals[0], { progress });
    const index = new WorkspaceIndex(root, {
      ...{ live: values.watch ?? false, keptAfterMs: KEPT_AFTER_MS },
      store: values.store,
    });
    const report = await indexWorkspace(index, {
      rebuild: values.rebuild ?? false,
      signal,
      onProgress: (p) => progress.live(describeProgress(p)),
      onMessage: (text) => progress.line(text),
    }).finally(() => (values.watch ? undefined : index.store.close()));
    if (values.history) {
      const { commits } = await refreshHistory(root);
      progress.line(`history: ${commits.toLocaleString('en')} commits; see "weft history"`);
    }
    if (!values.watch) return { json: report, text: describeReport(report), exitCode: 0 };
    return watch(index, report, { json, signal });
  },
};

/** Other commands read what is written: soon after a change. */
const KEPT_AFTER_MS = 1000;

/** The report, then a line for each batch of changes that was followed, until the person stops it. */
async function* watch(
  index: WorkspaceIndex,
  report: IndexReport,
  { json, signal }: Pick<CommandInput, 'json' | 'signal'>,
): AsyncGenerator<string> {
  yield json ? JSON.stringify(report) : `${describeReport(report)}\nwatching ${index.root}; Ctrl+C ends it`;
  try {
    for await (const followed of watchWorkspace(index, signal))
      yield json ? JSON.stringify(followed) : describeFollowed(followed);
  } finally {
    await index.close();
    await index.store.close();
  }
}

function describeFollowed({ told, files, symbols, edges, milliseconds }: Followed): string {
  const number = (n: number) => n.toLocaleString('en');
  const changes = `${number(told)} ${told === 1 ? 'change' : 'changes'}`;
  return `${changes} · ${number(files)} files · ${number(symbols)} symbols · ${number(edges)} edges · ${milliseconds.toFixed(0)} ms`;
}

/** One line for a live display. */
export function describeProgress(p: IndexProgress): string {
  const left = p.secondsLeft === null ? '' : ` · ${p.secondsLeft.toFixed(0)} s left`;
  const speed = p.linesPerSecond > 0 ? ` · ${Math.round(p.linesPerSecond).toLocaleString('en')} lines/s` : '';
  return `${p.phase} ${p.files}/${p.totalFiles} files${speed}${left}`;
}

/** The report in a person's words. */
export function describeReport(report: IndexReport): string {
  const edges = Object.entries(report.edges)
    .sort(([, a], [, b]) => b - a)
    .map(([type, n]) => `${type} ${n.toLocaleString('en')}`)
    .join(' · ');
  const lines = [
    `${report.files.toLocaleString('en')} files · ${report.linesOfCode.toLocaleString('en')} lines · ${report.symbols.toLocaleString('en')} symbols · ${report.seconds.total.toFixed(2)} s (${report.parsed.toLocaleString('en')} parsed)`,
    edges,
  ];
  if (report.storeMessage) lines.push(`store: ${report.storeMessage}`);
  for (const { file, reason } of report.skipped.slice(0, 10)) lines.push(`skipped ${file}: ${reason}`);
  if (report.skipped.length > 10) lines.push(`… and ${report.skipped.length - 10} more skipped`);
  return lines.filter(Boolean).join('\n');
}
