import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

let known: string | undefined;

/** Differs for programs that may derive other things from equal sources. */
export function buildId(): string {
  known ??= process.env.WEFT_BUILD ?? digestOfSources(path.dirname(import.meta.dirname));
  return known;
}

/** Run from its sources, the program is what their stats say it is. */
function digestOfSources(server: string): string {
  const hash = createHash('sha256');
  for (const name of (readdirSync(server, { recursive: true }) as string[]).sort()) {
    if (!/\.(ts|scm|json)$/.test(name)) continue;
    const { size, mtimeMs } = statSync(path.join(server, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
