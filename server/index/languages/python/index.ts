import { readFileSync } from 'node:fs';
import type { Node } from 'web-tree-sitter';
import { assetPath } from '../../../settings/assets.ts';
import type { ImportFact } from '../../facts.ts';
import type { Language } from '../language.ts';

export const python: Language = {
  name: 'python',
  extensions: ['.py', '.pyi'],
  grammarFor: () => 'python',
  queryFor: () => readFileSync(assetPath('queries/python.scm'), 'utf8'),
  readImport,
  readExport: () => [],
  receiverNames: ['self', 'cls'],
  exportsEverything: true,
  isTest: ({ name, file }) => name.startsWith('test') && /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file),
  docOf,
};

/** `import a.b as c`, `import a.b`, `from .x import y as z`, `from m import *`. */
function readImport(statement: Node): ImportFact[] {
  const line = statement.startPosition.row;
  const module = statement.childForFieldName('module_name');
  const names = statement.childrenForFieldName('name').filter((n) => n !== null);
  if (module) {
    const from = module.text;
    if (statement.namedChildren.some((c) => c?.type === 'wildcard_import'))
      return [{ from, imported: '*', local: '*', line }];
    return names.map((name) => ({ from, ...renamed(name), line }));
  }
  return names.map((name) => {
    const { imported, local } = renamed(name);
    // `import a.b` binds `a`; the rest of the chain is looked up as members.
    const alias = name.type === 'aliased_import';
    return alias
      ? { from: imported, imported: '*', local, line }
      : {
          from: imported.split('.')[0] ?? imported,
          imported: '*',
          local: imported.split('.')[0] ?? local,
          line,
        };
  });
}

function renamed(name: Node): { imported: string; local: string } {
  const imported = name.childForFieldName('name')?.text ?? name.text;
  return { imported, local: name.childForFieldName('alias')?.text ?? imported };
}

function docOf(definition: Node): string {
  const first = definition.childForFieldName('body')?.firstNamedChild?.firstNamedChild;
  return first?.type === 'string' ? first.text.replace(/^\w*("""|'''|"|')|("""|'''|"|')$/g, '').trim() : '';
}
