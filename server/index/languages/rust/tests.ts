import type { RustWalk } from './walk.ts';

const TEST = /#\[\s*(?:(?:\w+::)*test\b|rstest\b|test_case\b|(?:\w+::)*test_case\b)/;

/** The name that `cargo test` reports of a test: its module's path in the crate and its name. */
export function testName(w: RustWalk, n: number, name: string): string | undefined {
  const attributes = w.attributes.get(n);
  if (attributes === undefined || !TEST.test(attributes) || !w.facts.atModuleLevel) return undefined;
  return [...modulePath(w.file), ...w.path, name].join('::');
}

/** The module that a file most likely is, by its place below `src`; the root of a crate is none. */
export function modulePath(file: string): string[] {
  const parts = file.replace(/\.rs$/, '').split('/');
  const at = Math.max(parts.lastIndexOf('src'), parts.lastIndexOf('tests'), parts.lastIndexOf('benches'));
  const inside = parts.slice(at + 1);
  // A file right in `tests`, `benches` or `src/bin` is a crate of its own.
  if (at >= 0 && parts[at] !== 'src') inside.shift();
  else if (inside[0] === 'bin') inside.splice(0, 2);
  const last = inside.at(-1);
  if (last === 'mod' || (inside.length === 1 && (last === 'lib' || last === 'main'))) inside.pop();
  return inside;
}
