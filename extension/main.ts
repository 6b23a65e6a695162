import * as vscode from 'vscode';
import { commands } from './commands/index.ts';
import { WeftContext } from './context.ts';
import type { Contribution } from './contribution.ts';
import { edits } from './edits/index.ts';
import { inline } from './inline/index.ts';
import { panel } from './panel/index.ts';
import { followEdits } from './state/follow-edits.ts';
import { forwardTrust } from './state/trust.ts';

const contributions: readonly Contribution[] = [
  ...commands,
  ...panel,
  ...edits,
  ...inline,
  forwardTrust,
  followEdits,
];

/** What tests may ask of the running extension. */
export interface WeftApi {
  /** Milliseconds that `activate` took. */
  activationMs: number;
  weft: WeftContext;
}

export function activate(extension: vscode.ExtensionContext): WeftApi {
  const start = performance.now();
  try {
    const weft = new WeftContext(extension);
    for (const contribute of contributions) contribute(weft);
    return { weft, activationMs: performance.now() - start };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Weft could not start: ${why}`);
    throw error;
  }
}
