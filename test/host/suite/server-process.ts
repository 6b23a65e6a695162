import assert from 'node:assert/strict';
import { activated } from './activation.ts';
import type { HostTest } from './host-test.ts';

export const serverProcessTests: readonly HostTest[] = [
  {
    name: 'a killed server starts again and answers',
    async run() {
      const { weft } = await activated();
      const before = await weft.server.request('doctor', {});
      assert.ok(before.checks.length > 5);
      const killed = weft.server.pid;
      assert.ok(killed !== undefined);

      const restarted = new Promise<void>((resolve) => {
        weft.own(weft.server.onRestarted(resolve));
      });
      process.kill(killed, 'SIGKILL');
      await restarted;

      assert.notEqual(weft.server.pid, killed);
      assert.deepEqual((await weft.server.request('runs/list', {})).runs, []);
    },
  },
];
