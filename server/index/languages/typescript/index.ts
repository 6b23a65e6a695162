import { extractEcmascript } from '../ecmascript/extract.ts';
import type { Language } from '../language.ts';

export const typescript: Language = {
  name: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  grammarFor: (file) => (file.endsWith('.tsx') ? 'tsx' : 'typescript'),
  extract: extractEcmascript('typescript'),
};
