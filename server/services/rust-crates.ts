import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import type { RustCrate } from '../link/module-resolution.ts';
import { MOST_BYTES } from '../workspace/discover.ts';
import { readRegularFile } from '../workspace/read-file.ts';

type Table = Record<string, unknown>;

interface Workspace {
  folder: string;
  /** What its members may take from it. */
  dependencies: Table;
  /** Packages that stand in for those of the registry. */
  patches: Table;
}

/** Where cargo finds the roots of targets that a Cargo.toml does not name. */
const USUAL_ROOT =
  /^(?:src\/(?:lib|main)\.rs|src\/bin\/[^/]+(?:\/main)?\.rs|(?:tests|examples|benches)\/[^/]+(?:\/main)?\.rs|build\.rs)$/;

/** The packages of the Cargo.toml files in some folders; what is broken in them is left out. */
export function rustCrates(root: string, folders: readonly string[], files: readonly string[]): RustCrate[] {
  const manifests = new Map<string, Table>();
  for (const folder of folders) {
    const manifest = manifestIn(root, folder);
    if (manifest) manifests.set(folder, manifest);
  }
  const folderOf = new Map([...manifests].map(([folder, own]) => [folder, nameOf(own)] as const));
  return [...manifests].flatMap(([folder, own]) => {
    const name = nameOf(own);
    if (name === undefined) return [];
    const library = libraryOf(own, name);
    const inside = files.filter((f) => isInside(folder, f) && f.endsWith('.rs'));
    const lib = join(folder, pathIn(own.lib) ?? 'src/lib.rs');
    const named = ['bin', 'test', 'example', 'bench'].flatMap((key) =>
      listOf(own[key]).map((target) => pathIn(target)),
    );
    const usual = inside.filter((f) => USUAL_ROOT.test(folder === '' ? f : f.slice(folder.length + 1)));
    const roots = [...named.flatMap((p) => (p === undefined ? [] : [join(folder, p)])), ...usual];
    const hasLibrary = inside.includes(lib);
    return {
      ...{ folder, name, library: hasLibrary ? library : undefined },
      roots: [...new Set([...(hasLibrary ? [lib] : []), ...roots])],
      dependencies: dependenciesOf(own, workspaceAround(manifests, folder), folder, folderOf),
    };
  });
}

function manifestIn(root: string, folder: string): Table | undefined {
  const file = path.join(root, folder, 'Cargo.toml');
  if (!existsSync(file)) return undefined;
  try {
    return parse(readRegularFile(file, MOST_BYTES).toString());
  } catch {
    return undefined;
  }
}

/** The dependencies that a workspace around a package names for its members. */
function workspaceAround(manifests: ReadonlyMap<string, Table>, folder: string): Workspace {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const own = manifests.get(at);
    const workspace = tableOf(own?.workspace);
    const patches = tableOf(tableOf(own?.patch)?.['crates-io']) ?? {};
    if (workspace) return { folder: at, dependencies: tableOf(workspace.dependencies) ?? {}, patches };
    if (at === '') return { folder: '', dependencies: {}, patches: {} };
  }
}

/** By the name that paths use: the package of each dependency, those of its targets and platforms included. */
function dependenciesOf(
  own: Table,
  workspace: Workspace,
  folder: string,
  nameIn: ReadonlyMap<string, string | undefined>,
): Record<string, string> {
  const found: Record<string, string> = {};
  const platforms = Object.values(tableOf(own.target) ?? {}).map((t) => tableOf(t) ?? {});
  for (const from of [own, ...platforms])
    for (const key of ['dependencies', 'dev-dependencies', 'build-dependencies'])
      for (const [name, written] of Object.entries(tableOf(from[key]) ?? {})) {
        const isInherited = tableOf(written)?.workspace === true;
        const value = tableOf(isInherited ? workspace.dependencies[name] : written);
        const base = isInherited ? workspace.folder : folder;
        const package_ = typeof value?.package === 'string' ? value.package : name;
        const patched = tableOf(workspace.patches[package_]);
        const at = value?.path ?? patched?.path;
        // What comes from a registry is not the package of that name that may stand here.
        const here =
          typeof at === 'string' ? nameIn.get(join(value?.path === at ? base : workspace.folder, at)) : '';
        found[name.replaceAll('-', '_')] = here ?? '';
      }
  return found;
}

function nameOf(own: Table): string | undefined {
  const name = tableOf(own.package)?.name;
  return typeof name === 'string' ? name : undefined;
}

function libraryOf(own: Table, name: string): string {
  const given = tableOf(own.lib)?.name;
  return (typeof given === 'string' ? given : name).replaceAll('-', '_');
}

const tableOf = (value: unknown): Table | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : undefined;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function pathIn(target: unknown): string | undefined {
  const at = tableOf(target)?.path;
  return typeof at === 'string' ? at : undefined;
}

const isInside = (folder: string, file: string) => folder === '' || file.startsWith(`${folder}/`);

function join(folder: string, rest: string): string {
  const at = path.posix.join(folder, rest);
  return at === '.' ? '' : at.replace(/\/$/, '');
}
