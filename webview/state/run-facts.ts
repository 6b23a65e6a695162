import type { FileChange, Hunk } from '../../server/protocol/changes.ts';
import type { Evidence } from '../../server/protocol/evidence.ts';
import type { PlanStep, RunState } from '../../server/protocol/run.ts';
import { cost, countOf, duration } from './wording.ts';

export type Decision = Hunk['decision'] | 'mixed';

export function decisionOf(change: FileChange): Decision {
  const first = change.hunks[0]?.decision ?? 'pending';
  return change.hunks.every((hunk) => hunk.decision === first) ? first : 'mixed';
}

export function linesOf(hunks: readonly Hunk[]): { added: number; removed: number } {
  return {
    added: sumOf(hunks.map((hunk) => hunk.newLines.length)),
    removed: sumOf(hunks.map((hunk) => hunk.oldLines.length)),
  };
}

export function isPending(change: FileChange): boolean {
  return change.hunks.some((hunk) => hunk.decision === 'pending');
}

/** Files that still wait for a yes or a no. */
export function pendingFiles(run: RunState | undefined): number {
  return run?.changes.filter(isPending).length ?? 0;
}

/** Whether a hunk is in the user's file. Undone, it is pending again although its file was written once. */
export function isWritten(run: RunState, { file }: FileChange, { decision }: Hunk): boolean {
  return decision === 'accepted' && run.written.includes(file);
}

/** What of the proposal is on disk: the words that stand beside "Changes". */
export function writtenWords(run: RunState): string {
  const { changes } = run;
  const inFile = changes.map((change) => change.hunks.filter((hunk) => isWritten(run, change, hunk)).length);
  const written = sumOf(inFile);
  const hunks = sumOf(changes.map((change) => change.hunks.length));
  if (written === 0)
    return changes.every((change) => decisionOf(change) === 'rejected')
      ? 'rejected, nothing written'
      : 'nothing written yet';
  if (written === hunks) return 'written';
  const whole = changes.every(({ hunks: own }, at) => inFile[at] === 0 || inFile[at] === own.length);
  return whole
    ? `${inFile.filter((n) => n > 0).length} of ${countOf(changes.length, 'file')} written`
    : `${written} of ${countOf(hunks, 'hunk')} written`;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}

/** The evidence that counts now: of the user's tree if the tests ran there, else of the shadow. */
export function decidingEvidence(run: RunState): Evidence | undefined {
  return evidenceOfWritten(run) ?? evidenceIn(run, 'candidate');
}

/** Of the user's tree with what was written; it says nothing of a tree in which all of that is undone. */
function evidenceOfWritten(run: RunState): Evidence | undefined {
  const isIn = run.changes.some((change) => change.hunks.some((hunk) => isWritten(run, change, hunk)));
  return isIn ? evidenceIn(run, 'after') : undefined;
}

export function evidenceIn(run: RunState, phase: Evidence['phase']): Evidence | undefined {
  return run.evidence.find((evidence) => evidence.phase === phase);
}

/** A test that did not run is not a pass. */
export function isProof(evidence: Evidence): boolean {
  return (
    evidence.failed === 0 &&
    evidence.didNotRun === 0 &&
    evidence.passed > 0 &&
    evidence.changedFilesRan !== false
  );
}

export function runningStep(run: RunState): PlanStep | undefined {
  return run.status === 'running' ? run.steps.find((step) => step.status === 'running') : undefined;
}

/** `now` in milliseconds since the epoch; counts only while the run goes on. */
export function secondsOf(run: RunState, now: number): number {
  if (run.report) return run.report.seconds;
  if (run.status === 'running') return Math.max(0, (now - run.startedAt) / 1000);
  return run.steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0);
}

/** "3 of 4 · 11 s · no cost". */
export function planWords(run: RunState, now: number): string {
  const ended = run.steps.filter((step) => step.status === 'done' || step.status === 'skipped').length;
  const steps = run.steps.length > 0 ? [`${ended} of ${run.steps.length}`] : [];
  const spent = run.report ? [cost(run.report.cost)] : [];
  return [...steps, duration(secondsOf(run, now)), ...spent].join(' · ');
}

/** Why a run ended without an outcome, in one line; undefined where it is not known. */
export function reasonOf(run: RunState): string | undefined {
  const said = fatalMessage(run)?.text ?? run.report?.report.split('\n', 1)[0]?.trim();
  return said ? said[0]?.toUpperCase() + said.slice(1) : undefined;
}

/** The message that ended a run; its outcome says it, so the plan need not say it again. */
export function fatalMessage(run: RunState): RunState['messages'][number] | undefined {
  return run.status === 'error' ? run.messages.findLast((message) => message.level === 'error') : undefined;
}

/** What came of a run, in one line. */
export function outcomeWords(run: RunState): string {
  const before = run.report?.failingBefore.length ?? 0;
  const after = run.report?.failingAfter.length ?? 0;
  switch (run.status) {
    case 'running':
      return runningStep(run)?.title ?? 'Starting';
    case 'interrupted':
      return run.written.length > 0 ? 'Interrupted after writing' : 'Interrupted, nothing was written';
    case 'fixed': {
      const now = evidenceOfWritten(run);
      if (now && now.failed > 0)
        return `Written in part: ${countOf(now.failed, 'test')} still ${now.failed === 1 ? 'fails' : 'fail'}`;
      return `${now && isProof(now) ? 'Fixed' : 'Fix found'}: ${
        before === 1 ? 'the failing test passes' : `${countOf(before, 'failing test')} pass`
      }`;
    }
    case 'partial':
      return `Partly fixed: ${before - after} of ${countOf(before, 'failing test')} ${before - after === 1 ? 'passes' : 'pass'}`;
    case 'unfixed':
      return after > 0
        ? `No fix found: ${countOf(after, 'test')} still ${after === 1 ? 'fails' : 'fail'}`
        : 'No fix found';
    case 'error':
      return reasonOf(run) ?? 'The run failed';
  }
}
