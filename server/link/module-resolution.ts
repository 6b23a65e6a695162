import path from 'node:path';

/** Finds the workspace file that an import specifier means, or undefined when it is outside. */
export type ModuleResolver = (from: string, specifier: string) => string | undefined;

/** `compilerOptions` of a tsconfig or jsconfig that decide where a bare specifier points, `extends` followed. */
export interface PathMapping {
  /** The folder whose files it holds for, relative to the workspace root; '' for the root. */
  folder: string;
  /** Folder that targets are relative to, relative to the workspace root. */
  base: string;
  paths: Record<string, string[]>;
  /** True where a bare specifier may be a path from `base` (`baseUrl` is set). */
  hasBaseUrl: boolean;
}

/** A package.json of the workspace. Entry points are as written: what they name is often built and not there. */
export interface WorkspacePackage {
  /** Relative to the workspace root; '' for the root. */
  folder: string;
  name: string;
  /** `main`, `module`, `types`, `source`. */
  entries: string[];
  /** `exports` and `imports`: subpath pattern → targets of all conditions, in order. */
  exports: Record<string, string[]>;
  imports: Record<string, string[]>;
}

/** What a workspace's settings say about its modules. */
export interface WorkspaceModules {
  mappings?: readonly PathMapping[];
  packages?: readonly WorkspacePackage[];
  goModules?: readonly GoModule[];
  rustCrates?: readonly RustCrate[];
}

/** A package of a Cargo.toml. */
export interface RustCrate {
  /** Relative to the workspace root; '' for the root. */
  folder: string;
  /** The name of the package, by which others depend on it. */
  name: string;
  /** The name of its library as paths spell it; undefined where it has none. */
  library: string | undefined;
  /** Root files of its targets, relative to the workspace root; the library's first, where there is one. */
  roots: readonly string[];
  /** By the name that paths use: the package of the workspace that it is; '' for one from elsewhere. */
  dependencies: Readonly<Record<string, string>>;
}

/** A go.mod of the workspace: the import path of its folder. */
export interface GoModule {
  /** Relative to the workspace root; '' for the root. */
  folder: string;
  path: string;
}

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const SCRIPT_OF: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
const BUILT_FOLDER =
  /^(?:dist|lib|build|out|esm|cjs|es|output)(?:\/(?:esm|cjs|es|types|src|node|browser))?\//;

/** ES modules and CommonJS in a workspace of these files. */
export function ecmascriptResolver(
  files: ReadonlySet<string>,
  modules: WorkspaceModules = {},
): ModuleResolver {
  const { mappings = [], packages = [] } = modules;
  const fileFor = fileFinder(files);
  const mappingOf = nearest(mappings);
  const packageOf = nearest(packages);
  const byName = new Map(packages.map((p) => [p.name, p]));
  const inPackage = (own: WorkspacePackage, targets: readonly string[]) =>
    firstOf(targets, (target) => sourceOf(own.folder, target, fileFor));

  return (from, specifier) => {
    const folder = path.posix.dirname(from);
    if (specifier.startsWith('.')) return fileFor(path.posix.join(folder, specifier));
    if (specifier.startsWith('#')) {
      const own = packageOf(folder);
      return own && inPackage(own, matching(own.imports, specifier));
    }
    const mapping = mappingOf(folder);
    const mapped = mapping && firstOf(mappedTargets(specifier, mapping), fileFor);
    if (mapped !== undefined) return mapped;
    const [name, rest] = packageName(specifier);
    const target = byName.get(name);
    if (!target) return undefined;
    const exported = matching(target.exports, rest === '' ? '.' : `./${rest}`);
    const found = inPackage(target, exported);
    if (found !== undefined) return found;
    if (rest !== '') return sourceOf(target.folder, rest, fileFor);
    return inPackage(target, [...target.entries, 'src/index', 'index', 'src/main', 'lib/index']);
  };
}

function fileFinder(files: ReadonlySet<string>) {
  return (stem: string): string | undefined => {
    const at = path.posix.normalize(stem);
    const extension = path.posix.extname(at);
    for (const script of SCRIPT_OF[extension] ?? []) {
      const source = at.slice(0, -extension.length) + script;
      if (files.has(source)) return source;
    }
    for (const ending of ENDINGS) if (files.has(at + ending)) return at + ending;
    const index = at === '.' || at === '' ? 'index' : `${at}/index`;
    for (const ending of ENDINGS.slice(1)) if (files.has(index + ending)) return index + ending;
    return undefined;
  };
}

/** The one whose folder is the innermost around a folder. */
function nearest<T extends { folder: string }>(all: readonly T[]) {
  const byFolder = new Map(all.map((one) => [one.folder, one]));
  return (folder: string): T | undefined => {
    for (let at = folder === '.' ? '' : folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const found = byFolder.get(at);
      if (found || at === '') return found;
    }
  };
}

function firstOf<T>(items: readonly string[], find: (item: string) => T | undefined): T | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `@scope/name/rest` and `name/rest`. */
function packageName(specifier: string): [name: string, rest: string] {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  return [parts.slice(0, count).join('/'), parts.slice(count).join('/')];
}

/** Targets of the entry that a subpath matches, `*` filled in; the longest pattern wins. */
function matching(entries: Record<string, string[]>, subpath: string): string[] {
  const exact = entries[subpath];
  if (exact) return exact;
  const patterns = Object.keys(entries).filter((p) => p.includes('*'));
  patterns.sort((a, b) => b.indexOf('*') - a.indexOf('*'));
  for (const pattern of patterns) {
    const star = starOf(pattern, subpath);
    if (star !== undefined) return entries[pattern]!.map((target) => target.replaceAll('*', star));
  }
  return [];
}

function starOf(pattern: string, text: string): string | undefined {
  const [before = '', after = ''] = pattern.split('*');
  if (!text.startsWith(before) || !text.endsWith(after) || text.length < before.length + after.length)
    return undefined;
  return text.slice(before.length, text.length - after.length);
}

/** A package's file as it is named, else the source that it would be built from. */
function sourceOf(
  folder: string,
  target: string,
  fileFor: (stem: string) => string | undefined,
): string | undefined {
  const plain = target.replace(/^\.\//, '');
  const at = (relative: string) => fileFor(path.posix.join(folder, relative));
  const direct = at(plain) ?? at(`src/${plain}`);
  if (direct !== undefined || !BUILT_FOLDER.test(plain)) return direct;
  const inside = plain.replace(BUILT_FOLDER, '');
  const bare = inside
    .replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '')
    .replace(/\.(?:prod|min|cjs|esm|development)$/, '');
  return at(`src/${inside}`) ?? at(`src/${bare}`) ?? at(inside) ?? at(bare);
}

function mappedTargets(specifier: string, mapping: PathMapping): string[] {
  const targets = Object.entries(mapping.paths).flatMap(([pattern, places]) => {
    if (!pattern.includes('*')) return pattern === specifier ? places : [];
    const star = starOf(pattern, specifier);
    return star === undefined ? [] : places.map((place) => place.replace('*', star));
  });
  return [...targets, ...(mapping.hasBaseUrl ? [specifier] : [])].map((target) =>
    path.posix.join(mapping.base, target),
  );
}
