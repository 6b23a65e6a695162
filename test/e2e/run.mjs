// Drives a real VS Code window through Weft's main job, as a person would.
//   node test/e2e/run.mjs           journeys; their pictures go to .cache/e2e
//   WEFT_SHOTS=media node …         the same, and the pictures are the README's
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { tellCounts } from '../../scripts/lib/test-counts.mjs';
import { openWorkbench } from '../host/workbench.mjs';
import { journeys } from './journeys.mjs';
import { WeftView } from './pages/weft-view.mjs';
import { WorkbenchPage } from './pages/workbench-page.mjs';

const home = mkdtempSync(path.join(os.tmpdir(), 'weft-e2e-'));
const workspace = path.join(home, 'prices');
cpSync(path.join(root, 'test/fixtures/two-bugs'), workspace, { recursive: true });
process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
const pictures = path.join(root, process.env.WEFT_SHOTS ?? '.cache/e2e');
mkdirSync(pictures, { recursive: true });

let passed = 0;
let failed = 0;
const opened = await openWorkbench({ workspace, extension: root, viewport: { width: 1280, height: 800 } });
const shot = (name) => opened.page.screenshot({ path: path.join(pictures, `${name}.png`) });
try {
  const workbench = new WorkbenchPage(opened.page);
  await workbench.loaded();
  await workbench.closeSecondarySideBar();
  const view = new WeftView(await workbench.openWeft());
  for (const { name, run } of journeys) {
    const started = Date.now();
    try {
      await run({ workbench, view, workspace, shot });
      passed += 1;
      console.log(`  ✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`  ✗ ${name}\n${String(error?.stack ?? error).replaceAll(/^/gm, '      ')}`);
      await opened.page.screenshot({ path: path.join(root, '.cache', 'e2e-failed.png') });
      break;
    }
  }
} catch (error) {
  failed += 1;
  console.log(`  ✗ ${error instanceof Error ? error.message : String(error)}`);
} finally {
  await opened.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
tellCounts({ passed, failed, skipped: journeys.length - passed - failed });
console.log(`e2e: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
