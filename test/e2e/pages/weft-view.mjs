/** Weft's own view: what a person reads and presses in it. */
export class WeftView {
  constructor(frame) {
    this.frame = frame;
  }

  tab(name) {
    return this.frame.getByRole('tab', { name });
  }

  /** Waits until the view shows these words. */
  async says(words) {
    await this.frame.getByText(words).filter({ visible: true }).first().waitFor();
  }

  fixButton() {
    return this.frame.getByRole('button', { name: /^Fix the failing test/ });
  }

  async fixTheFailingTest() {
    await this.fixButton().click();
  }

  acceptHunk(line) {
    return this.frame.getByRole('button', { name: new RegExp(`^Accept the hunk at line ${line} `) });
  }

  rejectHunk(line, state = {}) {
    return this.frame.getByRole('button', {
      name: new RegExp(`^Reject the hunk at line ${line} `),
      ...state,
    });
  }
}
