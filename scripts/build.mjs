// Builds dist/: the extension (CommonJS), the server's entry points (ES modules) and the webview.
//   node scripts/build.mjs [extension|server|webview]... [--watch]
import { build as esbuild, context } from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inputsOfEsbuild, inputsOfVite, rememberInputs } from './lib/bundle-inputs.mjs';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
const args = process.argv.slice(2);
const watch = args.includes('--watch');
const wanted = args.filter((a) => !a.startsWith('--'));
const does = (part) => wanted.length === 0 || wanted.includes(part);
const assets = JSON.parse(readFileSync('server/settings/assets.json', 'utf8'));
const version = JSON.parse(readFileSync('package.json', 'utf8')).version;

const common = {
  bundle: true,
  platform: 'node',
  // CommonJS builds that look for their parts at run time cannot be bundled.
  mainFields: ['module', 'main'],
  target: 'node20',
  minify: true,
  sourcemap: false,
  logLevel: 'warning',
  define: {
    'process.env.WEFT_VERSION': JSON.stringify(version),
    'process.env.WEFT_BUILD': JSON.stringify(digestOf('server')),
  },
  legalComments: 'none',
  metafile: true,
};

/** What the server derives is as old as its sources. */
function digestOf(folder) {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true }).sort())
    if (/(?<!\.test)\.(ts|scm|json)$/.test(name))
      hash.update(`${name}\0`).update(readFileSync(path.join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

async function run(part, options) {
  if (!watch) return rememberInputs(part, inputsOfEsbuild(await esbuild(options)));
  const made = await context(options);
  await made.watch();
}

if (does('extension')) {
  await run('extension', {
    ...common,
    entryPoints: { extension: 'extension/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['vscode'],
  });
}

if (does('server')) {
  rmSync('dist/server', { recursive: true, force: true });
  await run('server', {
    ...common,
    entryPoints: Object.fromEntries(Object.entries(assets.entries)),
    outdir: 'dist/server',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    external: ['@ladybugdb/core', '@parcel/watcher'],
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
    },
  });
  for (const [name, from] of Object.entries(assets.files)) {
    const to = path.join('dist/server/assets', name);
    mkdirSync(path.dirname(to), { recursive: true });
    cpSync(from, to, { recursive: true });
  }
}

if (does('webview') && existsSync('webview/vite.config.ts')) {
  const vite = await import('vite');
  const built = await vite.build({ configFile: 'webview/vite.config.ts', logLevel: 'warn' });
  rememberInputs('webview', inputsOfVite(built));
}
