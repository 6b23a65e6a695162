import type { FileFacts } from '../index/facts.ts';
import { builtInFacts } from './built-in-facts.ts';
import { ecmascriptRules } from './languages/ecmascript.ts';
import { goRules } from './languages/go.ts';
import { javaRules } from './languages/java.ts';
import { PythonModules } from './languages/python-modules.ts';
import { pythonRules } from './languages/python.ts';
import { rustRules } from './languages/rust.ts';
import { link, type Linked } from './link.ts';
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
  const files = new Set(facts.keys());
  const ecmascript = ecmascriptRules(ecmascriptResolver(files, modules));
  const rules: Record<string, LanguageRules> = {
    ...{ typescript: ecmascript, javascript: ecmascript },
    python: pythonRules(new PythonModules(files)),
    java: javaRules(),
    go: goRules(modules.goModules ?? []),
    rust: rustRules(modules.rustCrates ?? []),
  };
  const rulesOf = (language: string): LanguageRules => {
    const found = rules[language];
    if (!found) throw new Error(`no rules link ${language}`);
    return found;
  };
  const languages = new Set([...facts.values()].map((f) => f.language));
  const declared = [...languages].flatMap((language) => rulesOf(language).builtIns ?? []);
  const builtIns = await builtInFacts(declared, builtInsKeptIn);
  return link(facts, builtIns, rulesOf);
}
