// Makes the VSIX of each target named on the command line; a target that cannot be made is one line and exit 1.
import { createVSIX } from '@vscode/vsce';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stage } from './package-stage.mjs';
import { root } from './places.mjs';

async function pack(target) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'weft-package-'));
  const packagePath = path.join(root, '.cache/packages', `weft-${target}.vsix`);
  try {
    const manifest = stage(folder, target);
    mkdirSync(path.dirname(packagePath), { recursive: true });
    await createVSIX({
      cwd: folder,
      packagePath,
      target: target === 'universal' ? undefined : target,
      dependencies: false,
      allowMissingRepository: manifest.repository === undefined,
      rewriteRelativeLinks: manifest.repository !== undefined,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const megabytes = (statSync(packagePath).size / 1e6).toFixed(1);
  return `${target.padEnd(13)} ${megabytes} MB  ${path.relative(root, packagePath)}`;
}

const made = [];
for (const target of process.argv.slice(2)) {
  try {
    made.push(await pack(target));
  } catch (error) {
    console.error(`npm run package: ${target}: ${error.message}`);
    process.exitCode = 1;
  }
}
if (made.length > 0) console.log(made.join('\n'));
