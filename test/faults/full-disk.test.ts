import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FILES, sourceOf } from './support/kill-sources.ts';
import { makePlace, type Place } from './support/place.ts';
import { startWeft } from './support/weft-server.ts';

/** A disk of its own for the state folder: it is gone with the command that mounted it. */
const MOUNT = 'mount -t tmpfs -o size="$SIZE"k weft "$WEFT_STATE_FOLDER"';
const canMount =
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=16k weft /mnt']).status === 0;
/** Kilobytes: full at the first file, at the snapshot, at the graph, and at the rows or pages of the store. */
const SIZES = [4, 48, 200, 900, 3_000];

let place: Place;
beforeEach(() => {
  place = makePlace(
    Object.fromEntries(Array.from({ length: FILES }, (_, i) => [`m${i}.ts`, sourceOf(i, 0)])),
  );
  mkdirSync(place.state);
});
afterEach(() => place.dispose());

describe.skipIf(!canMount)(`a full disk${canMount ? '' : ' (no tmpfs can be mounted here)'}`, () => {
  it.each(SIZES)(
    'of %i kB is told in a line or two, and when there is room all is well without another step',
    async (size) => {
      const script = `${MOUNT}; "$@" 2>&1; echo "status $?" ; mount -o remount,size=300000k "$WEFT_STATE_FOLDER"; "$@"`;
      const wrapper = ['unshare', '-rm', 'sh', '-c', script, 'sh'];
      const { stdout, stderr, status } = await startWeft(
        place,
        ['query', place.root, 'MATCH (a:Function)-[:CALLS]->(b) RETURN count(*)', '--json'],
        { wrapper, env: { SIZE: String(size) } },
      ).done;
      const [, first = '', code, second = ''] = /^([^]*?)status (\d+)\n([^]*)$/.exec(stdout) ?? [];
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(JSON.parse(second)).toMatchObject({ rows: [[FILES]], stale: false });
      if (code === '0') return expect(JSON.parse(first)).toMatchObject({ rows: [[FILES]] });
      expect(['1', '2']).toContain(code);
      expect(first.trim().split('\n').length).toBeLessThanOrEqual(2);
      expect(first).toMatch(/cannot be written|could not be written|could not be opened/);
      expect(first).not.toMatch(/\n\s+at /);
    },
  );
});
