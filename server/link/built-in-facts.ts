import { createHash } from 'node:crypto';
import type { FileFacts } from '../index/facts.ts';
import { parseFile } from '../index/parse-file.ts';
import { readSnapshot, writeSnapshot, type Snapshot } from '../index/snapshot.ts';

interface Declared {
  file: string;
  text: string;
}

const parsed = new Map<string, Promise<FileFacts>>();

/**
 * The facts of what languages declare as built in, each parsed once in a process and, where a folder is given, once in
 * all of them: to load a grammar and parse takes longer than to link a small workspace.
 */
export async function builtInFacts(
  declared: readonly Declared[],
  keptIn?: string,
): Promise<Map<string, FileFacts>> {
  const missing = declared.filter(({ file }) => !parsed.has(file));
  if (missing.length > 0) {
    const kept = keptIn === undefined ? (new Map() as Snapshot) : readSnapshot(keptIn).snapshot;
    for (const { file, text } of missing) {
      const hash = createHash('sha256').update(text).digest('hex');
      const known = kept.get(file);
      if (known?.hash === hash && known.facts) parsed.set(file, Promise.resolve(known.facts));
      else {
        const facts = parseFile(file, text);
        parsed.set(file, facts);
        kept.set(file, { size: text.length, mtimeMs: 0, ctimeMs: 0, hash, facts: await facts });
        if (keptIn !== undefined) keep(keptIn, kept);
      }
    }
  }
  const facts = new Map<string, FileFacts>();
  for (const { file } of declared) facts.set(file, await parsed.get(file)!);
  return facts;
}

/** What cannot be kept is parsed again by the next process. */
function keep(folder: string, snapshot: Snapshot): void {
  try {
    writeSnapshot(folder, snapshot);
  } catch {
    // The state folder cannot be written: the workspace's own snapshot says so.
  }
}
