import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WeftApi } from '../../../extension/main.ts';
import type { HostTest } from './host-test.ts';

interface Manifest {
  name: string;
  publisher: string;
  enabledApiProposals?: string[];
  contributes: { commands: { command: string }[] };
}

export const activationTests: readonly HostTest[] = [
  {
    name: 'the extension activates',
    async run() {
      const api = await activated();
      assert.ok(api.activationMs > 0);
    },
  },
  {
    name: 'every command of the manifest is registered',
    async run() {
      await activated();
      const registered = new Set(await vscode.commands.getCommands(true));
      for (const { command } of manifest().contributes.commands)
        assert.ok(registered.has(command), `${command} is in the manifest but not registered`);
    },
  },
  {
    name: 'no proposed API is asked for',
    async run() {
      assert.equal(manifest().enabledApiProposals, undefined);
    },
  },
];

export async function activated(): Promise<WeftApi> {
  const extension = vscode.extensions.getExtension<WeftApi>('weft.weft');
  assert.ok(extension, 'VS Code does not know the extension weft.weft');
  return extension.activate();
}

function manifest(): Manifest {
  return vscode.extensions.getExtension('weft.weft')?.packageJSON as Manifest;
}
