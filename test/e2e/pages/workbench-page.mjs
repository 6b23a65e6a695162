/** VS Code's window, as far as Weft's journeys need it. */
export class WorkbenchPage {
  constructor(page) {
    this.page = page;
  }

  async loaded() {
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.part.activitybar').waitFor();
  }

  /** Room for what is tested: closes VS Code's own chat at the right. */
  async closeSecondarySideBar() {
    const bar = this.page.locator('.part.auxiliarybar');
    if (await bar.isVisible()) await this.runCommand('View: Toggle Secondary Side Bar Visibility');
    await bar.waitFor({ state: 'hidden' });
  }

  /** Opens Weft's view in the side bar; resolves to the frame that shows it. */
  async openWeft() {
    await this.page.getByRole('tab', { name: 'Weft' }).first().click();
    return this.weftFrame();
  }

  async weftFrame() {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator('#weft')
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
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

  async runCommand(title) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await this.page.keyboard.press('Enter');
  }
}
