import type { Language } from '../language.ts';
import { extractJava } from './extract.ts';

export const java: Language = {
  name: 'java',
  extensions: ['.java'],
  grammarFor: () => 'java',
  extract: extractJava,
};
