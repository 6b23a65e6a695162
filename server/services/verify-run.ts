import { evidenceOf } from '../loops/fix.ts';
import type { Evidence } from '../protocol/evidence.ts';
import type { RunEvent } from '../protocol/run.ts';
import { UserError } from '../protocol/user-error.ts';
import { recogniseCommand } from '../run/commands/recognise.ts';
import { runTests } from '../run/run-tests.ts';
import type { RunLog } from '../session/run-log.ts';

export interface VerifyRun {
  root: string;
  runId: string;
  runs: RunLog;
  trusted: boolean;
  signal?: AbortSignal;
  onEvent: (event: RunEvent, runId: string) => void;
}

/** Longest that the tests may take once something was written. */
const TIMEOUT_MS = 300_000;

/** Runs a run's tests on the user's own files, after hunks were written. */
export async function verifyRun({
  root,
  runId,
  runs,
  trusted,
  signal,
  onEvent,
}: VerifyRun): Promise<Evidence> {
  if (!trusted)
    throw new UserError('badInput', 'Restricted Mode: tests are not run; trust this workspace first');
  const run = runs.get(runId);
  if (!run) throw new UserError('badInput', `no run "${runId}" in this workspace`);
  const command = recogniseCommand(run.command, root);
  const outcome = await runTests(command, { root, timeoutMs: TIMEOUT_MS, ...(signal ? { signal } : {}) });
  if (signal?.aborted) throw new UserError('cancelled', 'the tests were stopped');
  const evidence = evidenceOf('after', outcome, undefined, null);
  const event: RunEvent = { type: 'evidence', evidence };
  runs.append(runId, event);
  onEvent(event, runId);
  return evidence;
}
