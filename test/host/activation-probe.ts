import { renameSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { WeftApi } from '../../extension/main.ts';

/** Called by VS Code in the extension host, before Weft is active: activates it and writes how long that took. */
export async function run(): Promise<void> {
  const file = process.env.WEFT_HOST_RESULTS;
  if (file === undefined) throw new Error('WEFT_HOST_RESULTS is not set');
  const extension = vscode.extensions.getExtension<WeftApi>('weft.weft');
  if (!extension) throw new Error('VS Code does not know the extension weft.weft');
  if (extension.isActive) throw new Error('Weft was active before it was asked');
  const start = performance.now();
  const { activationMs } = await extension.activate();
  const told = { activateMs: activationMs, withLoadingMs: performance.now() - start };
  writeFileSync(`${file}.part`, JSON.stringify(told));
  renameSync(`${file}.part`, file);
}
