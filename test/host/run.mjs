// Runs test/host/suite inside a real VS Code through @vscode/test-electron, and prints what the tests said.
//   node test/host/run.mjs [NAME]      only the tests whose name contains NAME
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { environment, root } from '../../scripts/lib/places.mjs';
import { tellCounts } from '../../scripts/lib/test-counts.mjs';

const bundled = path.join(root, '.cache', 'host', 'suite.cjs');
await build({
  entryPoints: [path.join(root, 'test/host/suite/index.ts')],
  outfile: bundled,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  logLevel: 'warning',
});

const home = mkdtempSync(path.join(os.tmpdir(), 'weft-host-'));
const workspace = path.join(home, 'ws');
mkdirSync(workspace);
cpSync(path.join(root, 'test/fixtures/host-workspace'), workspace, { recursive: true });
const results = path.join(home, 'results.json');
const extensionTestsEnv = environment({
  WEFT_HOST_RESULTS: results,
  WEFT_HOST_FILTER: process.argv[2] ?? '',
  WEFT_STATE_FOLDER: path.join(home, 'state'),
});

let code = 1;
try {
  code = await runTests({
    // The desktop build where it can be had (WEFT_VSCODE names a version such as "stable"), else the served one.
    ...(process.env.WEFT_VSCODE
      ? { version: process.env.WEFT_VSCODE }
      : { vscodeExecutablePath: path.join(root, 'test/host/vscode-in-browser.mjs') }),
    extensionDevelopmentPath: root,
    extensionTestsPath: bundled,
    extensionTestsEnv,
    launchArgs: [workspace],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
const outcome = existsSync(results)
  ? JSON.parse(readFileSync(results, 'utf8'))
  : { passed: 0, failed: 1, tests: [] };
for (const test of outcome.tests) {
  console.log(`  ${test.error ? '✗' : '✓'} ${test.name} (${(test.ms / 1000).toFixed(1)} s)`);
  if (test.error) console.log(test.error.replaceAll(/^/gm, '      '));
}
tellCounts(outcome);
console.log(`host: ${outcome.passed} passed, ${outcome.failed} failed`);
rmSync(home, { recursive: true, force: true, maxRetries: 5 });
process.exit(code === 0 && outcome.failed === 0 ? 0 : 1);
