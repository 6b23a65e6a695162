import type { FileFacts } from '../index/facts.ts';
import { builtInFacts } from './built-in-facts.ts';
import { ecmascriptRules } from './languages/ecmascript.ts';
import { goRules } from './languages/go.ts';
import { javaRules } from './languages/java.ts';
import { JavaPackages } from './languages/java-packages.ts';
import { PythonModules } from './languages/python-modules.ts';
import { pathOf } from './languages/python-names.ts';
import { pythonRules } from './languages/python.ts';
import { rustRules } from './languages/rust.ts';
import { tagRules, TagTables } from './languages/tag-tables.ts';
import { link, type Linked } from './link.ts';
import { LiveLink } from './live/live-link.ts';
import { packageNameKey } from './live/reads.ts';
import { ecmascriptResolver, type ModuleResolver, type WorkspaceModules } from './module-resolution.ts';
import type { LanguageRules } from './evaluation.ts';
import { finish, finishBetween } from './steps.ts';

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
  const rules = rulesOf(resolversOf(new Set(facts.keys()), modules), modules);
  return link(facts, await builtInsOf(facts, rules(), builtInsKeptIn), rules());
}

/** So long live linking works without a pause. */
const SLICE_MS = 12;

/**
 * The same, ready for edits.
 *
 * @param pause waits until there is time to go on, where linking is not to keep others waiting.
 */
export async function linkLive(
  facts: ReadonlyMap<string, FileFacts>,
  modules: WorkspaceModules = {},
  builtInsKeptIn?: string,
  pause?: () => Promise<void>,
): Promise<LiveLink> {
  const files = new Set(facts.keys());
  const builtIns = await builtInsOf(facts, rulesOf(resolversOf(files, modules), modules)(), builtInsKeptIn);
  const opening = LiveLink.open(facts, builtIns, (program) => {
    const packages = new JavaPackages(program);
    const tags = new TagTables(program, files);
    const isJava = (file: number) => program.facts[file]!.language === 'java';
    let resolvers = resolversOf(files, modules);
    return {
      rules: () => rulesOf(resolvers, modules, { packages, tags })(),
      setFiles(now) {
        resolvers = resolversOf(now, modules);
        tags.setFiles(now);
      },
      resolve({ kind, from, name }) {
        if (kind === 'path') return tags.paths.resolve(from, name);
        if (kind === 'ecmascript') return resolvers.ecmascript(from, name);
        return pathOf(
          kind === 'python' ? resolvers.python.resolve(from, name) : resolvers.python.within(from, name),
        );
      },
      remove(file) {
        if (isJava(file)) packages.remove(file);
        tags.remove(file);
      },
      add(file) {
        if (isJava(file)) packages.add(file);
        tags.add(file);
      },
      changes: () => packages.changedPackages().map(packageNameKey),
    };
  });
  return pause ? finishBetween(opening, pause, SLICE_MS) : finish(opening);
}

/** What names of modules mean among some files. */
interface Resolvers {
  ecmascript: ModuleResolver;
  python: PythonModules;
}

function resolversOf(files: ReadonlySet<string>, modules: WorkspaceModules): Resolvers {
  return { ecmascript: ecmascriptResolver(files, modules), python: new PythonModules(files) };
}

/** Makes the rules of one evaluation after the other, over the same files. */
function rulesOf(
  resolvers: Resolvers,
  modules: WorkspaceModules,
  kept: { packages?: JavaPackages; tags?: TagTables } = {},
): () => (language: string) => LanguageRules {
  return () => {
    const ecmascript = ecmascriptRules(resolvers.ecmascript);
    const rules: Record<string, LanguageRules> = {
      ...{ typescript: ecmascript, javascript: ecmascript },
      python: pythonRules(resolvers.python),
      java: javaRules(kept.packages),
      go: goRules(modules.goModules ?? []),
      rust: rustRules(modules.rustCrates ?? []),
      ...tagRules(kept.tags),
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
