import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { NeighboursAnswer } from '../../../server/protocol/graph.ts';
import { activated } from './activation.ts';
import { eventually } from './eventually.ts';
import type { HostTest } from './host-test.ts';
import { inWorkspace } from './workspace.ts';

/** Two calls that the name alone suggests; which is one only a language server knows. */
const PYTHON = {
  'engine.py': 'class Engine:\n    def ignite(self):\n        pass\n',
  'drive.py': 'def drive(x):\n    x.ignite()\n\ndef burn(y):\n    y.ignite()\n',
};

/** A mapped type: what it makes of a class, only the compiler knows. */
const TYPESCRIPT = {
  'engines.ts':
    'export class Engine {\n  ignite(): void {}\n}\nexport class Oven {\n  ignite(): void {}\n}\nexport type Kept<T> = { [K in keyof T]: T[K] };\nexport declare function kept<T>(value: T): Kept<T>;\n',
  'drives.ts':
    "import { Engine, kept } from './engines';\n\nexport function drive(): void {\n  kept(new Engine()).ignite();\n}\n",
};

async function withFiles(files: Record<string, string>, work: () => Promise<void>): Promise<void> {
  for (const [file, text] of Object.entries(files)) writeFileSync(inWorkspace(file).fsPath, text);
  try {
    await work();
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const file of Object.keys(files)) rmSync(inWorkspace(file).fsPath);
  }
}

async function callersOf(symbol: string) {
  const { results, lowerBound } = await vscode.commands.executeCommand<NeighboursAnswer>(
    'weft.showCallers',
    symbol,
  );
  return {
    callers: results.map(({ symbol: from, edge }) => `${from.qualifiedName} ${edge.tier}`),
    lowerBound,
  };
}

export const confirmationTests: readonly HostTest[] = [
  {
    name: 'a definition provider raises a candidate to compiler and refutes the other',
    run: () =>
      withFiles(PYTHON, async () => {
        const { weft } = await activated();
        assert.deepEqual((await callersOf('engine.py:2')).callers, ['drive name', 'burn name']);
        const asked: string[] = [];
        const provider = vscode.languages.registerDefinitionProvider(
          { language: 'python', scheme: 'file' },
          {
            provideDefinition(document, position) {
              asked.push(`${document.getText(document.getWordRangeAtPosition(position))}:${position.line}`);
              return position.line === 1
                ? new vscode.Location(inWorkspace('engine.py'), new vscode.Range(1, 8, 1, 14))
                : new vscode.Location(vscode.Uri.file('/usr/lib/threading.py'), new vscode.Range(0, 0, 0, 3));
            },
          },
        );
        try {
          // What nobody answered is asked again after a while, and at once where the server is a new one.
          const started = new Promise<void>((resolve) => {
            weft.own(weft.server.onRestarted(resolve));
          });
          process.kill(weft.server.pid ?? 0, 'SIGKILL');
          await started;
          assert.deepEqual((await callersOf('engine.py:2')).callers, ['drive compiler']);
          assert.deepEqual(asked.sort(), ['ignite:1', 'ignite:4']);
        } finally {
          provider.dispose();
        }
        assert.deepEqual((await callersOf('engine.py:2')).callers, ['drive compiler']);
        assert.equal(asked.length, 2);
      }),
  },
  {
    name: "VS Code's own TypeScript server finds the target of a site that the graph cannot resolve",
    timeoutMs: 120_000,
    run: () =>
      withFiles(TYPESCRIPT, async () => {
        await activated();
        assert.ok(
          vscode.extensions.getExtension('vscode.typescript-language-features'),
          'this VS Code has its TypeScript extension',
        );
        await vscode.window.showTextDocument(inWorkspace('engines.ts'));
        let last = await callersOf('engines.ts:2');
        assert.deepEqual(
          last.callers.filter((caller) => !caller.endsWith('compiler')),
          [],
        );
        // The server may start while the first answer, which says that it is a lower bound, is given.
        await eventually(
          'the call is confirmed',
          async () => (last = await callersOf('engines.ts:2')).callers.includes('drive compiler'),
          90_000,
        );
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        assert.equal(last.lowerBound, false);
        assert.deepEqual(await callersOf('engines.ts:5'), { callers: [], lowerBound: false });
      }),
  },
];
