import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Builds the app as it ships, into a folder of its own; `remove` deletes that. */
export async function buildApp(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'weft-webview-'));
  await build({
    configFile: path.join(import.meta.dirname, '../vite.config.ts'),
    mode: 'production',
    logLevel: 'error',
    build: { outDir: folder },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
