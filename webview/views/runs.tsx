import { useState } from 'react';
import type { RunState } from '../../server/protocol/run.ts';
import { Nothing } from '../parts/nothing.tsx';
import { useRovingFocus } from '../parts/roving-focus.ts';
import { RunIcon } from '../parts/run-icon.tsx';
import { outcomeWords, secondsOf } from '../state/run-facts.ts';
import { useApp, useCurrentRun, useNow, useStore } from '../state/use-app.ts';
import { countOf, duration, moment } from '../state/wording.ts';

const PAGE = 50;

/** All runs, newest first; choosing one shows it in Plan and Changes. */
export function RunsView() {
  const store = useStore();
  const runs = useApp(({ view }) => view.runs);
  const current = useCurrentRun();
  const [most, setMost] = useState(PAGE);
  const now = useNow(runs.some((run) => run.status === 'running'));
  const shown = runs.toReversed().slice(0, most);
  const roving = useRovingFocus(shown.length);
  if (runs.length === 0) return <Nothing>No runs yet.</Nothing>;
  const show = (run: RunState) =>
    store.updateUi({ selectedRun: run.runId, tab: run.changes.length > 0 ? 'changes' : 'plan' });
  return (
    <div className="page">
      <ul className="runs" aria-label="Runs" onKeyDown={roving.onKeyDown}>
        {shown.map((run, index) => (
          <li key={run.runId}>
            <button
              type="button"
              className="run-row"
              data-roving
              tabIndex={roving.tabIndexOf(index)}
              aria-current={run === current}
              onFocus={() => roving.enter(index)}
              onClick={() => show(run)}
            >
              <RunIcon status={run.status} />
              <span className="run-title">{run.title}</span>
              <span className="number">{duration(secondsOf(run, now))}</span>
              <span className="run-detail">
                <span>{outcomeWords(run)}</span>
                <span className="number">{moment(run.startedAt, now)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {runs.length > most && (
        <button type="button" className="link" onClick={() => setMost(most + PAGE)}>
          Show {countOf(Math.min(PAGE, runs.length - most), 'more run')}
        </button>
      )}
    </div>
  );
}
