import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Frames of a JavaScript stack that lie in files of the root, innermost first; 0-based lines. */
export function framesOf(stack: string, root: string): { file: string; line: number }[] {
  return stack.split('\n').flatMap((text) => {
    const found = /^\s+at (?:.*\()?(file:\/\/[^)]+|[^()]+?):(\d+):\d+\)?$/.exec(text);
    if (!found?.[1]) return [];
    const file = relative(
      root,
      found[1].startsWith('file:') ? fileURLToPath(found[1]) : found[1].replace(/^async /, ''),
    );
    const outside =
      path.isAbsolute(file) || file.split('/').includes('node_modules') || file.startsWith('node:');
    return outside ? [] : [{ file, line: Number(found[2]) - 1 }];
  });
}

/** Relative with forward slashes where it lies inside the root, else as it is. */
export function relative(root: string, file: string): string {
  const inside = path.relative(root, file);
  return inside.startsWith('..') || path.isAbsolute(inside) ? file : inside.split(path.sep).join('/');
}
