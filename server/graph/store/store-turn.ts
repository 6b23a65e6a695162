import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../settings/is-alive.ts';
import { cannotWriteState } from '../../settings/state-folder.ts';

const NAME = 'turn.json';
/** A build is ended before it takes so long: an older turn is of one that was killed, whoever has its number now. */
const LONGEST_MS = 660_000;
const LOOK_MS = 50;

interface Kept {
  token: string;
  /** Whoever has work to do in this turn: it is over when all of them have ended. */
  pids: number[];
}

/** The right to build the store, which one at a time has, so that those who want the same are served by one build. */
export interface Turn {
  token: string;
  /** Where a build goes on in a process of its own, that process ends the turn. */
  end(): void;
}

/**
 * Waits for the turn, at most so long. A turn saves work and nothing rests on it: two builds at once are both whole.
 *
 * @returns undefined where others were still building after that time.
 */
export async function takeTurn(
  folder: string,
  { waitMs, signal }: { waitMs?: number | undefined; signal?: AbortSignal | undefined },
): Promise<Turn | undefined> {
  const token = randomUUID();
  const started = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    if (begin(folder, { token, pids: [process.pid] })) return { token, end: () => endTurn(folder, token) };
    if (waitMs !== undefined && performance.now() - started >= waitMs) return undefined;
    await sleep(LOOK_MS);
  }
}

/** Says that this process has work to do in a turn, too. */
export function joinTurn(folder: string, token: string): void {
  const kept = read(folder);
  if (kept?.token !== token) return;
  const aside = path.join(folder, `${NAME}.${process.pid}`);
  writeFileSync(aside, JSON.stringify({ token, pids: [...kept.pids, process.pid] } satisfies Kept));
  renameSync(aside, path.join(folder, NAME));
}

export function endTurn(folder: string, token: string): void {
  if (read(folder)?.token === token) rmSync(path.join(folder, NAME), { force: true });
}

function begin(folder: string, turn: Kept): boolean {
  const file = path.join(folder, NAME);
  try {
    writeFileSync(file, JSON.stringify(turn), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWriteState(folder, error);
  }
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return false;
  const age = Date.now() - stat.mtimeMs;
  // One that is being written cannot be read yet.
  const pids = read(folder)?.pids ?? (age < LOOK_MS * 20 ? [process.pid] : []);
  if (age < LONGEST_MS && age > -LONGEST_MS && pids.some(isAlive)) return false;
  rmSync(file, { force: true });
  return false;
}

function read(folder: string): Kept | undefined {
  try {
    const kept = JSON.parse(readFileSync(path.join(folder, NAME), 'utf8')) as Partial<Kept>;
    return typeof kept.token === 'string' && Array.isArray(kept.pids) ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}
