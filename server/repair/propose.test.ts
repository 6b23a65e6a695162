import { describe, expect, it } from 'vitest';
import { propose } from './propose.ts';
import { applyEdits, parseSource } from './source.ts';

/** Every text that is proposed for the one suspicious line (0-based). */
async function proposals(file: string, text: string, line: number): Promise<string[]> {
  const source = await parseSource(file, text);
  if (!source) throw new Error(`no grammar for ${file}`);
  const candidates = [...propose([source], [{ file, line, score: 1 }])];
  source.dispose();
  return candidates.map((candidate) => applyEdits(text, [candidate.edit]));
}

/** One line of a Python function and what must be among its proposals. */
const PYTHON: [name: string, before: string, after: string][] = [
  ['operator', 'if a < b: pass', 'if a <= b: pass'],
  ['augmented operator', 'a -= b', 'a += b'],
  ['operator and constant', 'if len(a) == 0: pass', 'if len(a) <= 1: pass'],
  ['constant', 'b = 3', 'b = 4'],
  ['truth', 'return True', 'return False'],
  ['off by one', 'f(b)', 'f(b + 1)'],
  ['variable', 'b = a', 'b = c'],
  ['member', 'a.one = b.two', 'a.one = b.one'],
  ['sibling function', 'return any(a)', 'return all(a)'],
  ['sibling of a function that is passed on', 'f(operator.is_, a)', 'f(operator.is_not, a)'],
  ['swapped arguments', 'f(a, b)', 'f(b, a)'],
  ['swapped operands', 'b = a + c', 'b = c + a'],
  ['unwrapped call', 'b = f(a)', 'b = a'],
  ['unwrapped operand', 'b = 1 + f(a)', 'b = f(a)'],
  ['wrapped call', 'b = a', 'b = max(c, a)'],
  ['combined', 'f(a)', 'f(a - b)'],
  ['slice', 'for x in a: pass', 'for x in a[b:]: pass'],
  ['negated condition', 'if a: pass', 'if not a: pass'],
  ['added condition', 'if a > 0: pass', 'if (a > 0) or not b: pass'],
  ['condition for a constant', 'while True: pass', 'while a: pass'],
  ['guard', 'if a.b is None: pass', 'if a is None or (a.b is None): pass'],
  ['outcome', 'return True', 'return b == 0'],
];

describe('propose', () => {
  it.each(PYTHON)('changes Python: %s', async (_name, before, after) => {
    const around = (line: string) => `def g(a, b, c):\n    ${line}\n    return c\n`;
    expect(await proposals('m.py', around(before), 1)).toContain(around(after));
  });

  it('puts a missing call or assignment beside a statement, with its indentation', async () => {
    const text = 'def g(a):\n    out = []\n    for x in a:\n        y = x\n    return out\n';
    const found = await proposals('m.py', text, 3);
    expect(found).toContain(
      'def g(a):\n    out = []\n    for x in a:\n        y = x\n        out.append(x)\n    return out\n',
    );
  });

  it('swaps neighbouring statements', async () => {
    const found = await proposals('m.py', 'def g(a):\n    a = 1\n    f(a)\n', 1);
    expect(found).toContain('def g(a):\n    f(a)\n    a = 1\n');
  });

  it('changes TypeScript, and keeps line endings', async () => {
    const text = 'function g(a: number, b: number) {\r\n  if (a > b) return a;\r\n  return b;\r\n}\r\n';
    const found = await proposals('m.ts', text, 1);
    expect(found).toContain(text.replace('a > b', 'a >= b'));
    expect(found).toContain(text.replace('a > b', 'b > a'));
    expect(found).toContain(text.replace('a > b', '!(a > b)'));
  });

  it('gives each text once, the likelier and smaller change first, and none for other lines', async () => {
    const found = await proposals('m.py', 'x = 1\ndef g(a, b):\n    return a < b\n', 2);
    expect(new Set(found).size).toBe(found.length);
    expect(found[0]).toMatch(/return a [<>]=? b/);
    expect(found.every((text) => text.startsWith('x = 1\n'))).toBe(true);
  });
});
