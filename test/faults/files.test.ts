import { mkdirSync, renameSync, rmSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callers } from '../../server/services/neighbours.ts';
import { WorkspaceIndex } from '../../server/services/workspace-index.ts';
import { cleanRows, inPlace, reopenedRows, rowsOf } from './support/graph-rows.ts';
import { makePlace, type Place } from './support/place.ts';

const DAY = 86_400;
let place: Place;
beforeEach(() => {
  place = makePlace({
    'lib.ts': 'export function settle() {}\nexport function refund() {}\n',
    'use.ts': "import { settle, refund } from './lib';\nexport function pay() { settle(); }\nrefund;\n",
  });
});
afterEach(() => place.dispose());

const at = (file: string) => path.join(place.root, file);
const put = (file: string, text: string) => {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
};
const open = (live = false) =>
  inPlace(place.state, () => Promise.resolve(new WorkspaceIndex(place.root, { live })));
const edited = "import { settle, refund } from './lib';\nexport function pay() { refund(); }\nrefund;\n";
/** As long as the text before it. */
const sameSize = "import { settle, refund } from './lib';\nexport function pey() { settle(); }\nrefund;\n";

describe('a clock that goes backwards', () => {
  it.each([
    ['the past', -400 * DAY],
    ['the future', 400 * DAY],
  ])('with files of %s hides no edit, whichever way their times go', async (_, shift) => {
    const far = Date.now() / 1000 + shift;
    for (const file of ['lib.ts', 'use.ts']) utimesSync(at(file), far, far);
    expect(await reopenedRows(place)).toEqual(await cleanRows(place));
    put('use.ts', edited);
    for (const seconds of [far - DAY, far + DAY]) {
      utimesSync(at('use.ts'), seconds, seconds);
      expect(await reopenedRows(place)).toEqual(await cleanRows(place));
    }
  });

  it.each([false, true])('hides no edit that keeps size and time (live: %s)', async (live) => {
    const index = await open(live);
    utimesSync(at('use.ts'), 1_000, 1_000);
    const first = rowsOf(await index.graph());
    put('use.ts', sameSize);
    utimesSync(at('use.ts'), 1_000, 1_000);
    const clean = await cleanRows(place);
    expect(clean).not.toEqual(first);
    expect(rowsOf(await index.graph())).toEqual(clean);
    expect(await reopenedRows(place)).toEqual(clean);
  });

  it('has nothing parsed again whose times alone are others', async () => {
    const index = await open();
    await index.refresh();
    for (const file of ['lib.ts', 'use.ts']) utimesSync(at(file), 2_000, 2_000);
    expect((await index.refresh()).report.parsed).toBe(0);
    const again = await open();
    expect((await again.refresh()).report.parsed).toBe(0);
  });
});

/** So many that several batches are still to be read when the first has been. */
const MANY = 300;
const manyFiles = (shown: (i: number) => string) => {
  for (let i = 0; i < MANY; i++)
    put(`many/d${i % 7}/m${i}.ts`, `export function ${shown(i)}() { return ${i}; }\n`);
};

/** Brings an index up to date, and does something once the first files have been read. */
async function whileReading(index: WorkspaceIndex, work: () => void): Promise<void> {
  let isDone = false;
  await index.refresh({
    onProgress({ phase }) {
      if (phase !== 'parse' || isDone) return;
      isDone = true;
      work();
    },
  });
  expect(isDone).toBe(true);
}

describe('files that change while they are read', () => {
  it.each([
    [false, 'in place'],
    [true, 'in place'],
    [false, 'by a rename'],
    [true, 'by a rename'],
  ])('are seen as they are by the next answer (live: %s, %s)', async (live, how) => {
    manyFiles((i) => `before${100 + i}`);
    const index = await open(live);
    await whileReading(index, () => {
      // As long as before, so that the size says nothing.
      if (how === 'in place') manyFiles((i) => `behind${100 + i}`);
      else {
        renameSync(at('many'), at('old'));
        manyFiles((i) => `behind${100 + i}`);
        rmSync(at('old'), { recursive: true });
      }
    });
    const clean = await cleanRows(place);
    expect(rowsOf(await index.graph())).toEqual(clean);
    expect(await reopenedRows(place)).toEqual(clean);
  });

  it('are seen as they are where they change under an edit that is followed', async () => {
    const index = await open(true);
    await index.graph();
    const told = index.edited([{ file: 'use.ts' }]);
    put('use.ts', edited);
    await told;
    put('use.ts', sameSize);
    await index.edited([{ file: 'use.ts' }]);
    expect(rowsOf(await index.graph())).toEqual(await cleanRows(place));
  });
});

describe('a folder that vanishes', () => {
  it.each([false, true])('while its files are read takes nothing else away (live: %s)', async (live) => {
    manyFiles((i) => `f${i}`);
    const index = await open(live);
    await whileReading(index, () => rmSync(at('many/d3'), { recursive: true }));
    expect((await index.graph()).find('f0').id).toBe('many/d0/m0.ts#f0');
    const clean = await cleanRows(place);
    expect(rowsOf(await index.graph())).toEqual(clean);
    expect(await reopenedRows(place)).toEqual(clean);
    manyFiles((i) => `f${i}`);
    expect(rowsOf(await index.graph())).toEqual(await cleanRows(place));
  });

  it('is told in one line where it is the workspace, and is found again when it is back', async () => {
    const index = await open(true);
    const first = rowsOf(await index.graph());
    renameSync(place.root, `${place.root} away`);
    await expect(index.graph()).rejects.toMatchObject({
      reason: 'badInput',
      message: expect.stringMatching(/^[^\n]*no such directory[^\n]*$/) as string,
    });
    renameSync(`${place.root} away`, place.root);
    expect(rowsOf(await index.graph())).toEqual(first);
  });
});

/** The largest was run by hand: 100,000 (docs/performance.md). */
const ARRIVING = Number(process.env.WEFT_ARRIVING ?? 3_000);

describe(`${ARRIVING.toLocaleString('en')} files that appear at once`, () => {
  it('are all in the next answer of a live index, which goes on following edits', async () => {
    const index = await open(true);
    await index.graph();
    const names = Array.from({ length: ARRIVING }, (_, i) => `new/d${i % 97}/n${i}.ts`);
    names.forEach((file, i) =>
      put(file, `import { settle } from '../../lib';\nexport const n${i} = () => settle();\n`),
    );
    await index.edited(names.map((file) => ({ file })));
    const graph = await index.graph();
    expect(callers(graph, 'settle').results).toHaveLength(ARRIVING + 1);
    put('lib.ts', 'export function settled() {}\n');
    await index.edited([{ file: 'lib.ts' }]);
    expect((await index.graph()).find('settled').id).toBe('lib.ts#settled');
    rmSync(at('new'), { recursive: true });
    await index.edited(names.map((file) => ({ file })));
    expect(rowsOf(await index.graph())).toEqual(await cleanRows(place));
    expect(readdirSync(place.root).sort()).toEqual(['lib.ts', 'use.ts']);
  }, 600_000);
});
