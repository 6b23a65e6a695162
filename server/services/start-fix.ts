import { randomUUID } from 'node:crypto';
import type { FixReport, RunEvent } from '../protocol/run.ts';
import { UserError } from '../protocol/user-error.ts';
import { fix, type FixOutcome } from '../loops/fix.ts';
import { openSession } from '../run/candidates/open-session.ts';
import { detectTestCommands } from '../run/commands/detect.ts';
import { recogniseCommand } from '../run/commands/recognise.ts';
import type { RunOutcome, TestCommand } from '../run/types.ts';
import { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { checkDirectory } from '../workspace/discover.ts';
import { whyCopiesAlone } from '../workspace/shadow.ts';
import { describeFix } from './describe-fix.ts';
import { recordCoverage } from './record-coverage.ts';

export interface StartFix {
  root: string;
  /** Absent: detected from the project's files. */
  testCommand?: string | undefined;
  /** Relative path and 0-based line of the test to fix; absent: all failing tests. */
  at?: { file: string; line: number } | undefined;
  title?: string | undefined;
  timeoutSeconds?: number | undefined;
  /** In an untrusted workspace nothing is executed. */
  trusted: boolean;
  runs?: RunLog;
  signal?: AbortSignal;
  onEvent: (event: RunEvent, runId: string) => void;
}

const DEFAULT_TIMEOUT_SECONDS = 300;

/** Repairs a workspace's failing tests in copies of it; every event is in the run's log before it is shown. */
export async function startFix(request: StartFix): Promise<FixReport> {
  if (!request.trusted)
    throw new UserError('badInput', 'Restricted Mode: tests are not run; trust this workspace first');
  checkDirectory(request.root);
  const command = await chooseCommand(request.root, request.testCommand);
  const runs = request.runs ?? new RunLog(workspaceStateFolder(request.root));
  const runId = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`;
  const emit = (event: RunEvent) => {
    runs.append(runId, event);
    request.onEvent(event, runId);
  };
  const started = performance.now();
  const title = request.title ?? 'Fix the failing tests';
  emit({ type: 'started', runId, title, command: command.command, at: Date.now() });
  const finish = (outcome: FixOutcome, said: string) => {
    const seconds = (performance.now() - started) / 1000;
    const { changes: _changes, evidence: _evidence, templates: _templates, ...rest } = outcome;
    const cost = { usd: null, tokensIn: 0, tokensOut: 0 };
    const report: FixReport = { ...rest, seconds, cost, runId, applied: false, report: said };
    emit({ type: 'finished', report });
    return report;
  };
  const runStarted = Date.now();
  const keepCoverage = (baseline: RunOutcome) => {
    try {
      recordCoverage(request.root, baseline, runStarted);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      emit({ type: 'message', level: 'warning', text: `what the tests executed was not kept: ${why}` });
    }
  };
  const session = openSession(request.root, command);
  try {
    const { at } = request;
    const copiesAlone = await whyCopiesAlone();
    if (copiesAlone !== undefined && process.platform === 'linux')
      emit({
        ...{ type: 'message', level: 'info' },
        text: `your project is copied whole for its tests (${copiesAlone}); "weft doctor" says what to do`,
      });
    const outcome = await fix({
      ...{ root: request.root, command, session, emit },
      timeoutSeconds: request.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      ...(request.signal ? { signal: request.signal } : {}),
      ...(at ? { wanted: at } : {}),
      onBaseline: keepCoverage,
    });
    return finish(outcome, describeFix(outcome, command));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    finish(NOTHING, message);
    throw error;
  } finally {
    await session.dispose();
  }
}

const NOTHING: FixOutcome = {
  status: 'error',
  ...{ patch: '', changes: [], alternatives: [], templates: [], localisation: [], evidence: [] },
  ...{ candidatesTried: 0, testsRun: 0, failingBefore: [], failingAfter: [] },
};

async function chooseCommand(root: string, given: string | undefined): Promise<TestCommand> {
  if (given !== undefined) return recogniseCommand(given, root);
  const [best] = await detectTestCommands(root);
  if (best) return best;
  throw new UserError('badInput', `${root}: no test command found; give one, such as --test "pytest -q"`);
}
