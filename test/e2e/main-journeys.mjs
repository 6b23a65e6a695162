import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (workspace) => readFileSync(path.join(workspace, 'prices.js'), 'utf8');
/** 1-based, as the view shows it. */
const lineOf = (text, part) => text.split('\n').findIndex((line) => line.includes(part)) + 1;

const SUM = ['sum -= price', 'sum += price'];
const FREE = ['amount > 50', 'amount >= 50'];
let original;

/** What a person does in the window, in this order. Each gets the page objects and the workspace's folder. */
export const mainJourneys = [
  {
    name: 'press Fix in the view: the plan ticks, the native diff opens, nothing is written',
    async run({ workbench, workspace, shot }) {
      original = read(workspace);
      await workbench.closeSecondarySideBar();
      const view = await workbench.openWeft();
      await view.fixTheFailingTest();
      await view.acceptHunk(lineOf(original, SUM[0])).waitFor({ timeout: 150_000 });
      await workbench.diffEditor().first().waitFor();
      await workbench.codeLenses().filter({ hasText: 'Accept hunk' }).first().waitFor();
      assert.equal(read(workspace), original);
      await workbench.dismissNotifications();
      await shot('review');
    },
  },
  {
    name: 'Alt+Backspace rejects the hunk under the cursor, Alt+Enter accepts: the file holds one, the tests have run again',
    async run({ workbench, workspace, shot }) {
      const view = await workbench.openWeft();
      await workbench.goToLineInDiff(lineOf(original, FREE[0]));
      await workbench.press('Alt+Backspace');
      await view.rejectHunk(lineOf(original, FREE[0]), { pressed: true }).waitFor();
      assert.equal(read(workspace), original, 'a rejection writes nothing');
      await workbench.goToLineInDiff(lineOf(original, SUM[0]));
      await workbench.press('Alt+Enter');
      await view.says('2 passed, 1 failed');
      await view.says(/in your files/);
      await view.says('1 of 2 hunks written');
      assert.equal(read(workspace), original.replace(...SUM));
      await shot('accepted');
    },
  },
  {
    name: 'a no becomes a yes in the view: the file holds both hunks, and all tests pass',
    async run({ workbench, workspace }) {
      const view = await workbench.openWeft();
      await view.acceptHunk(lineOf(original, FREE[0])).click();
      await view.says('3 passed, 0 failed');
      assert.equal(read(workspace), original.replace(...SUM).replace(...FREE));
    },
  },
  {
    name: 'the panel comes back after a reload, with the run and its evidence',
    async run({ workbench, shot }) {
      await workbench.runCommand('Weft: Open Panel');
      const panel = await workbench.weftPanel();
      await panel.tab('Changes').click();
      await panel.says('3 passed, 0 failed');
      await workbench.reload();
      const again = await workbench.weftPanel();
      await again.says('3 passed, 0 failed');
      assert.equal(await again.tab('Changes').getAttribute('aria-selected'), 'true');
      await shot('panel');
    },
  },
];
