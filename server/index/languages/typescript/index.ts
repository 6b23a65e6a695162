import { extractEcmascript } from '../ecmascript/extract.ts';
import { walkedLanguage } from '../language.ts';

export const typescript = walkedLanguage({
  name: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  grammarFor: (file) => (file.endsWith('.tsx') ? 'tsx' : 'typescript'),
  extract: extractEcmascript('typescript'),
});
