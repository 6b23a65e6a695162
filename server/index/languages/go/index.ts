import { walkedLanguage } from '../language.ts';
import { extractGo } from './extract.ts';

export const go = walkedLanguage({
  name: 'go',
  extensions: ['.go'],
  grammarFor: () => 'go',
  extract: extractGo,
});
