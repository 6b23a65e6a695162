import type { FileFacts } from '../index/facts.ts';
import { builtInFacts } from './built-in-facts.ts';
import { ecmascriptRules } from './languages/ecmascript.ts';
import { goRules } from './languages/go.ts';
import { javaRules } from './languages/java.ts';
import { JavaPackages } from './languages/java-packages.ts';
import { PythonModules } from './languages/python-modules.ts';
import { pythonRules } from './languages/python.ts';
import { rustRules } from './languages/rust.ts';
import { link, type Linked } from './link.ts';
import { LiveLink } from './live/live-link.ts';
import { packageNameKey } from './live/reads.ts';
import { ecmascriptResolver, type WorkspaceModules } from './module-resolution.ts';
import type { LanguageRules } from './evaluation.ts';

/**
 * Links a workspace's facts with the rules and built-in declarations of its languages.
 *
 * @param builtInsKeptIn a folder that keeps the facts of built-in declarations for other processes.
 */
export async function linkWorkspace(
  facts: ReadonlyMap<string, FileFacts>,
  modules: WorkspaceModules = {},
  builtInsKeptIn?: string,
): Promise<Linked> {
  const rules = rulesOf(new Set(facts.keys()), modules);
  return link(facts, await builtInsOf(facts, rules(), builtInsKeptIn), rules());
}

/** The same, ready for edits. */
export async function linkLive(
  facts: ReadonlyMap<string, FileFacts>,
  modules: WorkspaceModules = {},
  builtInsKeptIn?: string,
): Promise<LiveLink> {
  const files = new Set(facts.keys());
  const builtIns = await builtInsOf(facts, rulesOf(files, modules)(), builtInsKeptIn);
  return new LiveLink(facts, builtIns, (program) => {
    const packages = new JavaPackages(program);
    const isJava = (file: number) => program.facts[file]!.language === 'java';
    return {
      rules: rulesOf(files, modules, packages),
      remove(file) {
        if (isJava(file)) packages.remove(file);
      },
      add(file) {
        if (isJava(file)) packages.add(file);
      },
      changes: () => packages.changedPackages().map(packageNameKey),
    };
  });
}

/** Makes the rules of one evaluation after the other, over the same files. */
function rulesOf(
  files: ReadonlySet<string>,
  modules: WorkspaceModules,
  packages?: JavaPackages,
): () => (language: string) => LanguageRules {
  const resolve = ecmascriptResolver(files, modules);
  const pythonModules = new PythonModules(files);
  return () => {
    const ecmascript = ecmascriptRules(resolve);
    const rules: Record<string, LanguageRules> = {
      ...{ typescript: ecmascript, javascript: ecmascript },
      python: pythonRules(pythonModules),
      java: javaRules(packages),
      go: goRules(modules.goModules ?? []),
      rust: rustRules(modules.rustCrates ?? []),
    };
    return (language) => {
      const found = rules[language];
      if (!found) throw new Error(`no rules link ${language}`);
      return found;
    };
  };
}

async function builtInsOf(
  facts: ReadonlyMap<string, FileFacts>,
  rules: (language: string) => LanguageRules,
  keptIn: string | undefined,
): Promise<Map<string, FileFacts>> {
  const languages = new Set([...facts.values()].map((f) => f.language));
  const declared = [...languages].flatMap((language) => rules(language).builtIns ?? []);
  return builtInFacts(declared, keptIn);
}
