import { createHash } from 'node:crypto';
import path from 'node:path';
import { MOST_BYTES, unfitReason } from '../workspace/discover.ts';
import { readRegularFile } from '../workspace/read-file.ts';
import { decodeText } from '../workspace/text.ts';
import type { FileFacts } from './facts.ts';
import { parseFile } from './parse-file.ts';

/** What came of reading one file: its facts, or why there are none. */
export type ReadSource = { hash: string } & ({ facts: FileFacts } | { skipped: string });

/** Reads and parses one file. Never throws: what cannot be read or parsed says why. */
export async function readSource(root: string, file: string): Promise<ReadSource> {
  let bytes: Uint8Array;
  try {
    bytes = readRegularFile(path.join(root, file), MOST_BYTES);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { hash: '', skipped: `cannot be read (${code})` };
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  const unfit = unfitReason(bytes);
  if (unfit) return { hash, skipped: unfit };
  try {
    return { hash, facts: await parseFile(file, decodeText(bytes).text) };
  } catch (error) {
    return {
      hash,
      skipped: `cannot be parsed (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}
