import * as vscode from 'vscode';
import { tell } from '../commands/tell.ts';
import type { Contribution } from '../contribution.ts';
import type { WeftContext } from '../context.ts';
import { hunkAt, isPending, isProposed } from './hunks.ts';
import { proposalOf } from './proposal-uri.ts';

interface HunkPlace {
  runId: string;
  file: string;
  hunkId: string;
}

/** Yes or no to one hunk: the one given by its CodeLens, or the one under the cursor; or to a whole run. */
export const hunkCommands: Contribution = (weft) => {
  const decide = (command: string, decision: 'accepted' | 'rejected', whole = false) =>
    weft.own(
      vscode.commands.registerCommand(command, async (given?: unknown) => {
        try {
          if (whole) {
            const shown = shownProposal();
            if (shown) await weft.review.decideAll(shown.runId, decision);
            return;
          }
          const place = isHunkPlace(given) ? given : hunkUnderCursor(weft);
          if (place) await weft.review.decide(place.runId, [place], decision);
        } catch (error) {
          tell(error);
        }
      }),
    );
  decide('weft.acceptHunk', 'accepted');
  decide('weft.rejectHunk', 'rejected');
  decide('weft.acceptAll', 'accepted', true);
  decide('weft.rejectAll', 'rejected', true);

  const follow = () =>
    void vscode.commands.executeCommand('setContext', 'weft.inProposal', isOpenProposal(weft));
  weft.own(
    weft.runs.onNews(({ event }) => {
      if (event.type === 'decision') follow();
    }),
  );
  weft.own(vscode.window.tabGroups.onDidChangeTabs(follow));
  weft.own(vscode.window.tabGroups.onDidChangeTabGroups(follow));
  weft.own(vscode.window.onDidChangeActiveTextEditor(follow));
  follow();
};

/** Whether a proposal is in front that still has hunks to decide. */
function isOpenProposal(weft: WeftContext): boolean {
  const shown = shownProposal();
  const run = shown && weft.runs.list().find(({ runId }) => runId === shown.runId);
  const change = run?.changes.find(({ file }) => file === shown?.file);
  return change?.hunks.some(isPending) ?? false;
}

/** The proposal in front, whichever side of its diff has the cursor. */
function shownProposal(): { runId: string; file: string } | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return proposalOf(input.modified);
  const active = vscode.window.activeTextEditor;
  return active && proposalOf(active.document.uri);
}

function hunkUnderCursor(weft: WeftContext): HunkPlace | undefined {
  const active = vscode.window.activeTextEditor;
  const place = (active && proposalOf(active.document.uri)) ?? shownProposal();
  if (!place) return undefined;
  const { hunks } = weft.runs.change(place.runId, place.file);
  const inProposal = active !== undefined && proposalOf(active.document.uri) !== undefined;
  const shown = inProposal ? isProposed : ({ decision }: { decision: string }) => decision === 'accepted';
  const hunk = hunkAt(active?.selection.active.line ?? 0, hunks, shown);
  return hunk && { ...place, hunkId: hunk.id };
}

function isHunkPlace(given: unknown): given is HunkPlace {
  return (
    typeof given === 'object' && given !== null && 'runId' in given && 'file' in given && 'hunkId' in given
  );
}
