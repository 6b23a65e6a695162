import type { Language } from '../language.ts';
import { extractPython } from './extract.ts';

export const python: Language = {
  name: 'python',
  extensions: ['.py', '.pyi', '.pyw'],
  grammarFor: () => 'python',
  extract: extractPython,
};
