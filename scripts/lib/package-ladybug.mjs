// LadybugDB for one target: its JavaScript and one native file, none of what it is built with.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { cache, environment, root } from './places.mjs';

const SHIPPED = [
  'index.js',
  'index.mjs',
  'connection.js',
  'database.js',
  'lbug_native.js',
  'prepared_statement.js',
  'query_result.js',
  'lbugjs.node',
  'LICENSE',
];

/** Puts it where the server's processes resolve it from; returns the folder. */
export function stageLadybug(target, serverFolder) {
  const version = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).optionalDependencies[
    '@ladybugdb/core'
  ];
  const from = installed(target, version) ?? fetched(target, version);
  const to = path.join(serverFolder, 'node_modules/@ladybugdb/core');
  mkdirSync(to, { recursive: true });
  for (const file of SHIPPED) copyFileSync(path.join(from, file), path.join(to, file));
  const manifest = {
    name: '@ladybugdb/core',
    version,
    license: 'MIT',
    type: 'commonjs',
    main: 'index.js',
    exports: { '.': { require: './index.js', import: './index.mjs' } },
  };
  writeFileSync(path.join(to, 'package.json'), JSON.stringify(manifest, undefined, 2));
  return to;
}

function installed(target, version) {
  const folder = path.join(root, `node_modules/@ladybugdb/core-${target}`);
  try {
    const found = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
    return found === version ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Another platform's package, from the registry once and from the cache folder afterwards. */
function fetched(target, version) {
  const spec = `@ladybugdb/core-${target}@${version}`;
  const kept = path.join(cache, `ladybugdb-${version}-${target}`);
  if (existsSync(kept)) return path.join(kept, 'package');
  mkdirSync(cache, { recursive: true });
  const aside = mkdtempSync(path.join(cache, 'fetching-'));
  try {
    const options = { cwd: aside, env: environment(), encoding: 'utf8', shell: process.platform === 'win32' };
    const packed = spawnSync('npm', ['pack', '--silent', spec], options);
    if (packed.status !== 0)
      throw new Error(`${spec} cannot be had from the npm registry, so there is no package for ${target}`);
    const tarball = packed.stdout.trim().split('\n').at(-1);
    if (spawnSync('tar', ['-xzf', tarball], options).status !== 0)
      throw new Error(`${spec}: its archive cannot be unpacked`);
    rmSync(path.join(aside, tarball));
    renameSync(aside, kept);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return path.join(kept, 'package');
}
