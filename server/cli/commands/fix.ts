import type { FixReport, RunEvent } from '../../protocol/run.ts';
import { UserError } from '../../protocol/user-error.ts';
import { applyRun } from '../../services/apply-run.ts';
import { startFix } from '../../services/start-fix.ts';
import { parse, numberOption } from '../arguments.ts';
import type { Command, CommandInput, CommandOutput } from '../command.ts';
import { paint, paintDiff } from '../progress.ts';
import { openWorkspace } from '../workspace.ts';
import { RunView } from '../run-view.ts';

export const fixCommand: Command = {
  name: 'fix',
  usage: 'fix DIR [--test "CMD"] [--apply] [--timeout S]  makes a failing test pass, proven in a copy',
  async run(input) {
    const options = {
      test: { type: 'string' },
      apply: { type: 'boolean' },
      'no-model': { type: 'boolean' },
      timeout: { type: 'string' },
      'budget-usd': { type: 'string' },
    } as const;
    const { values, positionals } = parse('fix', input.args, options, 1);
    numberOption('budget-usd', values['budget-usd'], 0, 1e6);
    return runFix(input, {
      root: openWorkspace(positionals[0], input),
      test: values.test,
      apply: values.apply ?? false,
      timeoutSeconds: numberOption('timeout', values.timeout, 1, 86_400),
    });
  },
};

export interface FixRequest {
  root: string;
  test?: string | undefined;
  apply: boolean;
  timeoutSeconds?: number | undefined;
}

/** Runs a fix with its plan ticking on stderr. `error` exits 2, `partial` and `unfixed` 1. */
export async function runFix(input: CommandInput, request: FixRequest): Promise<CommandOutput> {
  const view = new RunView(input.progress);
  let report = await orFailedReport((onEvent) =>
    startFix({
      root: request.root,
      testCommand: request.test,
      timeoutSeconds: request.timeoutSeconds,
      trusted: true,
      signal: input.signal,
      onEvent: (event) => {
        onEvent(event);
        view.show(event);
      },
    }),
  );
  if (request.apply && report.patch) {
    applyRun({ root: request.root, runId: report.runId });
    report = { ...report, applied: true };
  }
  const exitCode = report.status === 'fixed' ? 0 : report.status === 'error' ? 2 : 1;
  return { json: report, text: describeFix(report), exitCode };
}

/** The JSON of a fix that ended with an error has the fields of every other too. */
async function orFailedReport(
  run: (onEvent: (event: RunEvent) => void) => Promise<FixReport>,
): Promise<FixReport> {
  let report: FixReport | undefined;
  try {
    return await run((event) => {
      if (event.type === 'finished') ({ report } = event);
    });
  } catch (error) {
    if (!UserError.is(error)) throw error;
    const status = error.reason === 'badInput' ? 'error' : 'unfixed';
    throw new UserError(error.reason, error.message, { ...report, status, ...error.details });
  }
}

function describeFix(report: FixReport): string {
  const lines: string[] = [];
  if (report.patch) lines.push('', paintDiff(report.patch.trimEnd()));
  const verdict = {
    fixed: paint('green', 'fixed', process.stdout),
    partial: paint('yellow', 'partly fixed', process.stdout),
    unfixed: paint('red', 'not fixed', process.stdout),
    error: paint('red', 'error', process.stdout),
  }[report.status];
  lines.push(
    '',
    `${verdict} · ${report.testsRun} tests · failing before ${report.failingBefore.length}, after ${report.failingAfter.length} · ${report.candidatesTried} candidates · ${report.seconds.toFixed(1)} s`,
    ...report.failingBefore.map((id) =>
      report.failingAfter.includes(id)
        ? `  ${paint('red', '✗', process.stdout)} ${id}`
        : `  ${paint('green', '✓', process.stdout)} ${id}`,
    ),
  );
  if (report.alternatives.length > 0)
    lines.push(`${report.alternatives.length} other patches also pass; --json lists them`);
  if (report.patch)
    lines.push(
      report.applied
        ? 'written to your files; "weft undo" takes it back'
        : 'nothing written yet; add --apply to write it',
    );
  return lines.join('\n');
}
