/**
 * A thread beside the tests: when a test is over its time, it reads the lines that the test is executing, which works
 * while the main thread is busy too, and ends the process.
 */
import { appendFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { parentPort, workerData } from 'node:worker_threads';
import { ScriptLines } from './weft-v8-lines.mjs';

const { rows, key, root, limitMs } = workerData;
const timers = new Map();
parentPort.on('message', ({ started, finished }) => {
  if (started !== undefined) timers.set(started, setTimeout(end, limitMs, started));
  clearTimeout(timers.get(finished));
  timers.delete(finished);
});

const session = new Session();
session.connectToMainThread();
await post('Profiler.enable');
await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
parentPort.postMessage('ready');

async function end(id) {
  try {
    const { result } = await post('Profiler.takePreciseCoverage');
    tell({ id, lines: await linesOf(result) });
  } finally {
    tell({ timedOut: id });
    process.kill(process.pid, 'SIGKILL');
  }
}

async function linesOf(taken) {
  const scripts = new ScriptLines(root);
  const own = new Map(
    taken.map((script) => [script.scriptId, script]).filter(([, { url }]) => scripts.fileOf(url)),
  );
  const parsed = [];
  session.on('Debugger.scriptParsed', ({ params }) => own.has(params.scriptId) && parsed.push(params));
  await post('Debugger.enable');
  const lines = {};
  for (const script of parsed) {
    const { scriptSource } = await post('Debugger.getScriptSource', { scriptId: script.scriptId });
    scripts.add(script, scriptSource);
    const executed = scripts.executed(script.scriptId, own.get(script.scriptId).functions);
    const file = scripts.fileOf(script.url);
    if (executed.length > 0) lines[file] = [...new Set([...(lines[file] ?? []), ...executed])];
  }
  return lines;
}

function post(method, parameters) {
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error, answer) =>
      error ? reject(new Error(error.message)) : resolve(answer),
    );
  });
}

function tell(row) {
  appendFileSync(rows, JSON.stringify({ key, ...row }) + '\n');
}
