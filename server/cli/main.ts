#!/usr/bin/env node
import { leaveFoldersToRemove } from '../workspace/temporary-folder.ts';
import { runCommandLine, STOPPED_LINE } from './command-line.ts';
import { Progress } from './progress.ts';

/** Exit codes of a command that was stopped, as shells have them. */
const STOPPED = { SIGINT: 130, SIGTERM: 143 } as const;
/** How long a stopped command may take to clean up after itself. */
const CLEANING_MS = 500;

/** Signals so close together are one. */
const SAME_MS = 200;

const progress = new Progress();
const abort = new AbortController();
let stoppedBy: keyof typeof STOPPED | undefined;
let stoppedAt = 0;

/** The first signal asks the command to stop; a second, or one that has not cleaned up soon after, ends it. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A terminal and `npm start` both pass on the one Ctrl-C.
    if (stoppedBy) {
      if (performance.now() - stoppedAt > SAME_MS) endNow(signal);
      return;
    }
    [stoppedBy, stoppedAt] = [signal, performance.now()];
    abort.abort();
    setTimeout(endNow, CLEANING_MS, signal).unref();
  });
}

function endNow(signal: keyof typeof STOPPED): void {
  progress.line(STOPPED_LINE);
  leaveFoldersToRemove();
  process.exit(STOPPED[signal]);
}

/** Waits until the text is handed over: `process.exit` would cut what a pipe has not taken yet. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});
const { signal } = abort;
const ended = await runCommandLine(process.argv.slice(2), { env: process.env, signal, progress, write });
process.exit(ended === 'stopped' && stoppedBy ? STOPPED[stoppedBy] : ended);
