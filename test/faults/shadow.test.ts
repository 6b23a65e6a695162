import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../server/run/candidates/open-session.ts';
import { recogniseCommand } from '../../server/run/commands/recognise.ts';
import { whyCopiesAlone } from '../../server/workspace/shadow.ts';
import { makePlace, type Place } from './support/place.ts';

/** Writes wherever it can, by every way to its own files, and fails where it finds what an earlier run wrote. */
const NODE = {
  command: 'node --test',
  file: 'a.test.js',
  text: `
    const test = require('node:test');
    const fs = require('node:fs');
    const path = require('node:path');
    test('writes', () => {
      const places = ['.', 'src', 'node_modules/dep', '.venv/lib', process.env.WEFT_TEST_OUTSIDE];
      for (const place of places) {
        for (const name of fs.readdirSync(place)) {
          if (/left/.test(name)) throw new Error('found ' + path.join(place, name));
          const at = path.join(place, name);
          if (!fs.statSync(at).isFile() || /test/.test(name)) continue;
          if (/CHANGED/.test(fs.readFileSync(at))) throw new Error('found a change of ' + at);
          fs.appendFileSync(at, 'CHANGED');
        }
        fs.writeFileSync(path.join(place, 'left.txt'), 'x');
      }
      fs.writeFileSync(path.join(process.env.WEFT_TEST_ROOT, 'absolute-left'), '');
      fs.mkdirSync('node_modules/.cache/left', { recursive: true });
      fs.rmSync('src/gone.js');
      fs.mkdirSync(require('node:os').tmpdir() + '/left');
    });
  `,
};

const PYTHON = {
  command: 'python3 -m pytest -q',
  file: 'test_a.py',
  text: `
import os, tempfile

def test_writes():
    for place in [".", "src", "node_modules/dep", ".venv/lib", os.environ["WEFT_TEST_OUTSIDE"]]:
        for name in os.listdir(place):
            assert "left" not in name, place
            at = os.path.join(place, name)
            if not os.path.isfile(at) or "test" in name:
                continue
            with open(at, "r+") as file:
                assert "CHANGED" not in file.read(), at
                file.write("CHANGED")
        open(os.path.join(place, "left.txt"), "w").close()
    open(os.path.join(os.environ["WEFT_TEST_ROOT"], "absolute-left"), "w").close()
    os.makedirs("node_modules/.cache/left")
    os.remove("src/gone.js")
    os.mkdir(os.path.join(tempfile.gettempdir(), "left"))
`,
};

let place: Place;
beforeEach(() => {
  place = makePlace({
    'src/a.js': 'a',
    'src/gone.js': 'gone',
    'node_modules/dep/index.js': 'dependency',
    '.venv/lib/x.py': 'installed',
    'data.txt': 'data',
  });
  mkdirSync(path.join(place.home, 'elsewhere'));
  writeFileSync(path.join(place.home, 'elsewhere/mine.txt'), 'mine');
  symlinkSync(path.join(place.home, 'elsewhere/mine.txt'), path.join(place.root, 'linked.txt'));
  symlinkSync(path.join(place.home, 'elsewhere'), path.join(place.root, 'linked'));
  vi.stubEnv('WEFT_TEST_OUTSIDE', path.join(place.home, 'elsewhere'));
  vi.stubEnv('WEFT_TEST_ROOT', place.root);
  vi.stubEnv('TMPDIR', place.temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await place.dispose();
});

/** Every file below a folder with its bytes, every link with its aim, every folder. */
function contentOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).map((entry) => {
    const at = path.join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) return `${at} -> ${readlinkSync(at)}`;
    return entry.isDirectory() ? `${at}/` : `${at}: ${readFileSync(at, 'latin1')}`;
  });
}

const hasNamespaces = (await whyCopiesAlone()) === undefined;

describe.runIf(hasNamespaces)('tests that write into all they can reach', () => {
  it.each([NODE, PYTHON])('change nothing for the user and for the next run ($command)', async (project) => {
    writeFileSync(path.join(place.root, project.file), project.text);
    const command = recogniseCommand(project.command, place.root);
    const before = contentOf(place.home);
    const session = openSession(place.root, command);
    try {
      for (let run = 0; run < 2 * session.width; run++) {
        const candidate = new Map([['src/a.js', Buffer.from(String(run))]]);
        const { tests } = await session.run(candidate, { timeoutMs: 60_000 });
        expect(tests.map(({ status, message }) => [status, message])).toEqual([['passed', undefined]]);
      }
    } finally {
      await session.dispose();
    }
    expect(contentOf(place.home)).toEqual(before);
    expect(readdirSync(place.temporary)).toEqual([]);
  });
});
