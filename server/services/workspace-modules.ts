import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { MOST_BYTES } from '../workspace/discover.ts';
import { readRegularFile } from '../workspace/read-file.ts';
import { rustCrates } from './rust-crates.ts';
import type { GoModule, PathMapping, WorkspaceModules, WorkspacePackage } from '../link/module-resolution.ts';

const CONFIGS = ['tsconfig.json', 'jsconfig.json'];
const MOST_EXTENDED = 10;

interface Config {
  extends?: unknown;
  references?: unknown;
  compilerOptions?: { baseUrl?: unknown; paths?: unknown };
}

/** Reads the package.json, tsconfig, go.mod and Cargo.toml files beside and above a workspace's sources. What is broken in them is left out. */
export function readWorkspaceModules(root: string, files: Iterable<string>): WorkspaceModules {
  const mappings: PathMapping[] = [];
  const packages: WorkspacePackage[] = [];
  const goModules: GoModule[] = [];
  const all = [...files];
  for (const folder of foldersOf(all, /\.go$/)) {
    const own = goModuleIn(root, folder);
    if (own) goModules.push(own);
  }
  for (const folder of foldersOf(all, /\.[cm]?[jt]sx?$/)) {
    const mapping = mappingIn(root, folder);
    if (mapping) mappings.push(mapping);
    const own = packageIn(root, folder);
    if (own) packages.push(own);
  }
  return { mappings, packages, goModules, rustCrates: rustCrates(root, foldersOf(all, /\.rs$/), all) };
}

function foldersOf(files: readonly string[], source: RegExp): string[] {
  const folders = new Set(['']);
  for (const file of files) {
    if (!source.test(file)) continue;
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return [...folders].sort();
}

function goModuleIn(root: string, folder: string): GoModule | undefined {
  const file = path.join(root, folder, 'go.mod');
  if (!existsSync(file)) return undefined;
  try {
    const text = readRegularFile(file, MOST_BYTES).toString();
    const found = /^\s*module\s+(?:"([^"\n]+)"|(\S+))/m.exec(text);
    const name = found?.[1] ?? found?.[2];
    return name === undefined ? undefined : { folder, path: name };
  } catch {
    return undefined;
  }
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return parse(readRegularFile(file, MOST_BYTES).toString(), [], { allowTrailingComma: true });
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mappingIn(root: string, folder: string): PathMapping | undefined {
  for (const name of CONFIGS) {
    const found = pathsOf(root, path.posix.join(folder, name), 0);
    if (found) return { folder, ...found };
  }
  return undefined;
}

/** `baseUrl` and `paths` of a config, else of what it extends, else of the projects it refers to. */
function pathsOf(root: string, file: string, depth: number): Omit<PathMapping, 'folder'> | undefined {
  const config = readJson(path.join(root, file));
  if (!isObject(config) || depth > MOST_EXTENDED) return undefined;
  const { compilerOptions, extends: base, references } = config as Config;
  const folder = path.posix.dirname(file);
  const { baseUrl, paths } = isObject(compilerOptions) ? compilerOptions : {};
  if (typeof baseUrl === 'string' || isObject(paths))
    return {
      base: path.posix.join(folder, typeof baseUrl === 'string' ? baseUrl : '.'),
      paths: targetsOf(paths),
      hasBaseUrl: typeof baseUrl === 'string',
    };
  const more = [
    ...[base]
      .flat()
      .map((from) => (typeof from === 'string' && from.startsWith('.') ? asConfig(from) : undefined)),
    ...[references]
      .flat()
      .map((to) =>
        isObject(to) && typeof to.path === 'string' && /\.json$/.test(to.path) ? to.path : undefined,
      ),
  ];
  for (const next of more) {
    const found = next === undefined ? undefined : pathsOf(root, path.posix.join(folder, next), depth + 1);
    if (found) return found;
  }
  return undefined;
}

const asConfig = (from: string) => (from.endsWith('.json') ? from : `${from}.json`);

function targetsOf(paths: unknown): Record<string, string[]> {
  if (!isObject(paths)) return {};
  return Object.fromEntries(
    Object.entries(paths).map(([pattern, targets]) => [
      pattern,
      [targets].flat().filter((target) => typeof target === 'string'),
    ]),
  );
}

function packageIn(root: string, folder: string): WorkspacePackage | undefined {
  const own = readJson(path.join(root, folder, 'package.json'));
  if (!isObject(own)) return undefined;
  const entries = ['source', 'types', 'typings', 'module', 'main'].map((field) => own[field]);
  return {
    folder,
    name: typeof own.name === 'string' ? own.name : '',
    entries: entries.filter((entry) => typeof entry === 'string'),
    exports: conditionsOf(own.exports, '.'),
    imports: conditionsOf(own.imports, '#'),
  };
}

/** Every target of each subpath, whatever its condition, in the order written. */
function conditionsOf(value: unknown, mark: string): Record<string, string[]> {
  if (value === undefined) return {};
  const isMap = isObject(value) && Object.keys(value).some((key) => key.startsWith(mark));
  const entries = isMap ? Object.entries(value) : [['.', value] as const];
  return Object.fromEntries(entries.map(([subpath, targets]) => [subpath, stringsIn(targets, 0)]));
}

function stringsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth > MOST_EXTENDED) return [];
  if (Array.isArray(value)) return value.flatMap((item) => stringsIn(item, depth + 1));
  return isObject(value) ? Object.values(value).flatMap((item) => stringsIn(item, depth + 1)) : [];
}
