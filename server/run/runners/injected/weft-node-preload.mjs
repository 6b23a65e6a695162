/**
 * Preloaded into the processes of `node --test`: tells which test runs and, when the address ends in `?coverage`, the
 * lines that each executed.
 */
import path from 'node:path';
import { watchTests } from './weft-test-watch.mjs';

const { WEFT_ROWS: rows, WEFT_ROWS_KEY: key, WEFT_ROOT: root, WEFT_LIMIT_MS: limit } = process.env;
const inOneProcess = process.execArgv.some((word) => /^--(experimental-)?test-isolation=none$/.test(word));
// The process that only starts those of the test files passes the environment on.
if (rows && (process.env.NODE_TEST_CONTEXT !== undefined || inOneProcess)) {
  for (const name of ['WEFT_ROWS', 'WEFT_ROWS_KEY', 'WEFT_ROOT', 'WEFT_LIMIT_MS']) delete process.env[name];
  const coverage = new URL(import.meta.url).searchParams.has('coverage');
  const watch = watchTests({ rows, key, root, coverage, limitMs: Number(limit) });
  const { beforeEach, afterEach } = await import('node:test');
  beforeEach((test) => watch.started(idOf(test)));
  afterEach((test) => watch.finished(idOf(test)));
  process.on('exit', () => watch.end());
  await watch.ready;
}

function idOf(test) {
  const file = test.filePath ?? process.argv[1] ?? '';
  const inside = path.relative(root, file);
  const outside = inside.startsWith('..') || path.isAbsolute(inside);
  return `${outside ? file : inside.split(path.sep).join('/')} > ${test.fullName}`;
}
