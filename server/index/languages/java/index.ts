import { walkedLanguage } from '../language.ts';
import { extractJava } from './extract.ts';

export const java = walkedLanguage({
  name: 'java',
  extensions: ['.java'],
  grammarFor: () => 'java',
  extract: extractJava,
});
