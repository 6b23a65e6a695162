import { go } from './go/index.ts';
import { java } from './java/index.ts';
import { javascript } from './javascript/index.ts';
import type { Language } from './language.ts';
import { rust } from './rust/index.ts';
import { python } from './python/index.ts';
import { typescript } from './typescript/index.ts';

/** Every language the graph reads. A new one is one folder and one line here. */
export const languages: readonly Language[] = [typescript, javascript, python, java, go, rust];

const byExtension = new Map(languages.flatMap((l) => l.extensions.map((e) => [e, l] as const)));

export function languageOf(file: string): Language | undefined {
  return byExtension.get(file.slice(file.lastIndexOf('.')).toLowerCase());
}
