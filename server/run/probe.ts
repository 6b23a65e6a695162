import { execFile } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** Longest that a program may take to say its version. */
const PROBE_MS = 5_000;

/**
 * The first line that a program prints when asked for its version, or undefined when it is not there, fails
 * or does not answer in time. stdin is closed, so nothing can wait for input.
 */
export function firstLineOf(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { ...options, timeout: PROBE_MS, killSignal: 'SIGKILL', maxBuffer: 1 << 20, windowsHide: true },
      (error, stdout, stderr) => resolve(error ? undefined : firstLine(stdout) || firstLine(stderr)),
    );
    child.stdin?.end();
  });
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text).trim().split('\n', 1)[0]?.trim() ?? '';
}
