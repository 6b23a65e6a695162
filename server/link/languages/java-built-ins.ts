import { javaConcurrent, javaFunctions, javaStreams } from './java-built-ins-functions.ts';
import { javaCollections, javaLang, javaPlatform } from './java-built-ins-library.ts';

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
};

/**
 * The part of the JDK that code is typed through. Read like any other source, so generics and callbacks follow the
 * same rules as the workspace's own.
 */
export const javaBuiltIns = Object.values(declared).join('\n');

let packages: ReadonlyMap<string, string> | undefined;

/** The package of each top-level class declared here, by its simple name. */
export function javaPackages(): ReadonlyMap<string, string> {
  packages ??= new Map(
    Object.entries(declared).flatMap(([name, text]) =>
      [...text.matchAll(/^public (?:\w+ )*?(?:class|interface|enum|record) ([\w$]+)/gm)].map(
        ([, type = '']) => [type, name] as const,
      ),
    ),
  );
  return packages;
}
