import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** Ends the groups that are still written down when the pipe closes: whoever held its other end is gone. */
const SCRIPT = `
groups=
while read -r sign group; do
  kept=
  for each in $groups; do [ "$each" = "$group" ] || kept="$kept $each"; done
  groups=$kept
  [ "$sign" = + ] && groups="$groups $group"
done
for each in $groups; do kill -9 -"$each"; done
`;

let running: ChildProcessByStdio<Writable, null, null> | undefined;

function guardian(): ChildProcessByStdio<Writable, null, null> {
  if (running) return running;
  const child = spawn('/bin/sh', ['-c', SCRIPT], {
    cwd: '/',
    // A session of its own: what ends this process's group must not end the one that cleans up after it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const forget = () => {
    if (running === child) running = undefined;
  };
  child.on('error', forget).on('exit', forget);
  child.stdin.on('error', forget);
  child.unref();
  // The pipe is a socket in Node, and must not keep this process from ending.
  if (child.stdin instanceof Socket) child.stdin.unref();
  running = child;
  return child;
}

/**
 * Has a process group killed should this process end first, even by `kill -9`: commands run in groups of their own,
 * and nothing else would end them. The returned function lets go of a group that has ended. Not on Windows.
 */
export function guardGroup(pid: number | undefined): () => void {
  if (pid === undefined || process.platform === 'win32') return () => undefined;
  guardian().stdin.write(`+ ${pid}\n`);
  return () => {
    running?.stdin.write(`- ${pid}\n`);
  };
}
