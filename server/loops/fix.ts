import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { FileChange } from '../protocol/changes.ts';
import type { Evidence, TestResult } from '../protocol/evidence.ts';
import type { FixReport, PlanStep, RunEvent, Suspect } from '../protocol/run.ts';
import { UserError } from '../protocol/user-error.ts';
import { judge } from '../repair/judge.ts';
import { hasFailed, localise } from '../repair/localise.ts';
import { testsAt } from '../repair/tests-at.ts';
import { search, type Patch, type SearchResult } from '../repair/search.ts';
import { productionFiles } from '../repair/test-files.ts';
import type { CandidateSession, RunOutcome, TestCommand } from '../run/types.ts';
import { diffToHunks, unifiedPatch } from '../workspace/diff.ts';
import { contentHash, decodeText, encodeText } from '../workspace/text.ts';

export interface FixInput {
  root: string;
  command: TestCommand;
  session: CandidateSession;
  /** Bounds the whole run. */
  timeoutSeconds: number;
  /** Relative path and 0-based line of the tests to fix; all failing tests by default. The others may go on failing. */
  wanted?: { file: string; line: number };
  signal?: AbortSignal;
  emit: (event: RunEvent) => void;
  /** Takes what the tests did on the workspace as it is. */
  onBaseline?: (baseline: RunOutcome) => void;
}

export type FixOutcome = Pick<
  FixReport,
  | 'status'
  | 'patch'
  | 'testsRun'
  | 'failingBefore'
  | 'failingAfter'
  | 'candidatesTried'
  | 'localisation'
  | 'alternatives'
> & { changes: FileChange[]; evidence: Evidence[]; templates: readonly string[] };

const STEPS: PlanStep[] = [
  {
    id: 'tests',
    title: 'Run the tests',
    status: 'pending',
    why: 'What fails now is what a fix is judged by.',
  },
  {
    id: 'locate',
    title: 'Locate the fault',
    status: 'pending',
    why: 'Lines that failing tests execute and passing tests do not are the most suspicious (Ochiai).',
  },
  {
    id: 'repair',
    title: 'Try repairs',
    status: 'pending',
    why: 'Small changes of suspicious lines, each run in a copy: first the failing tests, then those it may break.',
  },
  {
    id: 'prove',
    title: 'Prove the patch',
    status: 'pending',
    why: 'All tests once more in a fresh process, which must execute the changed lines of the copy.',
  },
];
const SUSPECTS_SHOWN = 20;

/** Repair without a model: tests, localisation, search, proof. Nothing of the user's is written. */
export async function fix(input: FixInput): Promise<FixOutcome> {
  const started = performance.now();
  const deadline = started + input.timeoutSeconds * 1000;
  const step = stepper(input.emit);
  input.emit({ type: 'plan', steps: STEPS });

  const baseline = await step('tests', [input.command.command], async () => {
    const outcome = await runBaseline(input);
    const failed = outcome.tests.filter(hasFailed).length;
    return { result: outcome, detail: `${failed} of ${outcome.tests.length} tests fail` };
  });
  input.emit({ type: 'evidence', evidence: evidenceOf('before', baseline, undefined, null) });
  input.onBaseline?.(baseline);
  const failing = baseline.tests.filter(hasFailed);
  const judged = onlyWanted(baseline, input.wanted);
  const mayChange = productionFiles(baseline.tests);
  const outcome: FixOutcome = {
    status: 'unfixed',
    ...{ patch: '', changes: [], alternatives: [], templates: [], localisation: [], candidatesTried: 0 },
    testsRun: baseline.tests.filter((test) => test.status !== 'didNotRun').length,
    failingBefore: failing.map((test) => test.id),
    failingAfter: failing.map((test) => test.id),
    evidence: [evidenceOf('before', baseline, undefined, null)],
  };

  const located = await step('locate', [], () => {
    const lines = localise(judged.tests, baseline.coverage, mayChange);
    const suspects = lines.slice(0, SUSPECTS_SHOWN).map(toSuspect);
    const first = suspects[0];
    const detail = first
      ? `${first.file}:${first.line} most suspicious (${first.score.toFixed(2)})`
      : baseline.coverage
        ? 'the failing tests execute no line that may be changed'
        : `the lines that "${input.command.runner}" tests execute cannot be seen; use pytest, unittest, vitest or node --test`;
    return Promise.resolve({ result: suspects, detail, failed: !first });
  });
  outcome.localisation = located;
  if (located.length === 0) return outcome;
  input.emit({ type: 'localisation', suspects: located });

  const found = await step('repair', [], async () => {
    const result = await search({
      ...{ root: input.root, session: input.session, baseline: judged, mayChange },
      // The proof needs a full run of its own.
      deadline: deadline - Math.min(baseline.seconds * 2000, (deadline - performance.now()) / 3),
      ...(input.signal ? { signal: input.signal } : {}),
      onTried: everyNow((tried) =>
        input.emit({ type: 'step', id: 'repair', status: 'running', detail: `${tried} candidates tried` }),
      ),
    });
    const best = result.plausible[0] ?? result.partial;
    const detail = `${result.tried} candidates, ${describeFound(result)}`;
    return { result, detail, failed: best === undefined };
  });
  if (input.signal?.aborted) throw new UserError('cancelled', 'the fix was stopped; nothing was written');
  outcome.candidatesTried = found.tried;

  const patches = found.plausible.length > 0 ? found.plausible : found.partial ? [found.partial] : [];
  if (patches.length === 0) return outcome;
  const proven = await step('prove', [input.command.command], async () => {
    for (const patch of patches) {
      const files = await encodePatch(input.root, patch);
      const after = await input.session.run(files, {
        coverage: true,
        ...limits(input, deadline),
      });
      const { stillFailing, broken } = judge(judged, after);
      const holds = broken.length === 0 && after.changedFilesRan === true;
      const complete = stillFailing.length === 0;
      if (holds && (complete || patch === found.partial))
        return { result: { patch, after }, detail: describeProof(after) };
    }
    return { result: undefined, detail: 'no patch held in a fresh process', failed: true };
  });
  if (!proven) return outcome;

  const { patch, after } = proven;
  const passedAfter = new Set(after.tests.filter((t) => t.status === 'passed').map((t) => t.id));
  outcome.failingAfter = outcome.failingBefore.filter((id) => !passedAfter.has(id));
  outcome.status = judge(judged, after).stillFailing.length === 0 ? 'fixed' : 'partial';
  const evidence = evidenceOf('candidate', after, baseline, after.changedFilesRan);
  outcome.evidence.push(evidence);
  input.emit({ type: 'evidence', evidence });
  outcome.templates = patch.templates;
  outcome.patch = await patchText(input.root, patch);
  outcome.changes = await changesOf(input.root, patch);
  input.emit({ type: 'changes', changes: outcome.changes });
  const others = patches.filter((other) => other !== patch);
  outcome.alternatives = await Promise.all(
    others.map(async (other) => ({ patch: await patchText(input.root, other), score: other.score })),
  );
  return outcome;
}

async function runBaseline(input: FixInput): Promise<RunOutcome> {
  const { command, timeoutSeconds } = input;
  const baseline = await input.session.run(new Map(), {
    coverage: true,
    timeoutMs: (timeoutSeconds * 1000) / 2,
    ...testLimits(timeoutSeconds),
    ...(input.signal ? { signal: input.signal } : {}),
  });
  if (input.signal?.aborted) throw new UserError('cancelled', 'the fix was stopped; nothing was written');
  const ran = baseline.tests.filter((test) => test.status !== 'didNotRun');
  const said = lastLine(baseline);
  if (baseline.status === 'notStarted')
    throw new UserError('badInput', `"${command.command}" could not be started${said}; check the command`);
  if (baseline.status === 'needsInput')
    throw new UserError(
      'badInput',
      `"${command.command}" reads its input, and tests get none; give a command that asks nothing, or end it with "< /dev/null"`,
    );
  const saidNothing = ran.length === 0 || (command.runner === 'command' && !ran.some(hasEnded));
  if (saidNothing && baseline.status === 'timedOut')
    throw new UserError(
      'badInput',
      `"${command.command}" gave no test result within ${timeoutSeconds / 2} s${said}; check that it ends by itself, or raise --timeout`,
    );
  if (ran.length === 0)
    throw new UserError(
      'badInput',
      `"${command.command}" ran no test (exit code ${String(baseline.exitCode)})${said}; check the command and its folder`,
    );
  if (!ran.some(hasFailed)) {
    input.onBaseline?.(baseline);
    const passed = ran.filter((test) => test.status === 'passed').length;
    throw new UserError(
      'notAchieved',
      `nothing fails: ${passed} ${passed === 1 ? 'test passes' : 'tests pass'} with "${command.command}"`,
    );
  }
  return baseline;
}

const hasEnded = ({ status }: TestResult): boolean => status !== 'timedOut';

/** Milliseconds for one test: a thirtieth of the run in CPU time, within 2 and 60 s, and twice that on the clock. */
function testLimits(timeoutSeconds: number) {
  const testCpuMs = Math.min(60, Math.max(2, timeoutSeconds / 30)) * 1000;
  return { testCpuMs, testTimeoutMs: testCpuMs * 2 };
}

function limits(input: FixInput, deadline: number) {
  return {
    timeoutMs: Math.max(5_000, deadline - performance.now()),
    ...testLimits(input.timeoutSeconds),
    ...(input.signal ? { signal: input.signal } : {}),
  };
}

function lastLine({ output }: RunOutcome): string {
  const line = (output.tail || output.head).trim().split('\n').at(-1)?.trim();
  return line ? `: ${line.slice(0, 200)}` : '';
}

/** Failing tests that nobody asked for count as neither failing nor passing. */
function onlyWanted(baseline: RunOutcome, wanted: FixInput['wanted']): RunOutcome {
  if (!wanted) return baseline;
  const asked = new Set(testsAt(baseline.tests, wanted));
  const tests = baseline.tests.map((test) =>
    hasFailed(test) && !asked.has(test) ? { ...test, status: 'skipped' as const } : test,
  );
  if (!tests.some(hasFailed)) throw new UserError('notAchieved', 'the test that was asked for does not fail');
  return { ...baseline, tests };
}

export function evidenceOf(
  phase: Evidence['phase'],
  outcome: RunOutcome,
  before: RunOutcome | undefined,
  changedFilesRan: boolean | null,
): Evidence {
  const count = (wanted: (test: TestResult) => boolean) => outcome.tests.filter(wanted).length;
  const ran = new Set(outcome.tests.filter((t) => t.status !== 'didNotRun').map((t) => t.id));
  const failing = outcome.tests.filter(hasFailed);
  return {
    ...{ phase, command: outcome.command, runner: outcome.runner, seconds: outcome.seconds, changedFilesRan },
    passed: count((test) => test.status === 'passed'),
    failed: failing.length,
    skipped: count((test) => test.status === 'skipped'),
    didNotRun: before
      ? before.tests.filter((test) => !ran.has(test.id)).length
      : count((test) => test.status === 'didNotRun'),
    failing: failing.map(toFailing),
    where: phase === 'after' ? 'workspace' : 'shadow',
  };
}

function toFailing({ id, message, file, line }: TestResult): Evidence['failing'][number] {
  return {
    id,
    ...(message === undefined ? {} : { message }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}

const toSuspect = ({ file, line, score }: Suspect): Suspect => ({ file, line: line + 1, score });

function describeFound({ plausible, partial }: SearchResult): string {
  if (plausible.length > 0)
    return plausible.length === 1 ? 'one makes all tests pass' : `${plausible.length} make all tests pass`;
  return partial
    ? 'one makes some failing tests pass'
    : 'none makes a failing test pass without breaking another';
}

function describeProof({ tests }: RunOutcome): string {
  const passed = tests.filter((test) => test.status === 'passed').length;
  return `${passed} passed, ${tests.filter(hasFailed).length} failed; the changed files ran`;
}

async function encodePatch(root: string, { texts }: Patch): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [file, text] of texts)
    files.set(file, encodeText(text, decodeText(await fs.readFile(path.join(root, file))).format));
  return files;
}

async function patchText(root: string, { texts }: Patch): Promise<string> {
  const files = [];
  for (const [file, next] of texts)
    files.push({ file, base: decodeText(await fs.readFile(path.join(root, file))).text, next });
  return unifiedPatch(files);
}

async function changesOf(root: string, { texts }: Patch): Promise<FileChange[]> {
  const changes = [];
  for (const [file, next] of texts) {
    const bytes = await fs.readFile(path.join(root, file));
    const { text, format } = decodeText(bytes);
    changes.push({ file, baseHash: contentHash(bytes), format, hunks: diffToHunks(text, next) });
  }
  return changes;
}

/** Runs one step of the plan and says how it went; a step that throws is shown as failed. */
function stepper(emit: (event: RunEvent) => void) {
  return async <T>(
    id: string,
    commands: string[],
    work: () => Promise<{ result: T; detail: string; failed?: boolean }>,
  ): Promise<T> => {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    emit({ type: 'step', id, status: 'running', commands });
    try {
      const { result, detail, failed } = await work();
      emit({ type: 'step', id, status: failed ? 'failed' : 'done', detail, seconds: seconds() });
      return result;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      emit({ type: 'step', id, status: 'failed', detail, seconds: seconds() });
      throw error;
    }
  };
}

/** Passes on at most five calls a second. */
function everyNow(tell: (tried: number) => void) {
  let last = 0;
  return (tried: number) => {
    if (performance.now() - last < 200) return;
    last = performance.now();
    tell(tried);
  };
}
