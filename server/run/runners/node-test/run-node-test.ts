import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestResult } from '../../../protocol/evidence.ts';
import { assetPath } from '../../../settings/assets.ts';
import { makeTemporaryFolder } from '../../../workspace/temporary-folder.ts';
import { cleanEnvironment, runChild } from '../../child-process.ts';
import { firstLineOf } from '../../probe.ts';
import type { Coverage, RunOptions, RunOutcome, TestCommand } from '../../types.ts';
import { nodeArgv, nodeAt } from './node-argv.ts';
import { readEvents, type NodeEvent } from './node-events.ts';

/** A line of the coverage program's file. */
interface CoverageRow {
  key?: string;
  id?: string;
  lines?: Record<string, number[]>;
  loaded?: string[];
}

const FILTER = /^--test-(only|name-pattern|skip-pattern|shard)/;
/** More names than this are no quicker to pick out than to run. */
const MOST_PATTERNS = 50;
/** From here on a name pattern is matched against the names of the suites and the test, joined by a space. */
const FULL_NAMES_SINCE = 22;

/**
 * Runs `node --test` with Weft's reporter, which reports through a file of its own: what a test prints can't forge a
 * result. Ids are `file > suite > name`; two tests of one id count as one, which passes when both do. A selection
 * runs its tests alone where node can pick them by name, else the whole of their files, and reports only those.
 * Coverage is per test; tests that run at the same time in one file share theirs.
 */
export async function runNodeTest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const started = performance.now();
  const patterns = await namePatterns(command, options.select ?? []);
  let outcome = await runOnce(command, options, patterns);
  // A subtest that its parent makes as it runs can't be picked by name.
  const missed = outcome.tests.some(({ status }) => status === 'didNotRun' || status === 'error');
  if (patterns.length > 0 && missed && outcome.status === 'completed') {
    const timeoutMs = Math.max(1, options.timeoutMs - (performance.now() - started));
    outcome = await runOnce(command, { ...options, timeoutMs }, []);
  }
  for (const test of outcome.tests) options.onTest?.(test);
  return { ...outcome, seconds: (performance.now() - started) / 1000 };
}

async function namePatterns(command: TestCommand, select: readonly string[]): Promise<string[]> {
  const names = select.map((id) => id.split(' > ').slice(1).join(' '));
  const filtered = command.argv.some((word) => FILTER.test(word));
  if (names.length === 0 || names.length > MOST_PATTERNS || names.includes('') || filtered) return [];
  const node = command.argv[nodeAt(command.argv)] ?? 'node';
  const version = await firstLineOf(node, ['--version'], {
    cwd: command.cwd,
    env: cleanEnvironment(process.env),
  });
  if (Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0) < FULL_NAMES_SINCE) return [];
  return names.map((name) => `--test-name-pattern=^${name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`);
}

async function runOnce(
  command: TestCommand,
  options: RunOptions,
  patterns: readonly string[],
): Promise<RunOutcome> {
  const folder = await makeTemporaryFolder('node-test');
  const results = path.join(folder, 'results.jsonl');
  const lines = path.join(folder, 'lines.jsonl');
  const key = randomUUID();
  const linesKey = randomUUID();
  try {
    const files = options.select && [...new Set(options.select.map(fileOfId))];
    const extra = [
      ...patterns,
      `--test-reporter=${assetPath('runners/weft-node-reporter.mjs')}`,
      `--test-reporter-destination=${results}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      ...(options.coverage
        ? ['--import', pathToFileURL(assetPath('runners/weft-node-coverage.mjs')).href]
        : []),
    ];
    const paths = files?.map((file) => path.relative(command.cwd, path.resolve(options.root, file)));
    const child = await runChild(nodeArgv(command.argv, extra, paths), {
      cwd: command.cwd,
      timeoutMs: options.timeoutMs,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.shadow ? { shadow: options.shadow } : {}),
      env: {
        ...cleanEnvironment(process.env),
        WEFT_RESULTS_KEY: key,
        ...(options.coverage ? { WEFT_LINES: lines, WEFT_LINES_KEY: linesKey, WEFT_ROOT: options.root } : {}),
      },
    });
    const events = await readRows<NodeEvent>(results, key);
    const filtered = command.argv.some((word) => FILTER.test(word));
    const found = readEvents(events, {
      root: options.root,
      cwd: command.cwd,
      timedOut: child.status === 'timedOut',
      mustHaveTests: (file) => !filtered && importsNodeTest(file),
    });
    const tests = options.select ? onlySelected(found, options.select) : found;
    const cutShort =
      child.status === 'completed' && events.length > 0 && !events.some(({ event }) => event === 'end');
    const outcome: RunOutcome = {
      ...child,
      status: cutShort ? 'crashed' : child.status,
      command: command.command,
      runner: 'node:test',
      tests,
    };
    if (!options.coverage) return outcome;
    const selected = options.select && new Set(options.select);
    const rows = await readRows<CoverageRow>(lines, linesKey);
    return { ...outcome, ...toCoverage(rows, (id) => !selected || selected.has(id)) };
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** Results of the selected tests, and of their files where one broke; what has no result did not run. */
function onlySelected(found: readonly TestResult[], select: readonly string[]): TestResult[] {
  const missing = new Set(select);
  const files = new Set(select.map(fileOfId));
  const kept = found.filter(
    ({ id, status }) =>
      missing.delete(id) || (files.has(id) && (status === 'error' || status === 'timedOut')),
  );
  const absent = [...missing].map((id): TestResult => {
    const file = fileOfId(id);
    return { id, name: id.slice(file.length + 3) || id, file, status: 'didNotRun', seconds: 0 };
  });
  return [...kept, ...absent];
}

function fileOfId(id: string): string {
  return id.split(' > ', 1)[0] ?? '';
}

function toCoverage(
  rows: readonly CoverageRow[],
  isWanted: (id: string) => boolean,
): { coverage: Coverage; executedFiles: Set<string> } {
  const byTest = new Map<string, Map<string, Set<number>>>();
  const executedFiles = new Set<string>();
  for (const { id, lines, loaded } of rows) {
    for (const file of loaded ?? []) executedFiles.add(file);
    if (id === undefined || !isWanted(id)) continue;
    const files = byTest.get(id) ?? new Map<string, Set<number>>();
    byTest.set(id, files);
    for (const [file, numbers] of Object.entries(lines ?? {})) {
      executedFiles.add(file);
      files.set(file, new Set([...(files.get(file) ?? []), ...numbers]));
    }
  }
  return { coverage: { byTest }, executedFiles };
}

function importsNodeTest(file: string): boolean {
  try {
    return /['"]node:test['"]/.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}

/** Skips half a line at the end of a killed run, and whatever a test wrote into the file. */
async function readRows<Row extends { key?: string }>(file: string, key: string): Promise<Row[]> {
  const text = await fs.readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      const row = JSON.parse(line) as Row | null;
      return row?.key === key ? [row] : [];
    } catch {
      return [];
    }
  });
}
