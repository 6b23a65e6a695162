import { extractEcmascript } from '../ecmascript/extract.ts';
import type { Language } from '../language.ts';

export const javascript: Language = {
  name: 'javascript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx'],
  grammarFor: () => 'javascript',
  extract: extractEcmascript('javascript'),
};
