// How long `activate` takes in a real extension host: a fresh VS Code for each run.
//   npm run bench -- activate [--runs N]
import { build } from 'esbuild';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root, vscodeServerMain } from '../../scripts/lib/places.mjs';
import { ensureBuilt } from '../../scripts/lib/ready.mjs';
import { median, printTable } from '../../server/bench/report.ts';
import { openWorkbench } from './workbench.mjs';

const LONGEST_RUN_MS = 120_000;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
if (!existsSync(vscodeServerMain)) throw new Error('no VS Code server; type: npm run setup');
await ensureBuilt();
const probe = path.join(root, '.cache/host/activation-probe.cjs');
await build({
  entryPoints: [path.join(root, 'test/host/activation-probe.ts')],
  outfile: probe,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  logLevel: 'warning',
});

const told = [];
for (let run = 1; run <= Number(values.runs); run++) told.push(await activateOnce());

const shown = (ms) => ms.toFixed(1);
printTable(
  ['run', 'activate ms', 'with loading ms', 'load'],
  told.map(({ activateMs, withLoadingMs, load }, i) => [
    `${i + 1}`,
    shown(activateMs),
    shown(withLoadingMs),
    shown(load),
  ]),
);
const middle = (name) => shown(median(told.map((one) => one[name])));
const kilobytes = statSync(path.join(root, 'dist/extension.cjs')).size / 1000;
console.log(`activate: median ${middle('activateMs')} ms (target ≤ 50 ms)`);
console.log(`loading the bundle and activate: median ${middle('withLoadingMs')} ms`);
console.log(`extension.cjs: ${kilobytes.toFixed(0)} kB (target ≤ 300 kB)`);

async function activateOnce() {
  const home = mkdtempSync(path.join(os.tmpdir(), 'weft-activate-'));
  const results = path.join(home, 'results.json');
  const workspace = path.join(home, 'sample');
  cpSync(path.join(root, 'test/fixtures/sample'), workspace, { recursive: true });
  process.env.WEFT_HOST_RESULTS = results;
  process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
  const workbench = await openWorkbench({ workspace, extension: root, tests: probe });
  try {
    return { ...(await whenWritten(results)), load: os.loadavg()[0] };
  } finally {
    await workbench.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function whenWritten(file) {
  const end = Date.now() + LONGEST_RUN_MS;
  while (!existsSync(file)) {
    if (Date.now() > end) throw new Error(`VS Code said nothing within ${LONGEST_RUN_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
