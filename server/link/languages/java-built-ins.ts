import { javaConcurrent, javaFunctions, javaStreams } from './java-built-ins-functions.ts';
import { javaCollections, javaLang, javaPlatform } from './java-built-ins-library.ts';
import { javaTestLibraries } from './java-built-ins-tests.ts';

/**
 * Declarations by package. A primitive type is a class whose name starts with `$` and that extends its box; `$Array`
 * stands for arrays. Overridden methods of classes that add nothing are left out.
 */
const declared: Readonly<Record<string, string>> = {
  ...javaLang,
  ...javaCollections,
  ...javaFunctions,
  ...javaStreams,
  ...javaConcurrent,
  ...javaPlatform,
  ...javaTestLibraries,
};

/**
 * The part of the JDK, and of what nearly all tests use, that code is typed through. Read like any other source, so
 * generics and callbacks follow the same rules as the workspace's own. Of two of one simple name the first is meant by
 * it, the other by its full name.
 */
export const javaBuiltIns = Object.values(declared).join('\n');

let packages: ReadonlyMap<string, readonly string[]> | undefined;

/** The packages of the top-level classes declared here, by simple name, in the order of their declarations. */
export function javaPackages(): ReadonlyMap<string, readonly string[]> {
  if (packages) return packages;
  const found = new Map<string, string[]>();
  for (const [name, text] of Object.entries(declared))
    for (const [, type = ''] of text.matchAll(
      /^public (?:\w+ )*?(?:class|interface|enum|record) ([\w$]+)/gm,
    )) {
      const known = found.get(type);
      if (known) known.push(name);
      else found.set(type, [name]);
    }
  packages = found;
  return found;
}
