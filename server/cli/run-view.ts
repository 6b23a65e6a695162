import type { PlanStep, RunEvent } from '../protocol/run.ts';
import { paint, type Progress } from './progress.ts';

const MARKS: Record<PlanStep['status'], string> = {
  pending: '○',
  running: '⟳',
  done: '✓',
  failed: '✗',
  skipped: '–',
};

/** Prints a run's plan with its steps ticking: each step once when it ends, the running one as a live line. */
export class RunView {
  readonly #progress: Progress;
  #steps: PlanStep[] = [];
  /** Waits for the first line below it. */
  #header: string | undefined;
  /** The line of a failed step, until it is known whether the run ends with it. */
  #failed: string | undefined;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  show(event: RunEvent): void {
    if (event.type === 'plan') {
      this.#steps = event.steps;
      this.#header = paint('bold', `Plan · ${event.steps.length} steps`);
    } else if (event.type === 'finished') {
      // An error is told by the one line that the command ends with.
      if (event.report.status === 'error') this.#failed = undefined;
      this.#flush();
    } else if (event.type === 'step') {
      this.#flush();
      this.#step(event);
    } else if (event.type === 'message') {
      const style = event.level === 'error' ? 'red' : event.level === 'warning' ? 'yellow' : 'dim';
      this.#flush();
      this.#line(`     ${paint(style, event.text)}`);
    }
  }

  #step(update: Extract<RunEvent, { type: 'step' }>): void {
    const index = this.#steps.findIndex((s) => s.id === update.id);
    const before = this.#steps[index];
    if (!before) return;
    const given = Object.fromEntries(
      Object.entries(update).filter(([k, v]) => v !== undefined && k !== 'type'),
    );
    const step: PlanStep = { ...before, ...given };
    this.#steps[index] = step;
    const line = describeStep(step, index);
    if (step.status === 'running') this.#progress.live(line);
    else if (step.status === 'failed') this.#failed = line;
    else if (step.status !== 'pending') this.#line(line);
  }

  #flush(): void {
    if (this.#failed !== undefined) this.#line(this.#failed);
    this.#failed = undefined;
  }

  #line(text: string): void {
    if (this.#header !== undefined) this.#progress.line(this.#header);
    this.#header = undefined;
    this.#progress.line(text);
  }
}

function describeStep(step: PlanStep, index: number): string {
  const style = step.status === 'done' ? 'green' : step.status === 'failed' ? 'red' : 'cyan';
  const seconds = step.seconds === undefined ? '' : `${step.seconds.toFixed(1)} s`;
  const head = `  ${index + 1} ${paint(style, MARKS[step.status])} ${step.title.padEnd(22)} ${seconds.padStart(7)}`;
  return step.detail ? `${head}  ${paint('dim', step.detail)}` : head;
}
