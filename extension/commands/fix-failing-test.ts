import * as vscode from 'vscode';
import type { FixReport } from '../../server/protocol/run.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import type { Contribution } from '../contribution.ts';
import type { WeftContext } from '../context.ts';
import { openDiff } from '../edits/open-diff.ts';
import { chooseTestCommand } from '../fix/choose-test-command.ts';
import { tell } from './tell.ts';

/** What callers of `weft.fixFailingTest` may give; a person at the palette gives nothing. */
export interface FixRequest {
  testCommand?: string;
  /** Relative path and 0-based line of the test to fix. */
  at?: { file: string; line: number };
}

/** Runs the tests, repairs what fails in a copy, and shows the proposed diff; returns the report. */
export const fixFailingTest: Contribution = (weft) => {
  weft.own(
    vscode.commands.registerCommand('weft.fixFailingTest', async (given?: unknown) => {
      try {
        return await fix(weft, isFixRequest(given) ? given : {});
      } catch (error) {
        tell(error);
        return undefined;
      }
    }),
  );
};

async function fix(weft: WeftContext, { testCommand, at }: FixRequest): Promise<FixReport | undefined> {
  if (!vscode.workspace.isTrusted)
    throw new UserError(
      'badInput',
      'Restricted Mode: Weft runs nothing of this workspace. Trust it to fix its tests.',
    );
  const command = testCommand ?? (await chooseTestCommand(weft.server));
  if (command === undefined) return undefined;
  await weft.runs.load();
  if (weft.views.size === 0) await vscode.commands.executeCommand('weft.view.focus', { preserveFocus: true });
  weft.views.post({ type: 'show', tab: 'plan' });
  const report = await weft.fixes.start({ testCommand: command, ...(at ? { at } : {}) });
  const { changes } = weft.runs.get(report.runId);
  if (changes.length > 0) {
    weft.views.post({ type: 'show', tab: 'changes' });
    await openDiff(
      weft,
      report.runId,
      changes.map(({ file }) => file),
      { preserveFocus: true },
    );
  }
  return report;
}

function isFixRequest(given: unknown): given is FixRequest {
  return typeof given === 'object' && given !== null && ('testCommand' in given || 'at' in given);
}
