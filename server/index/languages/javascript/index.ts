import { extractEcmascript } from '../ecmascript/extract.ts';
import { walkedLanguage } from '../language.ts';

export const javascript = walkedLanguage({
  name: 'javascript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx'],
  grammarFor: () => 'javascript',
  extract: extractEcmascript('javascript'),
});
