import { WeftView } from './weft-view.mjs';

/** CSS pixels from the left: the side bar begins before, the editors after it. */
const LEFTMOST_EDITOR = 200;

/** Milliseconds, and one more for the saving; from VS Code's storage service of the browser. */
const BROWSER_SAVES_EVERY = 6_000;

/** VS Code's window, as far as Weft's journeys need it. */
export class WorkbenchPage {
  constructor(page) {
    this.page = page;
  }

  async loaded() {
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.part.activitybar').waitFor();
  }

  /** Through VS Code's own command, once it has saved what it keeps of the window: in a browser it does so now and then. */
  async reload() {
    await this.page.waitForTimeout(BROWSER_SAVES_EVERY);
    const again = this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame());
    await this.runCommand('Developer: Reload Window');
    await again;
    await this.loaded();
  }

  /** Room for what is tested: closes VS Code's own chat at the right. */
  async closeSecondarySideBar() {
    const bar = this.page.locator('.part.auxiliarybar');
    if (await bar.isVisible()) await this.runCommand('View: Toggle Secondary Side Bar Visibility');
    await bar.waitFor({ state: 'hidden' });
  }

  /** Answers the question that a folder in Restricted Mode opens with, where it is asked. */
  async stayRestricted() {
    const question = this.page.locator('.monaco-dialog-box');
    const no = question.getByRole('button', { name: /No, I don't trust|Stay in Restricted/i });
    await no.click({ timeout: 10_000 }).catch(() => undefined);
    await question.waitFor({ state: 'hidden' });
  }

  /** Opens Weft's view in the side bar. */
  async openWeft() {
    const tab = this.page.getByRole('tab', { name: 'Weft' }).first();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    return this.#view((left) => left < LEFTMOST_EDITOR);
  }

  /** Weft's view as an editor. */
  weftPanel() {
    return this.#view((left) => left >= LEFTMOST_EDITOR);
  }

  /** The view whose left edge is there; VS Code lays each in a frame of its own over the window. */
  async #view(isThere) {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        const left = await leftOf(frame).catch(() => undefined);
        if (left !== undefined && isThere(left)) return new WeftView(frame);
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error('the view of Weft did not appear');
  }

  /** Labels of the CodeLenses on screen, such as "✓ Accept hunk". */
  codeLenses() {
    return this.page.locator('.codelens-decoration a');
  }

  diffEditor() {
    return this.page.locator('.monaco-diff-editor');
  }

  /** Waits until a notification holds these words; resolves to the whole messages that do. */
  async notificationsWith(words) {
    // Toasts fade away; the list keeps them.
    await this.runCommand('Notifications: Show Notifications');
    const messages = this.page.locator('.notifications-center .notification-list-item-message');
    await messages.filter({ hasText: words }).first().waitFor();
    return messages.filter({ hasText: words }).allInnerTexts();
  }

  async dismissNotifications() {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page
      .locator('.notifications-toasts .notification-list-item')
      .first()
      .waitFor({ state: 'hidden' });
  }

  /** Puts the cursor on a line (1-based) of the proposed side of the diff. */
  async goToLineInDiff(line) {
    await this.diffEditor().locator('.editor.modified .view-line').first().click();
    await this.press('Control+g');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`:${line}`);
    await this.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  async press(keys) {
    await this.page.keyboard.press(keys);
  }

  async runCommand(title) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await this.page.keyboard.press('Enter');
  }
}

/** CSS pixels from the left of the window, or undefined for a frame that is hidden or not Weft's. */
async function leftOf(frame) {
  if ((await frame.locator('#weft').count()) === 0) return undefined;
  const box = await (await frame.frameElement()).boundingBox();
  return box && box.width > 0 ? box.x : undefined;
}
