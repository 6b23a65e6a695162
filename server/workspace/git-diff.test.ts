import { expect, it } from 'vitest';
import { changedLines } from './git-diff.ts';

it('reads changed, added and removed lines of several files', () => {
  const diff = [
    'diff --git a/a.ts b/a.ts',
    '--- a/a.ts',
    '+++ b/a.ts',
    '@@ -3,2 +3 @@ f()',
    '-x',
    '-y',
    '+z',
    '@@ -9,2 +8,0 @@',
    '-gone',
    '-too',
    'diff --git a/gone.ts b/gone.ts',
    '--- a/gone.ts',
    '+++ /dev/null',
    '@@ -1 +0,0 @@',
    '-all',
    '--- /dev/null',
    '+++ b/with space.ts\t',
    '@@ -0,0 +1,4 @@',
  ].join('\n');
  expect([...changedLines(diff)]).toEqual([
    [
      'a.ts',
      [
        { start: 2, end: 3 },
        { start: 8, end: 8 },
      ],
    ],
    ['with space.ts', [{ start: 0, end: 4 }]],
  ]);
});
