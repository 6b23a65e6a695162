import { readFileSync } from 'node:fs';
import { assetPath } from '../../../settings/assets.ts';
import { docOf, readExport, readImport } from '../ecmascript/statements.ts';
import type { Language } from '../language.ts';

const source = (name: 'common' | 'javascript' | 'jsx') =>
  readFileSync(assetPath(`queries/${name}.scm`), 'utf8');

export const javascript: Language = {
  name: 'javascript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx'],
  grammarFor: () => 'javascript',
  queryFor: () => source('common') + source('javascript') + source('jsx'),
  readImport,
  readExport,
  receiverNames: ['this'],
  exportsEverything: false,
  isTest: () => false,
  docOf,
};
