import { FLAG, SYMBOL } from '../../facts.ts';
import type { PythonWalk } from './walk.ts';

/**
 * The name under which pytest and unittest report a function, such as `TestCart::test_adds`; undefined for what is no
 * test.
 */
export function testName(w: PythonWalk, name: string, owner: number): string | undefined {
  if (!/^test/.test(name)) return undefined;
  if (owner < 0) return w.isTestFile && w.frame.kind === 'module' ? name : undefined;
  if (!isTestClass(w, owner)) return undefined;
  return `${w.facts.qualifiedName(owner).replaceAll('.', '::')}::${name}`;
}

function isTestClass(w: PythonWalk, owner: number): boolean {
  if (w.testClasses.has(owner)) return true;
  if (!w.isTestFile || (w.facts.symbolColumn(owner, SYMBOL.flags) & FLAG.private) !== 0) return false;
  return /^Test/.test(w.facts.symbolName(owner));
}
