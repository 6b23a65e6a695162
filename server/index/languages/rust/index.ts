import type { Language } from '../language.ts';
import { extractRust } from './extract.ts';

export const rust: Language = {
  name: 'rust',
  extensions: ['.rs'],
  grammarFor: () => 'rust',
  extract: extractRust,
};
