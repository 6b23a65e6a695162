/**
 * Preloaded into the processes of `node --test`: tells the lines that each test executed, from V8's block coverage,
 * which is read and set back around every test.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const { WEFT_LINES: results, WEFT_LINES_KEY: key, WEFT_ROOT: root } = process.env;
const inOneProcess = process.execArgv.some((word) => /^--(experimental-)?test-isolation=none$/.test(word));
// The process that only starts those of the test files passes the environment on.
if (results && (process.env.NODE_TEST_CONTEXT !== undefined || inOneProcess)) {
  delete process.env.WEFT_LINES;
  delete process.env.WEFT_LINES_KEY;
  await start();
}

async function start() {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const texts = new Map();
  const loaded = new Set();
  const active = new Map();

  const read = () => {
    const seen = new Set();
    // The answer comes before `post` returns: the session is in this thread.
    session.post('Profiler.takePreciseCoverage', (error, taken) => {
      for (const { url, functions } of taken?.result ?? []) {
        const file = fileOf(url);
        if (file === undefined) continue;
        if (!loaded.has(file)) seen.add(file);
        loaded.add(file);
        if (active.size === 0) continue;
        const lines = executedLines(textOf(file), functions);
        for (const test of active.values()) addLines(test, file, lines);
      }
    });
    if (seen.size > 0) write({ loaded: [...seen] });
  };
  const textOf = (file) => {
    if (!texts.has(file)) texts.set(file, readText(path.join(root, file)));
    return texts.get(file);
  };
  const finish = (id) => {
    read();
    const lines = active.get(id);
    if (!lines) return;
    active.delete(id);
    write({ id, lines: Object.fromEntries([...lines].map(([file, numbers]) => [file, [...numbers]])) });
  };
  const idOf = (test) =>
    `${relative(test.filePath ?? process.argv[1] ?? '') ?? process.argv[1]} > ${test.fullName}`;

  const { beforeEach, afterEach } = await import('node:test');
  beforeEach((test) => {
    read();
    active.set(idOf(test), new Map());
  });
  afterEach((test) => finish(idOf(test)));
  process.on('exit', () => {
    for (const id of [...active.keys()]) finish(id);
    read();
  });
}

function write(row) {
  appendFileSync(results, JSON.stringify({ key, ...row }) + '\n');
}

function fileOf(url) {
  try {
    if (url.startsWith('file:')) return relative(fileURLToPath(url.replace(/[?#].*$/, '')));
  } catch {
    return undefined;
  }
  return path.isAbsolute(url) ? relative(url) : undefined;
}

/** Relative to the root with forward slashes, when it is inside and not an installed package. */
function relative(file) {
  const inside = path.relative(root, file).split(path.sep);
  if (inside[0] === '..' || path.isAbsolute(inside.join('/')) || inside.includes('node_modules'))
    return undefined;
  return inside.join('/');
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function addLines(test, file, lines) {
  if (lines.length === 0) return;
  const numbers = test.get(file) ?? new Set();
  test.set(file, numbers);
  for (const line of lines) numbers.add(line);
}

/** 0-based lines with a word whose innermost range was executed. Ranges nest, and come outermost first. */
function executedLines(text, functions) {
  const ranges = functions.flatMap(({ ranges }) => ranges);
  if (ranges.every(({ count }) => count === 0)) return [];
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const executed = new Uint8Array(text.length);
  for (const { startOffset, endOffset, count } of ranges)
    executed.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  const lines = [];
  let line = 0;
  let found = false;
  for (let i = 0; i <= text.length; i++) {
    if (i === text.length || text[i] === '\n') {
      if (found) lines.push(line);
      found = false;
      line++;
    } else if (!found && executed[i] === 1 && /[\w$]/.test(text[i])) {
      found = true;
    }
  }
  return lines;
}
