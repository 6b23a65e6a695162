// npm test [-- PART...]: everything, or some of check, unit, contract, faults, host, package, e2e.
// What is missing on the machine is skipped with one line to type; WEFT_REQUIRE=all installs it (as root on
// Debian) and turns each skip into a failure.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { pinnedNode, root, vscodeServerMain } from './lib/places.mjs';
import { must, run } from './lib/run.mjs';

const required = process.env.WEFT_REQUIRE === 'all';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const vitest = (...where) => [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...where];

/** Each part: the command it runs and what it needs beyond the npm side. */
const PARTS = {
  check: { run: () => run(npm, ['run', '--silent', 'check']) },
  unit: { run: () => run(pinnedNode, vitest()) },
  contract: {
    at: 'test/contract',
    run: () => run(pinnedNode, vitest('--config', 'test/vitest.config.ts', 'test/contract')),
  },
  faults: {
    at: 'test/faults',
    run: () => run(pinnedNode, vitest('--config', 'test/vitest.config.ts', 'test/faults')),
  },
  host: { needs: vscode, run: (names) => run(pinnedNode, ['test/host/run.mjs', ...names]) },
  package: {
    at: 'test/package',
    needs: vscode,
    run: (names) => run(pinnedNode, ['test/package/run.mjs', ...names]),
  },
  e2e: { at: 'test/e2e', needs: vscode, run: (names) => run(pinnedNode, ['test/e2e/run.mjs', ...names]) },
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

const told = [];
for (const name of chosen.length > 0 ? chosen : Object.keys(PARTS)) {
  const part = PARTS[name];
  if (part.at && !existsSync(path.join(root, part.at))) continue;
  const start = Date.now();
  const missing = part.needs?.();
  let outcome;
  if (missing && !required) outcome = `skipped: ${missing}`;
  else if (missing) outcome = `failed: ${missing}`;
  else outcome = (await part.run(names)) === 0 ? 'passed' : 'failed';
  told.push({ name, outcome, seconds: (Date.now() - start) / 1000 });
}

console.log('');
for (const { name, outcome, seconds } of told)
  console.log(`${name.padEnd(9)} ${outcome}  ${seconds.toFixed(0)} s`);
const count = (word) => told.filter((t) => t.outcome.startsWith(word)).length;
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
process.exit(count('failed') > 0 || count('passed') === 0 ? 1 : 0);
