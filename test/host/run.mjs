// Runs test/host/suite inside real VS Codes through @vscode/test-electron, and prints what the tests said.
//   node test/host/run.mjs [NAME]      only the tests whose name contains NAME
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { environment, root } from '../../scripts/lib/places.mjs';
import { tellCounts } from '../../scripts/lib/test-counts.mjs';
import { launcherTests } from './launcher-tests.mjs';

const name = process.argv[2] ?? '';
/** The desktop build where it can be had (WEFT_VSCODE names a version such as "stable"), else the served one. */
const desktop = process.env.WEFT_VSCODE;
const launcher = path.join(root, 'test/host/vscode-in-browser.mjs');

/** Each suite has a window of its own; see suite/index.ts. */
const WINDOWS = [{ suite: 'trusted' }, { suite: 'restricted', restricted: true }];

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

async function runWindow({ suite, restricted = false }) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'weft-host-'));
  const workspace = path.join(home, 'ws');
  mkdirSync(workspace);
  cpSync(path.join(root, 'test/fixtures/host-workspace'), workspace, { recursive: true });
  const results = path.join(home, 'results.json');
  let problem;
  try {
    const code = await runTests({
      ...(desktop ? { version: desktop } : { vscodeExecutablePath: launcher }),
      extensionDevelopmentPath: root,
      extensionTestsPath: bundled,
      extensionTestsEnv: environment({
        WEFT_HOST_RESULTS: results,
        WEFT_HOST_SUITE: suite,
        WEFT_HOST_FILTER: name,
        WEFT_HOST_RESTRICTED: restricted ? '1' : '',
        WEFT_STATE_FOLDER: path.join(home, 'state'),
      }),
      launchArgs: [workspace],
    });
    if (code !== 0) problem = `VS Code ended with exit code ${code}`;
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const told = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')).tests : undefined;
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  const tests = told ?? [{ name: `the window "${suite}"`, ms: 0, error: problem ?? 'it said nothing' }];
  // A window that broke after its last test passed is a failure too; one that a failing test ended is told by that.
  if (told && problem && !told.some(({ error }) => error))
    tests.push({ name: `the window "${suite}" ends well`, ms: 0, error: problem });
  return tests;
}

const told = [];
function show({ name: test, ms, error, skipped }) {
  console.log(`  ${error ? '✗' : skipped ? '-' : '✓'} ${test} (${skipped ?? `${(ms / 1000).toFixed(1)} s`})`);
  if (error) console.log(error.replaceAll(/^/gm, '      '));
  told.push({ error, skipped });
}

for (const window of WINDOWS) {
  if (desktop && window.restricted) {
    // @vscode/test-electron always gives --disable-workspace-trust to the desktop build.
    show({
      name: `the window "${window.suite}"`,
      ms: 0,
      skipped: 'the desktop test build has no Restricted Mode',
    });
    continue;
  }
  for (const test of await runWindow(window)) show(test);
}
for (const { name: test, run } of launcherTests.filter((t) => t.name.includes(name))) {
  const start = Date.now();
  const error = await run().then(
    () => undefined,
    (thrown) => String(thrown?.stack ?? thrown),
  );
  show({ name: test, ms: Date.now() - start, error });
}

const count = (wanted) => told.filter(wanted).length;
const failed = count(({ error }) => error !== undefined);
const skipped = count((test) => test.skipped !== undefined);
const passed = told.length - failed - skipped;
if (told.length === 0) console.log(`no host test has "${name}" in its name`);
tellCounts({ passed, failed, skipped });
console.log(`host: ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
