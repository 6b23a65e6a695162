/**
 * In a process that runs tests: tells which test runs, the lines that it executed (V8's block coverage, read and set
 * back around every test) and, through a thread of its own, the lines of a test that never lets go.
 */
import { appendFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import process from 'node:process';
import { isMainThread, Worker } from 'node:worker_threads';
import { ScriptLines } from './weft-v8-lines.mjs';

/**
 * `settings`: the file `rows` and the `key` that every row in it carries; `root`; `coverage`; `limitMs` for each test,
 * 0 for none. Tests that run at the same time share their lines.
 */
export function watchTests(settings) {
  const { rows, key, root, coverage, limitMs } = settings;
  // Taken now: a test may put fakes in their place.
  const { pid, send } = { pid: process.pid, send: appendFileSync };
  const tell = (row) => send(rows, JSON.stringify({ key, ...row }) + '\n');
  const recorder = coverage ? record(root, tell) : undefined;
  const watchdog = coverage && limitMs > 0 && isMainThread ? startWatchdog(settings) : undefined;
  return {
    tell,
    /** Resolves once an endless test would be noticed. */
    ready: watchdog?.ready ?? Promise.resolve(),
    started(id) {
      recorder?.start(id);
      tell({ started: id, pid });
      watchdog?.send({ started: id });
    },
    finished(id) {
      watchdog?.send({ finished: id });
      recorder?.finish(id);
      tell({ finished: id });
    },
    /** What was loaded since is told too. */
    end() {
      recorder?.end();
    },
  };
}

function startWatchdog(settings) {
  const worker = new Worker(new URL('./weft-watchdog.mjs', import.meta.url), {
    workerData: settings,
    execArgv: [],
    env: {},
  });
  const ready = new Promise((resolve) => {
    worker.once('message', resolve);
    worker.once('error', resolve);
    worker.once('exit', resolve);
  }).then(() => worker.unref());
  return { ready, send: (message) => worker.postMessage(message) };
}

function record(root, tell) {
  const session = new Session();
  session.connect();
  const scripts = new ScriptLines(root);
  const loaded = new Set();
  const active = new Map();

  // On from the start: V8 forgets the coverage of a block when its debugger is turned off.
  const parsed = new Map();
  session.on('Debugger.scriptParsed', ({ params }) => {
    if (scripts.fileOf(params.url) !== undefined) parsed.set(params.scriptId, params);
  });
  session.post('Debugger.enable');
  session.post('Debugger.setSkipAllPauses', { skip: true });
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

  // Answers come before `post` returns: the session is in this thread.
  const readText = (scriptId) => {
    const script = parsed.get(scriptId);
    if (!script) return;
    session.post('Debugger.getScriptSource', { scriptId }, (error, answer) =>
      scripts.add(script, answer?.scriptSource ?? ''),
    );
  };
  const read = () => {
    const seen = [];
    session.post('Profiler.takePreciseCoverage', (error, taken) => {
      const own = (taken?.result ?? []).flatMap((script) => {
        const file = scripts.fileOf(script.url);
        return file === undefined ? [] : [{ ...script, file }];
      });
      for (const { file } of own) {
        if (!loaded.has(file)) seen.push(file);
        loaded.add(file);
      }
      if (active.size === 0) return;
      for (const { scriptId, file, functions } of own) {
        if (!scripts.has(scriptId)) readText(scriptId);
        const lines = scripts.executed(scriptId, functions);
        if (lines.length === 0) continue;
        for (const files of active.values()) {
          files[file] ??= new Set();
          for (const line of lines) files[file].add(line);
        }
      }
    });
    if (seen.length > 0) tell({ loaded: seen });
  };
  const finish = (id) => {
    read();
    const files = active.get(id);
    if (!files) return;
    active.delete(id);
    tell({ id, lines: Object.fromEntries(Object.entries(files).map(([file, lines]) => [file, [...lines]])) });
  };
  return {
    start: (id) => {
      read();
      active.set(id, {});
    },
    finish,
    end: () => {
      for (const id of [...active.keys()]) finish(id);
      read();
    },
  };
}
