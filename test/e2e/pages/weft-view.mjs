/** Weft's own view: what a person reads and presses in it. */
export class WeftView {
  constructor(frame) {
    this.frame = frame;
  }

  tab(name) {
    return this.frame.getByRole('tab', { name });
  }

  async fixTheFailingTest() {
    await this.frame.getByRole('button', { name: /^Fix the failing test/ }).click();
  }

  /** The plan's steps that are done. */
  async steps() {
    return this.frame.getByRole('list', { name: 'Steps' }).getByRole('listitem').allInnerTexts();
  }

  acceptHunk(line) {
    return this.frame.getByRole('button', { name: new RegExp(`^Accept the hunk at line ${line} `) });
  }

  rejectHunk(line) {
    return this.frame.getByRole('button', { name: new RegExp(`^Reject the hunk at line ${line} `) });
  }
}
