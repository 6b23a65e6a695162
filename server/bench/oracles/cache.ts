import os from 'node:os';
import path from 'node:path';

/** A folder for what the oracles build and find out: beside what setup installs, never in the checkout. */
export function cacheFolder(name: string): string {
  const { WEFT_CACHE, XDG_CACHE_HOME } = process.env;
  const cache = WEFT_CACHE ?? path.join(XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'weft');
  return path.join(cache, 'oracles', name);
}
