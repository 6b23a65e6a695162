import { tagLanguage } from '../../tags/tag-language.ts';

export const c = tagLanguage({
  name: 'c',
  extensions: ['.c'],
  names: { isMethodless: true },
  // A header that is read with this grammar.
  sharesLocals: (file) => !file.endsWith('.c'),
});
