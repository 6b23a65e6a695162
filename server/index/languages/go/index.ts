import type { Language } from '../language.ts';
import { extractGo } from './extract.ts';

export const go: Language = {
  name: 'go',
  extensions: ['.go'],
  grammarFor: () => 'go',
  extract: extractGo,
};
