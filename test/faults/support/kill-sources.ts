export const FILES = 24;

/** A module that calls others; each of its versions calls other ones, and has other functions. */
export function sourceOf(i: number, version: number): string {
  const other = (i + 1 + version) % FILES;
  const more = version % 2 === 0 ? '' : `export class C${i} { go() { return f${i}(); } }\n`;
  return `import { f${other} } from './m${other}';\nexport function f${i}() { return f${other}(); }\n${more}`;
}
