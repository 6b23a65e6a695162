import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from './build-app.ts';
import { browserPath, startHarness, type Harness } from './harness.ts';
import { overflowing, unnamed, weakContrast } from './inspect.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { THEME_KINDS } from './themes.ts';

const browser = browserPath();
const required = process.env['WEFT_REQUIRE'] === 'all';
if (!browser && !required)
  console.warn('The interface was not tested in a browser: no Chromium. To install it: npm run setup');

const names = Object.keys(SCENARIOS) as ScenarioName[];

describe.runIf(browser !== undefined || required)('the built interface in a browser', () => {
  let harness: Harness;
  let removeApp: () => Promise<void>;

  beforeAll(async () => {
    if (!browser) throw new Error('No Chromium was found. Install it: npm run setup');
    const app = await buildApp();
    removeApp = app.remove;
    harness = await startHarness(app.folder, browser);
  });
  afterAll(async () => {
    await harness?.close();
    await removeApp?.();
  });

  it.each(names)('%s: fits 240 pixels, every control has a name, nothing breaks the policy', async (name) => {
    const { page, say, complaints } = await harness.open({ theme: 'light', width: 240 });
    await say(SCENARIOS[name]);
    const tabs = await page.getByRole('tab').all();
    for (const tab of tabs.length > 0 ? tabs : [undefined]) {
      await tab?.click();
      expect(await page.evaluate(overflowing)).toEqual([]);
      expect(await page.evaluate(unnamed)).toEqual([]);
    }
    expect(await complaints()).toEqual([]);
    await page.close();
  });

  it('sees what the policy forbids: code from text, styles in HTML', async () => {
    const { page, complaints } = await harness.open({ theme: 'light', width: 240 });
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<p style="color: red">styled</p>');
      // Later, from the page itself: what the debugger evaluates is exempt.
      setTimeout(() => void Reflect.construct(Function, ['']));
    });
    await page.waitForFunction(() => window.complaints.length > 1);
    const seen = (await complaints()).join('\n');
    expect(seen).toContain('style-src-attr');
    expect(seen).toContain('script-src');
    await page.close();
  });

  it.each(THEME_KINDS)('%s: all text has a contrast of 4.5 or more', async (theme) => {
    const { page, say } = await harness.open({ theme, width: 380 });
    for (const name of ['empty', 'running', 'error', 'proposed'] as const) {
      await say(SCENARIOS[name]);
      expect(await page.evaluate(weakContrast), name).toEqual([]);
    }
    await page.close();
  });

  it('walks through all controls in order with Tab, each with a visible ring', async () => {
    const { page, say } = await harness.open({ theme: 'dark', width: 380 });
    await say(SCENARIOS.proposed);
    const walked: string[] = [];
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return undefined;
        const name = element.getAttribute('aria-label') ?? element.textContent.trim();
        const ring = getComputedStyle(element).outlineStyle !== 'none' || element.tagName === 'TEXTAREA';
        return `${name}${ring ? '' : ' (no ring)'}`;
      });
      if (at === undefined) break;
      walked.push(at);
    }
    expect(walked).toEqual([
      'Chat',
      'Conversation',
      expect.stringMatching(/^Locatedone/),
      'cart.tssrc/shop',
      'Accept src/shop/cart.ts',
      'Reject src/shop/cart.ts',
      'discount.tssrc/shop',
      'Accept src/shop/discount.ts',
      'Reject src/shop/discount.ts',
      expect.stringMatching(/^37 passed, 0 failed/),
      'Accept all',
      'Reject',
      'Why this fix?',
      '3 suspicious lines',
      'Message',
      'No model',
    ]);
    await page.close();
  });

  it('keeps the running step of a long plan in view', async () => {
    const { page, say } = await harness.open({ theme: 'dark', width: 240 });
    await say(SCENARIOS.long);
    const inView = () =>
      page.evaluate(() => {
        const list = document.querySelector('.steps')?.getBoundingClientRect();
        const step = document.querySelector('[aria-current=step]')?.getBoundingClientRect();
        return list && step ? step.top >= list.top && step.bottom <= list.bottom : undefined;
      });
    expect(await inView()).toBe(true);
    await say([
      { type: 'runEvent', runId: 'run-1', event: { type: 'step', id: 's61', status: 'done', seconds: 1 } },
      { type: 'runEvent', runId: 'run-1', event: { type: 'step', id: 's80', status: 'running' } },
    ]);
    expect(await inView()).toBe(true);
    await page.getByRole('tab', { name: 'Plan' }).click();
    await page.mouse.move(0, 0);
    expect(await inView()).toBe(true);
    await page.close();
  });

  it('comes back as it was after a reload', async () => {
    const kept = { tab: 'chat', draft: '/callers tot', scroll: {}, helpShown: false };
    const { page, say } = await harness.open({ theme: 'dark', width: 380, kept });
    await say(SCENARIOS.proposed);
    expect(await page.getByRole('combobox', { name: 'Message' }).inputValue()).toBe('/callers tot');
    expect(await page.getByRole('button', { name: 'Accept all' }).isVisible()).toBe(true);
    await page.close();
  });
});
