import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';

/** Tells the server once the person trusts the workspace. A server that starts later asks at its start. */
export const forwardTrust: Contribution = (weft) => {
  weft.own(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      weft.workspace.trustGranted();
      if (weft.server.pid === undefined) return;
      weft.server.request('workspace/trust', { trusted: true }).catch((error: unknown) => {
        weft.log.error(`trust was not passed on: ${String(error)}`);
      });
    }),
  );
};
