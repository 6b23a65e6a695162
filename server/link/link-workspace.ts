import type { FileFacts } from '../index/facts.ts';
import { parseFile } from '../index/parse-file.ts';
import { ecmascriptRules } from './languages/ecmascript.ts';
import { goRules } from './languages/go.ts';
import { javaRules } from './languages/java.ts';
import { PythonModules } from './languages/python-modules.ts';
import { pythonRules } from './languages/python.ts';
import { rustRules } from './languages/rust.ts';
import { link, type Linked } from './link.ts';
import { ecmascriptResolver, type WorkspaceModules } from './module-resolution.ts';
import type { LanguageRules } from './evaluation.ts';

const parsedBuiltIns = new Map<string, Promise<FileFacts>>();

/** Links a workspace's facts with the rules and built-in declarations of its languages. */
export async function linkWorkspace(
  facts: ReadonlyMap<string, FileFacts>,
  modules: WorkspaceModules = {},
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
  const builtIns = new Map<string, FileFacts>();
  for (const language of new Set([...facts.values()].map((f) => f.language))) {
    const declared = rulesOf(language).builtIns;
    if (!declared || builtIns.has(declared.file)) continue;
    let parsed = parsedBuiltIns.get(declared.file);
    if (!parsed) parsedBuiltIns.set(declared.file, (parsed = parseFile(declared.file, declared.text)));
    builtIns.set(declared.file, await parsed);
  }
  return link(facts, builtIns, rulesOf);
}
