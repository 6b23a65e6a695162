import { outcomeWords, pendingFiles, runningStep } from '../state/run-facts.ts';
import { useApp } from '../state/use-app.ts';
import { countOf } from '../state/wording.ts';

/** Says the progress of the latest run to a screen reader, politely: one sentence a step, nothing a second. */
export function LiveStatus() {
  const run = useApp(({ view }) => view.runs.at(-1));
  return (
    <div role="status" aria-live="polite" className="unseen">
      {run && sentence(run)}
    </div>
  );
}

function sentence(run: Parameters<typeof outcomeWords>[0]): string {
  const step = runningStep(run);
  if (step) return `Step ${run.steps.indexOf(step) + 1} of ${run.steps.length}: ${step.title}`;
  const waiting = pendingFiles(run);
  return waiting > 0 ? `${outcomeWords(run)}. ${countOf(waiting, 'file')} to decide.` : outcomeWords(run);
}
