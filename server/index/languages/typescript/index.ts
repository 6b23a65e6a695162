import { readFileSync } from 'node:fs';
import { assetPath } from '../../../settings/assets.ts';
import { docOf, readExport, readImport } from '../ecmascript/statements.ts';
import type { Language } from '../language.ts';

const source = (name: 'common' | 'typescript' | 'jsx') =>
  readFileSync(assetPath(`queries/${name}.scm`), 'utf8');

export const typescript: Language = {
  name: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  grammarFor: (file) => (file.endsWith('.tsx') ? 'tsx' : 'typescript'),
  queryFor: (file) => source('common') + source('typescript') + (file.endsWith('.tsx') ? source('jsx') : ''),
  readImport,
  readExport,
  receiverNames: ['this'],
  exportsEverything: false,
  isTest: () => false,
  docOf,
};
