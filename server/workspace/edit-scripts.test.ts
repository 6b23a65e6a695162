import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyHunks, splitLines, type FileChange, type Hunk } from '../protocol/changes.ts';
import { undo } from '../services/undo.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { diffToHunks } from './diff.ts';
import { realDisk, type Disk } from './disk.ts';
import { recoverTransaction } from './journal.ts';
import { contentHash, decodeText, encodeText } from './text.ts';
import { writeChanges } from './transaction.ts';

/** Random edits of nasty files. The seed is fixed: a failure is the same on every machine. */
const SEED = 20261125;
const SCRIPTS = 2_000;
/** Scripts that are run once for each of their changes of the disk: about 30 times. */
const FAILING_SCRIPTS = 12;

/** In memory where there is such a place: thousands of writes need no disk to wait for. */
const temporary = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();

let folder: string;
let root: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(temporary, 'weft-')));
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(folder, 'state'));
  root = path.join(folder, 'root');
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

const LONG = `"${'x'.repeat(1 << 20)}"`;
const WORDS = ['', 'a', 'b', '  if (x)', '}', 'é', 'e\u0301', '👩‍👩‍👧', '\u2028', '\t', '\0', '\u0085', 'ﬁ'];
const ENDS = ['\n', '\r\n', '\r'];
type Encoding = 'utf8' | 'utf8bom' | 'utf16le' | 'utf16be' | 'latin1';

/** A file before and after: lines, each kept, replaced, removed, or with others before it. */
interface Script {
  encoding: Encoding;
  base: string;
  next: string;
  mode: number;
  isLinked: boolean;
}

const ends = fc.constantFrom<string[]>(...ENDS.map((end) => [end]), ENDS, ['\n', '\r\n']);

const script: fc.Arbitrary<Script> = fc
  .record({
    encoding: fc.constantFrom<Encoding>('utf8', 'utf8bom', 'utf16le', 'utf16be', 'latin1'),
    ends,
    mode: fc.constantFrom(0o644, 0o755, 0o600, 0o440),
    isLinked: fc.boolean(),
    hasFinalEnd: fc.boolean(),
    isLong: fc.integer({ min: 0, max: 99 }).map((n) => n === 0),
  })
  .chain(({ encoding, ends: own, hasFinalEnd, isLong, ...rest }) => {
    const words =
      encoding === 'latin1' ? ['\xe9', '\xff', ...WORDS.filter((w) => /^[\0-\xff]*$/.test(w))] : WORDS;
    const line = fc
      .tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.constantFrom(...own))
      .map((parts) => parts.join(''));
    const edit = fc.oneof(
      { weight: 3, arbitrary: fc.constant('keep' as const) },
      { weight: 1, arbitrary: fc.constant('remove' as const) },
      { weight: 1, arbitrary: fc.record({ insert: fc.array(line, { maxLength: 3 }), keep: fc.boolean() }) },
    );
    return fc.array(fc.tuple(line, edit), { maxLength: 14 }).map((rows): Script => {
      const head = encoding === 'latin1' ? ['\xff\n'] : isLong ? [`${LONG}\n`] : [];
      const base = [...head, ...rows.map(([text]) => text)].join('');
      const next = [
        ...head,
        ...rows.flatMap(([text, what]) =>
          what === 'keep' ? [text] : what === 'remove' ? [] : [...what.insert, ...(what.keep ? [text] : [])],
        ),
      ].join('');
      const cut = (text: string) => (hasFinalEnd ? text : text.replace(/(\r\n|\n|\r)$/, ''));
      return { encoding, base: cut(base), next: cut(next), ...rest };
    });
  });

/** Each file of a tree: its bytes, its permission bits, or where it leads. */
function tree(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of fs.readdirSync(root).sort()) {
    const stat = fs.lstatSync(path.join(root, name));
    found[name] = stat.isSymbolicLink()
      ? `→ ${fs.readlinkSync(path.join(root, name))}`
      : `${(stat.mode & 0o7777).toString(8)} ${contentHash(fs.readFileSync(path.join(root, name)))}`;
  }
  return found;
}

/** Makes the files anew, and the change of each; none where the encoding cannot spell what is wanted. */
function lay(scripts: readonly Script[]): FileChange[] {
  for (const at of [root, path.join(folder, 'state')]) fs.rmSync(at, { recursive: true, force: true });
  fs.mkdirSync(root);
  return scripts.map(({ encoding, base, next, mode, isLinked }, i) => {
    const bytes = encodeText(base, { encoding, eol: 'mixed' });
    const at = path.join(root, `${i}.txt`);
    fs.writeFileSync(at, bytes, { mode });
    fs.chmodSync(at, mode);
    if (isLinked) fs.symlinkSync(`${i}.txt`, path.join(root, `${i}.link`));
    const { text, format } = decodeText(bytes);
    const hunks = diffToHunks(text, format.encoding === encoding ? next : text);
    return { file: isLinked ? `${i}.link` : `${i}.txt`, baseHash: contentHash(bytes), format, hunks };
  });
}

const accept = (changes: readonly FileChange[], isAccepted: (hunk: Hunk) => boolean = () => true) =>
  changes.map(({ file, hunks }) => ({ file, hunkIds: hunks.filter(isAccepted).map(({ id }) => id) }));

const write = (changes: readonly FileChange[], accepted = accept(changes), disk?: Disk) =>
  writeChanges(root, changes, accepted, { stateFolder: workspaceStateFolder(root), runId: 'r', disk });

/** The bytes of a file with hunks, put together from the bytes around them. */
function expectedBytes({ encoding, base }: Script, hunks: readonly Hunk[]): Buffer {
  const spell = (text: string) => Buffer.from(encodeText(text, { encoding, eol: 'mixed' }));
  const mark = spell('').length;
  const body = (text: string) => spell(text).subarray(mark);
  const lines = splitLines(base);
  const parts = [spell('')];
  let at = 0;
  for (const { startLine, oldLines, newLines } of hunks) {
    parts.push(body(lines.slice(at, startLine).join('')), body(newLines.join('')));
    at = startLine + oldLines.length;
  }
  parts.push(body(lines.slice(at).join('')));
  return Buffer.concat(parts);
}

describe('random edit scripts over nasty files', () => {
  it('change no byte outside their hunks, and undo is the identity', () => {
    let written = 0;
    const property = fc.property(script, fc.array(fc.boolean(), { maxLength: 8 }), (given, choice) => {
      const [change] = lay([given]) as [FileChange];
      const chosen = change.hunks.filter((_, i) => choice[i] ?? true);
      const before = tree();
      write(
        [change],
        accept([change], (hunk) => chosen.includes(hunk)),
      );
      const expected = expectedBytes(given, chosen);
      expect(contentHash(fs.readFileSync(path.join(root, '0.txt')))).toBe(contentHash(expected));
      const after = tree();
      if (contentHash(expected) === change.baseHash) return;
      written += 1;
      undo({ root });
      expect(tree()).toEqual(before);
      undo({ root, redo: true });
      expect(tree()).toEqual(after);
    });
    fc.assert(property, { numRuns: SCRIPTS, seed: SEED });
    expect(written).toBeGreaterThan(SCRIPTS / 2);
  });

  it('keep what was edited since, where it lies apart', () => {
    const property = fc.property(script, (given) => {
      const apart = '\n--\n---\n';
      const edited: Script = { ...given, base: given.base + apart, next: given.next + apart };
      const [change] = lay([edited]) as [FileChange];
      if (change.format.encoding !== edited.encoding || change.hunks.length === 0) return;
      write([change]);
      const at = path.join(root, '0.txt');
      const spell = (text: string) => encodeText(`${text}mine`, change.format);
      fs.writeFileSync(at, spell(applyHunks(edited.base, change.hunks)));
      undo({ root });
      expect(contentHash(fs.readFileSync(at))).toBe(contentHash(spell(edited.base)));
    });
    fc.assert(property, { numRuns: 300, seed: SEED });
  });
});

/** Every change of the disk from the `n`th on fails (a kill), or only that one (a full disk). */
function failing(n: number, isKilled: boolean): { disk: Disk; isReached: () => boolean } {
  let count = 0;
  const act = <A extends unknown[]>(real: (...args: A) => void) => {
    return (...args: A) => {
      count += 1;
      if (count === n || (isKilled && count > n)) throw new Error('failed');
      real(...args);
    };
  };
  const { create, link, rename, remove, makeFolder, removeFolder } = realDisk;
  return {
    isReached: () => count >= n,
    disk: {
      ...{ create: act(create), link: act(link), rename: act(rename), remove: act(remove) },
      ...{ makeFolder: act(makeFolder), removeFolder: act(removeFolder) },
    },
  };
}

describe('a change of several nasty files', () => {
  it.each([
    ['fails', false],
    ['is killed', true],
  ])('that %s at any of its changes of the disk leaves all of it or nothing', (_, isKilled) => {
    const outcomes = { all: 0, none: 0 };
    const property = fc.property(fc.array(script, { minLength: 2, maxLength: 3 }), (scripts) => {
      for (let n = 1; ; n++) {
        const changes = lay(scripts);
        const before = tree();
        const { disk, isReached } = failing(n, isKilled);
        try {
          write(changes, accept(changes), disk);
        } catch {
          // Whether it says so or not: what counts is what the files are.
        }
        recoverTransaction(workspaceStateFolder(root));
        const now = tree();
        const all = Object.fromEntries(
          scripts.flatMap((s, i): [string, string][] => {
            const bytes = expectedBytes(s, changes[i]?.hunks ?? []);
            return [[`${i}.txt`, `${s.mode.toString(8)} ${contentHash(bytes)}`]];
          }),
        );
        const isAll = JSON.stringify(now) === JSON.stringify({ ...before, ...all });
        if (!isAll) expect(now).toEqual(before);
        outcomes[isAll ? 'all' : 'none'] += 1;
        if (!isReached()) break;
      }
    });
    // Each script is dozens of runs: too many to look for a smaller one.
    fc.assert(property, { numRuns: FAILING_SCRIPTS, seed: SEED, endOnFailure: true });
    expect(outcomes.all).toBeGreaterThan(FAILING_SCRIPTS);
    expect(outcomes.none).toBeGreaterThan(FAILING_SCRIPTS);
  });
});
