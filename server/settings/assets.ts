import path from 'node:path';
import assets from './assets.json' with { type: 'json' };

/**
 * Files that the server loads by path at run time: grammars, worker entry points, programs injected into
 * test runners. `assets.json` is the one list; the build copies `files` and bundles `entries` from it.
 */
const fromSource = import.meta.filename.endsWith('.ts');
const root = path.resolve(import.meta.dirname, '../..');

/** A file named in `assets.json`. */
export type AssetName = keyof typeof assets.files;

/** Absolute path of a file named in `assets.json`, in a checkout as in a package. */
export function assetPath(name: AssetName): string {
  return fromSource ? path.join(root, assets.files[name]) : path.join(import.meta.dirname, 'assets', name);
}

/** Absolute path of a worker or child-process entry point, fit for `new Worker` and `fork`. */
export function entryPath(name: keyof typeof assets.entries): string {
  return fromSource ? path.join(root, assets.entries[name]) : path.join(import.meta.dirname, `${name}.mjs`);
}
