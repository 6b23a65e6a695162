import path from 'node:path';

/** Finds the workspace file that an import specifier means, or undefined when it is outside. */
export type ModuleResolver = (from: string, specifier: string) => string | undefined;

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const SCRIPT_OF: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.d.ts'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** `compilerOptions` of a tsconfig that decide where a bare specifier points. */
export interface PathMapping {
  /** Folder that targets are relative to, relative to the workspace root. */
  base: string;
  paths: Record<string, string[]>;
}

/** ES modules and CommonJS in a workspace of these files. */
export function ecmascriptResolver(files: ReadonlySet<string>, mapping?: PathMapping): ModuleResolver {
  const fileFor = (stem: string): string | undefined => {
    const at = path.posix.normalize(stem);
    const extension = path.posix.extname(at);
    for (const script of SCRIPT_OF[extension] ?? []) {
      const source = at.slice(0, -extension.length) + script;
      if (files.has(source)) return source;
    }
    for (const ending of ENDINGS) if (files.has(at + ending)) return at + ending;
    for (const ending of ENDINGS.slice(1))
      if (files.has(`${at}/index${ending}`)) return `${at}/index${ending}`;
    return undefined;
  };
  return (from, specifier) => {
    if (specifier.startsWith('.')) return fileFor(path.posix.join(path.posix.dirname(from), specifier));
    for (const target of mappedTargets(specifier, mapping)) {
      const file = fileFor(target);
      if (file !== undefined) return file;
    }
    return undefined;
  };
}

function mappedTargets(specifier: string, mapping: PathMapping | undefined): string[] {
  if (!mapping) return [];
  const targets = Object.entries(mapping.paths).flatMap(([pattern, places]) => {
    const [before = '', after] = pattern.split('*');
    if (after === undefined) return pattern === specifier ? places : [];
    if (!specifier.startsWith(before) || !specifier.endsWith(after)) return [];
    const star = specifier.slice(before.length, specifier.length - after.length);
    return places.map((place) => place.replace('*', star));
  });
  return [...targets, specifier].map((target) => path.posix.join(mapping.base, target));
}
