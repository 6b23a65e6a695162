import { walkedLanguage } from '../language.ts';
import { extractRust } from './extract.ts';

export const rust = walkedLanguage({
  name: 'rust',
  extensions: ['.rs'],
  grammarFor: () => 'rust',
  extract: extractRust,
});
