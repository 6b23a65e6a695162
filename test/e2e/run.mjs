// Drives real VS Code windows through Weft's main job, as a person would.
//   node test/e2e/run.mjs [WINDOW]  journeys of all windows or of one; their pictures go to .cache/e2e
//   WEFT_SHOTS=media node …         the same, and the README's pictures are made anew
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { tellCounts } from '../../scripts/lib/test-counts.mjs';
import { openWorkbench } from '../host/workbench.mjs';
import { mainJourneys } from './main-journeys.mjs';
import { WorkbenchPage } from './pages/workbench-page.mjs';
import { restrictedJourneys } from './restricted-journeys.mjs';

/** A window of its own for each, with the journeys made in it, in this order. */
const WINDOWS = [
  { name: 'main', journeys: mainJourneys },
  { name: 'restricted', journeys: restrictedJourneys, restricted: true },
];

/** What a picture for readers can do without; nothing of Weft's. */
const SETTINGS = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.layoutControl.enabled': false,
  'workbench.startupEditor': 'none',
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.overviewRulerBorder': false,
  'editor.scrollbar.horizontal': 'hidden',
  'editor.scrollbar.vertical': 'hidden',
};

const IN_README = ['review'];
const pictures = path.join(root, '.cache/e2e');
mkdirSync(pictures, { recursive: true });
const folderOf = (name) =>
  process.env.WEFT_SHOTS && IN_README.includes(name) ? path.join(root, process.env.WEFT_SHOTS) : pictures;

async function travel({ journeys, restricted = false }) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'weft-e2e-'));
  const workspace = path.join(home, 'prices');
  cpSync(path.join(root, 'test/fixtures/two-bugs'), workspace, { recursive: true });
  process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
  const viewport = { width: 1280, height: 600 };
  const opened = await openWorkbench({
    ...{ workspace, restricted, viewport, extension: root, settings: SETTINGS, scale: 2 },
  });
  const shot = (name) => opened.page.screenshot({ path: path.join(folderOf(name), `${name}.png`) });
  const told = [];
  try {
    const workbench = new WorkbenchPage(opened.page);
    await workbench.loaded();
    for (const { name, run } of journeys) {
      const started = Date.now();
      try {
        await run({ workbench, workspace, shot });
        told.push('passed');
        console.log(`  ✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      } catch (error) {
        told.push('failed');
        console.log(`  ✗ ${name}\n${String(error?.stack ?? error).replaceAll(/^/gm, '      ')}`);
        await opened.page.screenshot({ path: path.join(root, '.cache', 'e2e-failed.png') });
        // The others go on where this one would have ended.
        break;
      }
    }
  } finally {
    await opened.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
  while (told.length < journeys.length) told.push('skipped');
  return told;
}

const told = [];
for (const window of WINDOWS.filter(({ name }) => name.includes(process.argv[2] ?? '')))
  try {
    told.push(...(await travel(window)));
  } catch (error) {
    told.push('failed');
    console.log(`  ✗ ${error instanceof Error ? error.message : String(error)}`);
  }
const count = (outcome) => told.filter((one) => one === outcome).length;
const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
tellCounts(counts);
console.log(`e2e: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
