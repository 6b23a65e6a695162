import { walkedLanguage } from '../language.ts';
import { extractPython } from './extract.ts';

export const python = walkedLanguage({
  name: 'python',
  extensions: ['.py', '.pyi', '.pyw'],
  grammarFor: () => 'python',
  extract: extractPython,
});
