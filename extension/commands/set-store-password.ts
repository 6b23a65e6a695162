import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';
import { chosenAddress, keepStorePassword } from '../server/chosen-store.ts';

/** Asks for the password of the Neo4j that the settings name, and keeps it in VS Code's secret storage. */
export const setStorePassword: Contribution = (weft) => {
  weft.own(
    vscode.commands.registerCommand('weft.setStorePassword', async () => {
      const address = chosenAddress();
      if (!/^(neo4j|bolt)/.test(address)) {
        void vscode.window.showWarningMessage(
          'Weft: set "weft.graph.store" to the address of a Neo4j first; the embedded store has no password.',
        );
        return;
      }
      const password = await vscode.window.showInputBox({
        title: 'Password of the graph store',
        prompt: address,
        password: true,
        ignoreFocusOut: true,
      });
      if (password === undefined) return;
      await keepStorePassword(weft.secrets, password);
      void vscode.window.showInformationMessage('Weft: the password is used from the next window on.');
    }),
  );
};
