import type { FileChange } from '../../server/protocol/changes.ts';
import type { Evidence } from '../../server/protocol/evidence.ts';
import type { FixReport, PlanStep, RunEvent } from '../../server/protocol/run.ts';
import type { ToView, WorkspaceStatus } from '../../server/protocol/view.ts';

/** What the host would have sent, in order. */
export type Scenario = readonly ToView[];

const workspace: WorkspaceStatus = {
  name: 'shop',
  graph: 'live',
  files: 9247,
  symbols: 81_204,
  detail: '',
  trusted: true,
  model: 'No model',
  testCommand: 'npx vitest run',
  activeFile: 'src/shop/cart.ts',
};
const RUN = 'run-1';
const STARTED = Date.now() - 9_000;

const steps: PlanStep[] = [
  {
    id: 'locate',
    title: 'Locate',
    status: 'done',
    detail: 'cart.ts:41 most suspicious (0.89), 3 of 4 failing paths',
    seconds: 0.6,
    why: 'Lines that only failing tests run are looked at first (Ochiai).',
  },
  {
    id: 'reproduce',
    title: 'Reproduce',
    status: 'done',
    detail: '1 failing, 36 passing, none flaky',
    seconds: 1.9,
    why: 'A failure that cannot be seen again cannot be proven mended.',
    commands: ['npx vitest run --reporter=json'],
  },
  {
    id: 'repair',
    title: 'Repair without a model',
    status: 'done',
    detail: '212 candidates, 2 plausible, 1 behaviour',
    seconds: 7.3,
    commands: ['npx vitest run cart.test.ts', 'npx vitest run'],
  },
  {
    id: 'review',
    title: 'Review',
    status: 'done',
    detail: '12 callers checked, 2 not covered by tests',
    seconds: 1.2,
  },
];

const changes: FileChange[] = [
  {
    file: 'src/shop/cart.ts',
    baseHash: 'a',
    format: { encoding: 'utf8', eol: 'lf' },
    hunks: [
      {
        id: 'h1',
        startLine: 39,
        oldLines: ['  return round(sum);\n'],
        newLines: ['  return round(sum * (1 - discountFor(member)));\n'],
        decision: 'pending',
      },
    ],
  },
  {
    file: 'src/shop/discount.ts',
    baseHash: 'b',
    format: { encoding: 'utf8', eol: 'lf' },
    hunks: [
      {
        id: 'h2',
        startLine: 11,
        oldLines: ['  if (member.years > 1) {\n'],
        newLines: ['  if (member.years >= 1) {\n'],
        decision: 'pending',
      },
      {
        id: 'h3',
        startLine: 27,
        oldLines: [],
        newLines: ['  if (!member) return 0;\n', '\n'],
        decision: 'pending',
      },
    ],
  },
];

const before: Evidence = {
  phase: 'before',
  command: 'npx vitest run',
  runner: 'vitest',
  passed: 36,
  failed: 1,
  skipped: 0,
  didNotRun: 0,
  seconds: 1.9,
  failing: [
    {
      id: 'test/cart.test.ts > applies member discount',
      message: 'AssertionError: expected 200 to be 180 // Object.is equality',
    },
  ],
  where: 'workspace',
  changedFilesRan: null,
};
const proven: Evidence = {
  ...before,
  phase: 'candidate',
  passed: 37,
  failed: 0,
  failing: [],
  seconds: 2.1,
  where: 'shadow',
  changedFilesRan: true,
};

const report: FixReport = {
  status: 'fixed',
  patch: '',
  testsRun: 37,
  failingBefore: ['test/cart.test.ts > applies member discount'],
  failingAfter: [],
  candidatesTried: 212,
  localisation: [],
  alternatives: [{ patch: '', score: 0.4 }],
  seconds: 11.2,
  cost: { usd: null, tokensIn: 0, tokensOut: 0 },
  report: '# Fixed',
  runId: RUN,
  applied: false,
};
const suspects = [
  { file: 'src/shop/cart.ts', line: 41, score: 0.89 },
  { file: 'src/shop/discount.ts', line: 12, score: 0.71 },
  { file: 'src/shop/money.ts', line: 7, score: 0.32 },
];

const snapshot: ToView = { type: 'snapshot', workspace, runs: [] };

function run(...events: RunEvent[]): Scenario {
  const started: RunEvent = {
    type: 'started',
    runId: RUN,
    title: 'The cart total ignores the member discount.',
    command: 'npx vitest run',
    at: STARTED,
  };
  return [
    snapshot,
    ...[started, ...events].map((event): ToView => ({ type: 'runEvent', runId: RUN, event })),
  ];
}

function upTo(running: number, all: readonly PlanStep[] = steps): PlanStep[] {
  return all.map((step, index) =>
    index < running
      ? step
      : index === running
        ? { ...step, status: 'running', seconds: undefined }
        : { id: step.id, title: step.title, status: 'pending' },
  );
}

const proposal: RunEvent[] = [
  { type: 'plan', steps },
  { type: 'evidence', evidence: before },
  { type: 'localisation', suspects },
  { type: 'changes', changes },
  { type: 'evidence', evidence: proven },
  { type: 'finished', report },
];

const manySteps: PlanStep[] = Array.from({ length: 100 }, (_, index) => ({
  id: `s${index}`,
  title: `Migrate src/legacy/module-${index + 1}.ts to the new money type`,
  status: 'done',
  detail: `${3 + (index % 7)} call sites, ${index % 3} not covered by tests`,
  seconds: 0.4 + (index % 9),
  why: 'Each file is a step of its own, so that one failure stops one file.',
}));

export const SCENARIOS = {
  loading: [],
  empty: [snapshot],
  running: run(
    { type: 'plan', steps: upTo(2) },
    { type: 'evidence', evidence: before },
    { type: 'step', id: 'repair', status: 'running', detail: '87 of 212 candidates, 1 plausible' },
  ),
  proposed: run(...proposal),
  written: run(
    ...proposal,
    { type: 'decision', file: 'src/shop/cart.ts', hunkId: 'h1', decision: 'accepted' },
    { type: 'decision', file: 'src/shop/discount.ts', hunkId: 'h2', decision: 'rejected' },
    { type: 'decision', file: 'src/shop/discount.ts', hunkId: 'h3', decision: 'rejected' },
    { type: 'written', files: ['src/shop/cart.ts'], by: 'editor' },
    { type: 'evidence', evidence: { ...proven, phase: 'after', where: 'workspace', seconds: 2.0 } },
  ),
  unfixed: run(
    {
      type: 'plan',
      steps: steps.map((step) => (step.id === 'repair' ? { ...step, status: 'failed' } : step)),
    },
    { type: 'evidence', evidence: before },
    { type: 'localisation', suspects },
    {
      type: 'finished',
      report: { ...report, status: 'unfixed', failingAfter: report.failingBefore, alternatives: [] },
    },
  ),
  error: [
    ...run(
      { type: 'plan', steps: upTo(1) },
      { type: 'step', id: 'reproduce', status: 'failed', detail: 'the command was not found', seconds: 0.1 },
      {
        type: 'message',
        level: 'error',
        text: '“npx vitset run” cannot be started: no such program. Type /fix and the command that runs your tests.',
      },
      {
        type: 'finished',
        report: { ...report, status: 'error', testsRun: 0, candidatesTried: 0, seconds: 0.7, report: '' },
      },
    ),
    { type: 'notice', level: 'error', text: 'The server stopped and was started again. Nothing was lost.' },
  ],
  interrupted: [
    {
      ...snapshot,
      runs: [
        {
          runId: RUN,
          title: 'The cart total ignores the member discount.',
          command: 'npx vitest run',
          startedAt: STARTED,
          status: 'interrupted',
          steps: upTo(2),
          suspects,
          evidence: [before],
          changes: [],
          written: [],
          messages: [],
        },
      ],
    },
  ],
  long: run({ type: 'plan', steps: upTo(61, manySteps) }),
  untrusted: [
    {
      ...snapshot,
      workspace: { ...workspace, trusted: false, graph: 'indexing', detail: 'Indexing 3,120 of 9,247 files' },
    },
  ],
  failedGraph: [
    {
      ...snapshot,
      workspace: {
        ...workspace,
        graph: 'failed',
        detail: 'The state folder cannot be written: ~/.local/state/weft',
      },
    },
  ],
  history: [
    {
      ...snapshot,
      runs: Array.from({ length: 120 }, (_, index) => ({
        runId: `old-${index}`,
        title:
          index % 3
            ? 'Fix test/cart.test.ts'
            : 'Rounding of the total is off by one cent in three currencies',
        command: 'npx vitest run',
        startedAt: STARTED - (120 - index) * 3_600_000,
        status: (['fixed', 'unfixed', 'partial', 'error', 'interrupted'] as const)[index % 5] ?? 'fixed',
        steps,
        suspects,
        evidence: [before, proven],
        changes: index % 2 ? changes : [],
        written: [],
        messages: [],
        report,
      })),
    },
  ],
} satisfies Record<string, Scenario>;
export type ScenarioName = keyof typeof SCENARIOS;
