import type { TagLanguage } from '../tags/tag-language.ts';
import { c } from './c/index.ts';
import { cpp } from './cpp/index.ts';
import { csharp } from './csharp/index.ts';
import { go } from './go/index.ts';
import { java } from './java/index.ts';
import { javascript } from './javascript/index.ts';
import { kotlin } from './kotlin/index.ts';
import type { Language } from './language.ts';
import { php } from './php/index.ts';
import { python } from './python/index.ts';
import { ruby } from './ruby/index.ts';
import { rust } from './rust/index.ts';
import { typescript } from './typescript/index.ts';

/** Languages that a query file reads, to definition depth. A new one is one folder and one line here. */
export const tagLanguages: readonly TagLanguage[] = [c, cpp, csharp, ruby, php, kotlin];

/** Every language the graph reads. */
export const languages: readonly Language[] = [
  ...[typescript, javascript, python, java, go, rust],
  ...tagLanguages,
];

const byExtension = new Map(languages.flatMap((l) => l.extensions.map((e) => [e, l] as const)));

export function languageOf(file: string): Language | undefined {
  return byExtension.get(file.slice(file.lastIndexOf('.')).toLowerCase());
}
