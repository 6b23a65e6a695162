import assert from 'node:assert/strict';
import path from 'node:path';
import { renameSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { WeftApi } from '../../extension/main.ts';
import type { IndexReport } from '../../server/protocol/graph.ts';

/** One function and its caller in each language: an answer needs the grammar, the query and the rules of each. */
const CALLS = [
  ['plain.ts', 'typedSum', 'usesTypedSum'],
  ['view.tsx', 'greetingOf', 'Greeting'],
  ['loose.js', 'looseSum', 'usesLooseSum'],
  ['widget.jsx', 'labelOf', 'Widget'],
  ['snake.py', 'snake_sum', 'uses_snake_sum'],
  ['Bean.java', 'beanSum', 'Bean.usesBeanSum'],
  ['gopher.go', 'gopherSum', 'usesGopherSum'],
  ['rusty.rs', 'rusty_sum', 'uses_rusty_sum'],
  ['sea.c', 'sea_sum', 'uses_sea_sum'],
  ['plus.cpp', 'plusSum', 'usesPlusSum'],
  ['Sharp.cs', 'SharpSum', 'Sharp.UsesSharpSum'],
  ['gem.rb', 'gem_sum', 'uses_gem_sum'],
  ['page.php', 'page_sum', 'uses_page_sum'],
  ['island.kt', 'islandSum', 'usesIslandSum'],
] as const;

/** Called by VS Code in the extension host, where Weft is installed from its VSIX; says what came of it in a file. */
export async function run(): Promise<void> {
  const file = process.env.WEFT_HOST_RESULTS;
  if (file === undefined) throw new Error('WEFT_HOST_RESULTS is not set');
  let error: string | undefined;
  try {
    await installedExtensionWorks();
  } catch (thrown) {
    error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  writeFileSync(`${file}.part`, JSON.stringify({ error }));
  renameSync(`${file}.part`, file);
}

async function installedExtensionWorks(): Promise<void> {
  const extension = vscode.extensions.getExtension<WeftApi>('weft.weft');
  assert.ok(extension, 'VS Code does not know the extension weft.weft');
  const installed = process.env.WEFT_INSTALLED_IN;
  assert.equal(path.dirname(extension.extensionPath), installed, 'not the installed extension is running');
  const { weft } = await extension.activate();

  const report = await vscode.commands.executeCommand<IndexReport>('weft.index');
  assert.equal(report.files, CALLS.length);
  assert.deepEqual(report.skipped, []);
  assert.equal(report.edges.CALLS, CALLS.length);
  for (const [source, callee, caller] of CALLS) {
    const { symbol, results } = await weft.server.request('graph/callers', { symbol: callee });
    assert.equal(symbol.file, source);
    assert.deepEqual(
      results.map((r) => r.symbol.qualifiedName),
      [caller],
    );
  }
}
