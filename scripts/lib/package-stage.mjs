// The folder that becomes a VSIX: what runs and what a reader needs, and nothing of how it is made.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './places.mjs';
import { stageLadybug } from './package-ladybug.mjs';
import { thirdPartyNotices } from './package-notices.mjs';

const SHIPPED = [
  'dist/extension.cjs',
  'dist/server',
  'dist/webview',
  'media',
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'LICENSE',
];
const NOT_SHIPPED_FIELDS = [
  'bin',
  'dependencies',
  'devDependencies',
  'files',
  'optionalDependencies',
  'private',
  'scripts',
];

/** Fills `folder` for one target; `universal` has no native code. Returns the manifest. */
export function stage(folder, target) {
  for (const name of SHIPPED) {
    const from = path.join(root, name);
    if (!existsSync(from)) throw new Error(`${name} is missing; type: npm run build`);
    cpSync(from, path.join(folder, name), { recursive: true });
  }
  for (const picture of picturesOf(readFileSync(path.join(root, 'README.md'), 'utf8'))) {
    mkdirSync(path.dirname(path.join(folder, picture)), { recursive: true });
    cpSync(path.join(root, picture), path.join(folder, picture));
  }
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const field of NOT_SHIPPED_FIELDS) delete manifest[field];
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  // Everything staged is shipped; without this file vsce asks what to leave out.
  writeFileSync(path.join(folder, '.vscodeignore'), '');
  const beside = target === 'universal' ? [] : [stageLadybug(target, path.join(folder, 'dist/server'))];
  writeFileSync(path.join(folder, 'ThirdPartyNotices.txt'), thirdPartyNotices(beside));
  return manifest;
}

function picturesOf(markdown) {
  const targets = [...markdown.matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)].map(([, target]) => target);
  return targets.filter((target) => !/^[a-z]+:/i.test(target));
}
