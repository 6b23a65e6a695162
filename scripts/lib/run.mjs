import { spawn } from 'node:child_process';
import { environment, root } from './places.mjs';

/** Runs a program to its end; resolves to its exit code (128 + n after a signal). */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const { env, ...rest } = options;
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: environment(env), ...rest });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGTERM' ? 143 : signal ? 130 : 1));
    });
  });
}

/** Runs a program that must succeed. */
export async function must(program, args, options) {
  const code = await run(program, args, options);
  // Stopped by the person at the terminal: there is nothing to explain.
  if (code === 130 || code === 143) process.exit(code);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}`);
}

/** Output goes to stderr: stdout belongs to the command that was asked for. */
export const chatter = { stdio: ['ignore', 2, 2] };
