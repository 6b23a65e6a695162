#!/usr/bin/env node
// Stands in for the desktop's `code`: takes the arguments that @vscode/test-electron gives and puts the real
// VS Code server and a headless Chromium behind them. Exits 0 only if the tests inside said that none failed.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openWorkbench } from './workbench.mjs';

const LONGEST_RUN_MS = 8 * 60_000;

const options = new Map();
let workspace;
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--([\w-]+)=(.*)$/.exec(argument) ?? [];
  if (name) options.set(name, value);
  else if (!argument.startsWith('-')) workspace = path.resolve(argument);
}
const results = process.env.WEFT_HOST_RESULTS;
if (!results) throw new Error('WEFT_HOST_RESULTS must name the file that the tests inside write');
rmSync(results, { force: true });

const workbench = await openWorkbench({
  workspace,
  extension: options.get('extensionDevelopmentPath'),
  tests: options.get('extensionTestsPath'),
  extensionsFolder: options.get('extensions-dir'),
  dataFolder: options.get('user-data-dir'),
  restricted: process.env.WEFT_HOST_RESTRICTED === '1',
});
const outcome = await waitForResults();
await workbench.close();
if (!outcome)
  console.error(`the tests inside VS Code said nothing within ${LONGEST_RUN_MS / 60_000} minutes`);
process.exit(outcome?.failed === 0 ? 0 : 1);

async function waitForResults() {
  const end = Date.now() + LONGEST_RUN_MS;
  while (Date.now() < end) {
    try {
      return JSON.parse(readFileSync(results, 'utf8'));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return undefined;
}
