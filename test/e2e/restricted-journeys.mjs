import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** In a window that opened the folder in Restricted Mode. */
export const restrictedJourneys = [
  {
    name: 'Restricted Mode: the view shows the graph, a fix says why it does not run in one sentence, and nothing runs',
    async run({ workbench, workspace, shot }) {
      const ran = path.join(workspace, 'ran');
      writeFileSync(
        path.join(workspace, 'prices.test.js'),
        `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`,
      );
      await workbench.stayRestricted();
      await workbench.closeSecondarySideBar();
      const view = await workbench.openWeft();
      await view.says('Restricted Mode: the graph works, nothing is run');
      await view.says(/\d+ files?, \d+ symbols? · graph live/);
      assert.equal(await view.fixButton().getAttribute('aria-disabled'), 'true');
      await workbench.runCommand('Weft: Fix Failing Test');
      assert.deepEqual(await workbench.notificationsWith('Restricted Mode'), [
        'Restricted Mode: Weft runs nothing of this workspace. Trust it to fix its tests.',
      ]);
      await shot('restricted');
      assert.equal(existsSync(ran), false);
    },
  },
];
