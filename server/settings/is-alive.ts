import { readFileSync } from 'node:fs';

/**
 * Whether a process of this id runs, whoever owns it: what a dead one left behind may be taken away. One that has
 * ended and that nobody has waited for (as in containers without an init) does not run.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true;
  }
}
