// Makes the checkout ready: the npm side installed, dist/ built; each only when it is out of date.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pinnedNode, root } from './places.mjs';
import { chatter, must } from './run.mjs';

const stamps = path.join(root, '.cache', 'stamps');

function upToDate(name, key) {
  try {
    return readFileSync(path.join(stamps, name), 'utf8') === key;
  } catch {
    return false;
  }
}

function remember(name, key) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(path.join(stamps, name), key);
}

/** Installs exactly what the lock file names, when it has changed since the last time. */
export async function ensureInstalled() {
  const key = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (upToDate('install', key) && existsSync(pinnedNode)) return;
  console.error('Installing what package-lock.json names …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lock file made where the registry lacks other platforms' optional binaries.
  await must(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    ...chatter,
    shell: process.platform === 'win32',
  });
  remember('install', key);
}

const SOURCES = ['extension', 'server', 'webview', 'scripts/build.mjs', 'package.json', 'package-lock.json'];

/** Builds dist/ when a source is newer than the last build. */
export async function ensureBuilt() {
  const key = `${newest(SOURCES)}`;
  if (upToDate('build', key) && existsSync(path.join(root, 'dist/extension.cjs'))) return;
  console.error('Building …');
  await must(pinnedNode, ['scripts/build.mjs'], chatter);
  remember('build', key);
}

function newest(names) {
  let latest = 0;
  const visit = (file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    latest = Math.max(latest, stat.mtimeMs);
    if (stat.isDirectory()) for (const name of readdirSync(file)) visit(path.join(file, name));
  };
  for (const name of names) visit(path.join(root, name));
  return latest;
}
