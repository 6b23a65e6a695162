import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../server/protocol/run.ts';
import { startFix } from '../../server/services/start-fix.ts';

/** A project with a fault, whose tests no command names: the runner is found by the files. */
interface Project {
  runner: string;
  files: Record<string, string>;
  needs: string;
  faulty: { file: string; before: string; after: string };
}

const PROJECTS: Project[] = [
  {
    runner: 'vitest',
    needs: 'node',
    files: {
      'package.json':
        '{ "type": "module", "scripts": { "test": "vitest" }, "devDependencies": { "vitest": "*" } }',
      'vitest.config.ts': `import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
export default defineConfig({ resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } } });
`,
      'src/steps.ts': `export interface Range {
  from: number;
}

export function steps(range: Range): number {
  let left = range.from;
  let count = 0;
  while (left > 0) {
    left += 1;
    count += 1;
  }
  return count;
}
`,
      'src/steps.test.ts': `import { expect, test } from 'vitest';
import { steps } from '@/steps';
test('counts down', () => expect(steps({ from: 3 })).toBe(3));
test('has no step to go from nothing', () => expect(steps({ from: 0 })).toBe(0));
`,
    },
    faulty: { file: 'src/steps.ts', before: 'left += 1', after: 'left -= 1' },
  },
  {
    runner: 'unittest',
    needs: 'python3',
    files: {
      'steps.py': `def steps(start):
    left = start
    count = 0
    while left > 0:
        left += 1
        count += 1
    return count
`,
      'tests/test_steps.py': `import unittest
from steps import steps


class TestSteps(unittest.TestCase):
    def test_counts_down(self):
        self.assertEqual(steps(3), 3)

    def test_nothing(self):
        self.assertEqual(steps(0), 0)
`,
    },
    faulty: { file: 'steps.py', before: 'left += 1', after: 'left -= 1' },
  },
];

let folder: string | undefined;
afterEach(() => {
  vi.unstubAllEnvs();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function makeProject(files: Record<string, string>): string {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'weft- ü ')));
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(folder, 'state'));
  const root = path.join(folder, 'project');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  symlinkSync(path.resolve(import.meta.dirname, '../../node_modules'), path.join(root, 'node_modules'));
  return root;
}

describe.each(PROJECTS)('a fix of a project with $runner', ({ runner, files, needs, faulty }) => {
  const why = spawnSync(needs, ['--version']).status === 0 ? undefined : `no ${needs}; install it`;

  it(
    'finds the tests, an endless loop and its repair, and proves it',
    { timeout: 300_000 },
    async (context) => {
      if (why !== undefined && process.env.WEFT_REQUIRE === 'all') throw new Error(why);
      context.skip(why !== undefined, why);
      const root = makeProject(files);
      const events: RunEvent[] = [];
      // A test's own limit is a thirtieth of this, and two seconds at least.
      const request = { root, trusted: true, timeoutSeconds: 120 };
      const report = await startFix({ ...request, onEvent: (event) => events.push(event) });
      expect(report.status).toBe('fixed');
      expect(report.patch).toContain(`-${indented(faulty.before, files[faulty.file])}`);
      expect(report.patch).toContain(`+${indented(faulty.after, files[faulty.file], faulty.before)}`);
      const proof = events.find((event) => event.type === 'evidence' && event.evidence.phase === 'candidate');
      expect(proof).toMatchObject({ evidence: { runner, passed: 2, failed: 0, changedFilesRan: true } });
      expect(readFileSync(path.join(root, faulty.file), 'utf8')).toBe(files[faulty.file]);
      const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
        (name) => !name.startsWith('node_modules') && /[.]/.test(name),
      );
      expect(names.sort()).toEqual(Object.keys(files).sort());
    },
  );
});

/** The text as it stands in its line of the file, and any other text in the same place. */
function indented(text: string, file = '', instead = text): string {
  const line = file.split('\n').find((each) => each.includes(instead)) ?? '';
  return line.replace(instead, text);
}
