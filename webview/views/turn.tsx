import { useId, useState } from 'react';
import type { RunState } from '../../server/protocol/run.ts';
import { Icon } from '../parts/icon.tsx';
import { RunIcon } from '../parts/run-icon.tsx';
import { outcomeWords, secondsOf } from '../state/run-facts.ts';
import { duration } from '../state/wording.ts';
import { ChangesCard } from './changes-card.tsx';
import { PlanCard } from './plan-card.tsx';
import { ReportCard } from './report-card.tsx';

/** A request and the cards of its run. Earlier turns are folded to one line of outcome. */
export function Turn({ run, latest }: { run: RunState; latest: boolean }) {
  const [opened, setOpened] = useState<boolean>();
  const titleId = useId();
  const open = opened ?? latest;
  return (
    <article className="turn" aria-labelledby={titleId}>
      <div className="request">
        <h2 id={titleId}>{run.title}</h2>
        {run.command && <code className="chip">{run.command}</code>}
      </div>
      {!latest && (
        <button type="button" className="outcome" aria-expanded={open} onClick={() => setOpened(!open)}>
          <RunIcon status={run.status} />
          <span>{outcomeWords(run)}</span>
          <span className="number">{duration(secondsOf(run, run.startedAt))}</span>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} tone="muted" />
        </button>
      )}
      {open && <RunCards run={run} />}
    </article>
  );
}

function RunCards({ run }: { run: RunState }) {
  return (
    <div className="cards">
      <PlanCard run={run} />
      {(run.changes.length > 0 || run.status !== 'running') && (
        <div className="results">
          {run.changes.length > 0 && <ChangesCard run={run} />}
          <ReportCard run={run} />
        </div>
      )}
    </div>
  );
}
