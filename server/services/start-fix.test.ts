import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../protocol/run.ts';
import { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { startFix } from './start-fix.ts';

const found = spawnSync('python3', ['-m', 'pytest', '--version']).status === 0;
if (!found && process.env.WEFT_REQUIRE === 'all') throw new Error('no pytest; type: npm run setup');
if (!found) console.warn('skipped: no pytest; type: npm run setup');

const BUGGY = 'def increase(a):\n    return a - 1\n';
const TEST =
  'from m import increase\n\ndef test_one():\n    assert increase(1) == 2\n\ndef test_type():\n    assert increase(1) is not None\n';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  root = path.join(folder, 'a workspace é');
  await fs.mkdir(root);
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(folder, 'state'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await fs.rm(folder, { recursive: true, force: true });
});

async function fix(files: Record<string, string>, testCommand?: string, trusted = true) {
  for (const [file, text] of Object.entries(files)) await fs.writeFile(path.join(root, file), text);
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent) => events.push(event);
  const report = await startFix({ root, testCommand, trusted, timeoutSeconds: 60, onEvent });
  return { report, events };
}

describe('startFix', () => {
  it.skipIf(!found)(
    'proves a patch in a copy and changes no file of the workspace',
    { timeout: 60_000 },
    async () => {
      const { report, events } = await fix({ 'm.py': BUGGY, 'test_m.py': TEST }, 'python3 -m pytest -q');
      expect(report.status).toBe('fixed');
      expect(report.patch).toContain('-    return a - 1\n+    return a + 1\n');
      expect([report.failingBefore, report.failingAfter]).toEqual([['test_m.py::test_one'], []]);
      const proof = events.find((event) => event.type === 'evidence' && event.evidence.phase === 'candidate');
      expect(proof).toMatchObject({
        evidence: { passed: 2, failed: 0, changedFilesRan: true, where: 'shadow' },
      });
      expect((await fs.readdir(root)).sort()).toEqual(['m.py', 'test_m.py']);
      expect(await fs.readFile(path.join(root, 'm.py'), 'utf8')).toBe(BUGGY);
      const run = new RunLog(workspaceStateFolder(root)).get(report.runId);
      expect([run?.status, run?.steps.map((step) => step.status)]).toEqual([
        'fixed',
        ['done', 'done', 'done', 'done'],
      ]);
    },
  );

  it.skipIf(!found)('repairs a line that runs at import only', { timeout: 90_000 }, async () => {
    const names = ['a', 'b', 'c', 'd'];
    const test = names.map((name) => `def test_${name}(): assert m.${name}() == 4`).join('\n');
    const program = names.map((name) => `def ${name}():\n    return LIMIT`).join('\n\n');
    const { report } = await fix(
      { 'm.py': `LIMIT = 3\n\n${program}\n`, 'test_m.py': `import m\n${test}\n` },
      'python3 -m pytest -q',
    );
    expect([report.status, report.patch]).toEqual(['fixed', expect.stringContaining('+LIMIT = 4\n')]);
  });

  it.skipIf(!found)('says that nothing fails', { timeout: 30_000 }, async () => {
    const files = { 'm.py': BUGGY.replace('-', '+'), 'test_m.py': TEST };
    await expect(fix(files, 'python3 -m pytest -q')).rejects.toMatchObject({ reason: 'notAchieved' });
  });

  it('runs nothing in an untrusted workspace', async () => {
    const command = `node -e "require('fs').writeFileSync('ran', '')"`;
    await expect(fix({}, command, false)).rejects.toThrow(/Restricted Mode/);
    expect(await fs.readdir(root)).toEqual([]);
  });

  it('says in one line that a command never ends', { timeout: 30_000 }, async () => {
    await fs.writeFile(path.join(root, 'endless.cjs'), 'setInterval(() => 1, 1000)');
    const request = { root, testCommand: 'node endless.cjs', trusted: true, timeoutSeconds: 2 };
    const outcome = startFix({ ...request, onEvent: () => undefined });
    await expect(outcome).rejects.toMatchObject({
      reason: 'badInput',
      message: expect.stringContaining('gave no test result within 1 s') as string,
    });
  });

  it.skipIf(!found)('repairs under a test that prints 100 MB', { timeout: 90_000 }, async () => {
    const loud =
      "from m import increase\ndef test_one():\n    print('x' * (100 << 20))\n    assert increase(1) == 2\n";
    const { report } = await fix({ 'm.py': BUGGY, 'test_m.py': loud }, 'python3 -m pytest -q');
    expect(report.status).toBe('fixed');
  });

  it.each([
    ['no test command found', undefined],
    ['no such command', 'no-such-program --test'],
  ])('is one clear line: %s', async (line, command) => {
    await expect(fix({ 'a.txt': 'x' }, command)).rejects.toMatchObject({
      reason: 'badInput',
      message: expect.stringContaining(line) as string,
    });
  });
});
