import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { activated } from './activation.ts';
import type { HostTest } from './host-test.ts';
import { propose } from './proposal.ts';
import { bytesOf, inWorkspace, undoIn } from './workspace.ts';

const LINES = ['// caf\u00e9', 'a -= 1;', '', 'b();', '', '', '', 'c();', '', 'd -= 1;', 'end'];
/** Latin-1 spells é as one byte; read as UTF-8 and saved again it would be lost. */
const latin1 = (eol: string) => Buffer.from(LINES.join(eol), 'latin1');
const utf8 = (eol: string) => Buffer.from(LINES.join(eol), 'utf8');
const mixed = Buffer.from(LINES.map((line, i) => line + (i % 2 ? '\r\n' : '\n')).join(''), 'utf8');

interface Format {
  name: string;
  bytes: Buffer;
  /** Who can write it without touching another byte, and so who undoes it. */
  by: 'editor' | 'server';
}

const FORMATS: readonly Format[] = [
  { name: 'CRLF', bytes: utf8('\r\n'), by: 'editor' },
  { name: 'no newline at its end', bytes: utf8('\n'), by: 'editor' },
  {
    name: 'a byte order mark',
    bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8('\r\n')]),
    by: 'editor',
  },
  { name: 'mixed line endings', bytes: mixed, by: 'server' },
  { name: 'Latin-1 bytes', bytes: latin1('\n'), by: 'server' },
];

/** Bytes as text with a character a byte, so that a difference can be read. */
const told = (bytes: Buffer) => bytes.toString('latin1');
const changed = (text: string) => text.replaceAll('-= 1', '+= 1');

export const byteTests: readonly HostTest[] = FORMATS.map(({ name, bytes, by }, i) => ({
  name: `accepting a hunk of a file with ${name} changes no byte outside it, and undo restores all`,
  async run() {
    const { weft } = await activated();
    const file = `bytes-${i}.js`;
    const runId = `bytes-${i}`;
    writeFileSync(inWorkspace(file).fsPath, bytes);
    propose(weft, runId, file, changed);
    const [first, second] = weft.runs.change(runId, file).hunks;
    assert.ok(first && second);

    await weft.review.decide(runId, [{ file, hunkId: first.id }], 'accepted');
    assert.equal(told(bytesOf(file)), told(bytes).replace('a -= 1', 'a += 1'));
    assert.deepEqual(weft.runs.get(runId).written, [file]);

    if (by === 'editor') await undoIn(file);
    else undoRun(weft.extensionUri, runId);
    assert.equal(told(bytesOf(file)), told(bytes));
    if (by === 'editor') await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  },
}));

/** As a person does in a terminal. */
function undoRun(extension: vscode.Uri, runId: string): void {
  const weft = vscode.Uri.joinPath(extension, 'dist', 'server', 'cli.mjs').fsPath;
  execFileSync(process.execPath, [weft, 'undo', inWorkspace('').fsPath, '--run', runId], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}
