import type { IndexProgress, IndexReport } from '../../protocol/graph.ts';
import { UserError } from '../../protocol/user-error.ts';
import { indexWorkspace } from '../../services/index-workspace.ts';
import { parse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { openWorkspace } from '../workspace.ts';

export const indexCommand: Command = {
  name: 'index',
  usage: 'index DIR [--rebuild]  reads the code into the graph',
  async run({ args, signal, progress }) {
    const options = {
      rebuild: { type: 'boolean' },
      store: { type: 'string' },
      watch: { type: 'boolean' },
    } as const;
    const { values, positionals } = parse('index', args, options, 1);
    if (values.watch)
      throw new UserError('badInput', 'weft index --watch: not yet available in this version');
    if (values.store !== undefined && values.store !== 'ladybug')
      throw new UserError('badInput', `weft index --store ${values.store}: only "ladybug" is available yet`);
    const report = await indexWorkspace(openWorkspace(positionals[0], { progress }), {
      rebuild: values.rebuild ?? false,
      signal,
      onProgress: (p) => progress.live(describeProgress(p)),
      onMessage: (text) => progress.line(text),
    });
    return { json: report, text: describeReport(report), exitCode: 0 };
  },
};

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
