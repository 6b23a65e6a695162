// npm test [-- PART...]: everything, or some of check, unit, contract, faults, host, package, e2e.
// What is missing on the machine is skipped with one line to type; WEFT_REQUIRE=all installs it (as root on
// Debian) and turns each skip into a failure.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { pinnedNode, root, vscodeServerMain } from './lib/places.mjs';
import { must, run } from './lib/run.mjs';
import { countsOf, countWords, readCounts } from './lib/test-counts.mjs';

const required = process.env.WEFT_REQUIRE === 'all';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const countsFile = (part) => path.join(root, '.cache/test-counts', `${part}.json`);

/** A part of vitest's; a name given narrows it to the files whose path contains it. */
function vitest(part, ...options) {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${countsFile(part)}`];
  const vitestMain = path.join(root, 'node_modules/vitest/vitest.mjs');
  return (names) => run(pinnedNode, [vitestMain, 'run', ...options, ...report, ...names]);
}

/** A part with a program of its own, which says its counts. */
function program(part, file) {
  return (names) => run(pinnedNode, [file, ...names], { env: { WEFT_TEST_COUNTS: countsFile(part) } });
}

const apart = (folder) => ['--config', 'test/vitest.config.ts', '--dir', folder];

/** Each part: the command it runs and what it needs beyond the npm side. */
const PARTS = {
  check: { run: () => run(npm, ['run', '--silent', 'check']) },
  unit: { run: vitest('unit') },
  contract: { run: vitest('contract', ...apart('test/contract')) },
  faults: { run: vitest('faults', ...apart('test/faults')) },
  host: { needs: vscode, run: program('host', 'test/host/run.mjs') },
  package: { needs: vscode, run: program('package', 'test/package/run.mjs') },
  e2e: { needs: vscode, run: program('e2e', 'test/e2e/run.mjs') },
};

function vscode() {
  if (!existsSync(vscodeServerMain)) return 'no VS Code server; type: npm run setup';
  if (!existsSync(process.env.WEFT_CHROMIUM ?? '/usr/bin/chromium'))
    return 'no Chromium; type: npm run setup';
  return undefined;
}

const words = process.argv.slice(2);
const chosen = words.filter((w) => Object.hasOwn(PARTS, w));
const names = words.filter((w) => !Object.hasOwn(PARTS, w));
if (names.length > 0 && chosen.length !== 1) {
  console.error(`npm test: "${names[0]}" is no part; give some of ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}

await ensureInstalled();
if (required) await must(pinnedNode, ['scripts/setup.mjs']);
await ensureBuilt();

// Ctrl-C ends the part that runs, which cleans up after itself, and no other part begins.
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (interrupted = true));

const told = [];
for (const name of chosen.length > 0 ? chosen : Object.keys(PARTS)) {
  const part = PARTS[name];
  const start = Date.now();
  rmSync(countsFile(name), { force: true });
  const why = part.needs?.();
  let outcome;
  if (why === undefined) outcome = (await part.run(names)) === 0 ? 'passed' : 'failed';
  else outcome = required ? 'failed' : 'skipped';
  if (interrupted) process.exit(130);
  const counts = readCounts(countsFile(name));
  told.push({ name, outcome, why, counts, seconds: (Date.now() - start) / 1000 });
}

console.log('');
for (const { name, outcome, why, counts, seconds } of told) {
  const more = why ?? (counts ? countWords(counts) : '');
  console.log(`${name.padEnd(9)} ${outcome}  ${seconds.toFixed(0).padStart(4)} s  ${more}`.trimEnd());
}
const all = told.map(countsOf);
const sum = (what) => all.reduce((total, counts) => total + counts[what], 0);
console.log(countWords({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }));
process.exit(sum('failed') > 0 || !told.some(({ outcome }) => outcome === 'passed') ? 1 : 0);
