// Pictures of every state of the app in every kind of theme, for a person to look at:
//   node webview/dev/shots.ts [SCENARIO...]   → .cache/ui/
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildApp } from './build-app.ts';
import { browserPath, startHarness } from './harness.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { THEME_KINDS } from './themes.ts';

const WIDTHS = [240, 380, 900];
const folder = path.resolve(import.meta.dirname, '../../.cache/ui');
const wanted = process.argv.slice(2);
const names = (Object.keys(SCENARIOS) as ScenarioName[]).filter(
  (name) => !wanted.length || wanted.includes(name),
);

const browser = browserPath();
if (!browser) throw new Error('No Chromium was found. Install it or name it in WEFT_CHROMIUM.');
await mkdir(folder, { recursive: true });
const app = await buildApp();
const harness = await startHarness(app.folder, browser);
for (const theme of THEME_KINDS)
  for (const width of WIDTHS)
    for (const name of names) {
      const { page, say } = await harness.open({ theme, width, height: 760 });
      await say(SCENARIOS[name]);
      if (name === 'history') await page.getByRole('tab', { name: 'Runs' }).click();
      await page.waitForTimeout(name === 'loading' ? 600 : 50);
      await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
      await page.close();
    }
await harness.close();
await app.remove();
