import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (workspace) => readFileSync(path.join(workspace, 'prices.js'), 'utf8');
/** 1-based, as the view shows it. */
const lineOf = (text, part) => text.split('\n').findIndex((line) => line.includes(part)) + 1;

/** What a person does in the window, in this order. Each gets the page objects and the workspace's folder. */
export const journeys = [
  {
    name: 'press Fix in the view: the plan ticks, the native diff opens, nothing is written',
    async run({ workbench, view, workspace, shot }) {
      const before = read(workspace);
      await view.fixTheFailingTest();
      await view.acceptHunk(lineOf(before, 'sum -= price')).waitFor({ timeout: 150_000 });
      await workbench.diffEditor().first().waitFor();
      await workbench.codeLenses().filter({ hasText: 'Accept hunk' }).first().waitFor();
      assert.equal(read(workspace), before);
      await shot('review');
    },
  },
  {
    name: 'accept one hunk, reject the other: the file holds the first alone and the tests have run again',
    async run({ view, workspace, shot }) {
      const before = read(workspace);
      const line = (part) => lineOf(before, part);
      await view.acceptHunk(line('sum -= price')).click();
      await view.rejectHunk(line('amount > 50')).click();
      await view.frame.getByText('2 passed, 1 failed').first().waitFor();
      await view.frame
        .getByText(/in your files/)
        .first()
        .waitFor();
      assert.equal(read(workspace), before.replace('sum -= price', 'sum += price'));
      await shot('accepted');
    },
  },
];
