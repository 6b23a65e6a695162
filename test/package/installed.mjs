// VSIX files in a clean VS Code: installing one, and running tests inside with what was installed.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { environment, pinnedNode, root, vscodeServerMain } from '../../scripts/lib/places.mjs';
import { openWorkbench } from '../host/workbench.mjs';

const LONGEST_RUN_MS = 4 * 60_000;

/** Runs a program to its end and returns what it said; output is kept apart. */
export function output(program, args, options = {}) {
  const { env, ...rest } = options;
  const limits = { timeout: LONGEST_RUN_MS, killSignal: 'SIGKILL', maxBuffer: 64e6, encoding: 'utf8' };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...limits,
    env: environment(env),
    ...rest,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

export function succeeded(program, args, options) {
  const { status, stdout, stderr } = output(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Installs a VSIX into `home` through VS Code's own server; returns the folder of the unpacked extension. */
export function install(vsix, home) {
  const extensions = path.join(home, 'extensions');
  succeeded(pinnedNode, [
    vscodeServerMain,
    `--install-extension=${vsix}`,
    `--extensions-dir=${extensions}`,
    `--server-data-dir=${path.join(home, 'data')}`,
    '--accept-server-license-terms',
    '--disable-telemetry',
  ]);
  const found = readdirSync(extensions).filter((name) => name.startsWith('weft.weft-'));
  if (found.length !== 1) throw new Error(`installed as ${found.join(', ') || 'nothing'}`);
  return path.join(extensions, found[0]);
}

/** Runs `inside.ts` in a VS Code that has only what `install` put into `home`. */
export async function runInside({ home, workspace }) {
  const tests = path.join(home, 'tests');
  mkdirSync(tests, { recursive: true });
  await build({
    entryPoints: [path.join(root, 'test/package/inside.ts')],
    outfile: path.join(tests, 'inside.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  // VS Code runs a tests module only beside an extension under development: an empty one.
  const manifest = { name: 'package-test', publisher: 'weft', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(path.join(tests, 'package.json'), JSON.stringify(manifest));

  const results = path.join(home, 'results.json');
  process.env.WEFT_HOST_RESULTS = results;
  process.env.WEFT_INSTALLED_IN = path.join(home, 'extensions');
  const workbench = await openWorkbench({
    workspace,
    extension: tests,
    tests: path.join(tests, 'inside.cjs'),
    extensionsFolder: path.join(home, 'extensions'),
  });
  try {
    const { error } = await whenWritten(results);
    if (error) throw new Error(error);
  } finally {
    await workbench.close();
  }
}

async function whenWritten(file) {
  const end = Date.now() + LONGEST_RUN_MS;
  while (Date.now() < end) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`the tests inside VS Code said nothing within ${LONGEST_RUN_MS / 60_000} minutes`);
}
