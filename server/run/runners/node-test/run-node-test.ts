import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestResult } from '../../../protocol/evidence.ts';
import { assetPath } from '../../../settings/assets.ts';
import { cleanEnvironment, runChild } from '../../child-process.ts';
import type { Coverage, RunOptions, RunOutcome, TestCommand } from '../../types.ts';
import { nodeArgv } from './node-argv.ts';
import { readEvents, type NodeEvent } from './node-events.ts';

/** A line of the coverage program's file. */
interface CoverageRow {
  key?: string;
  id?: string;
  lines?: Record<string, number[]>;
  loaded?: string[];
}

/**
 * Runs `node --test` with Weft's reporter, which reports through a file of its own: what a test prints can't forge a
 * result. Ids are `file > suite > name`; two tests of one id count as one, which passes when both do. A selection
 * runs the files of its tests and reports only those. Coverage is per test; tests that run at the same time in
 * one file share theirs.
 */
export async function runNodeTest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'weft-node-test-'));
  const results = path.join(folder, 'results.jsonl');
  const lines = path.join(folder, 'lines.jsonl');
  const key = randomUUID();
  const linesKey = randomUUID();
  try {
    const files = options.select && [...new Set(options.select.map(fileOfId))];
    const extra = [
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
      env: {
        ...cleanEnvironment(process.env),
        WEFT_RESULTS_KEY: key,
        ...(options.coverage ? { WEFT_LINES: lines, WEFT_LINES_KEY: linesKey, WEFT_ROOT: options.root } : {}),
      },
    });
    const events = await readRows<NodeEvent>(results, key);
    const filtered = command.argv.some((word) => /^--test-(only|name-pattern|skip-pattern|shard)/.test(word));
    const found = readEvents(events, {
      root: options.root,
      cwd: command.cwd,
      timedOut: child.status === 'timedOut',
      mustHaveTests: (file) => !filtered && importsNodeTest(file),
    });
    const tests = options.select ? onlySelected(found, options.select) : found;
    for (const test of tests) options.onTest?.(test);
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
