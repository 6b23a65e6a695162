import type { FixReport, RunState } from '../../server/protocol/run.ts';
import { Card } from '../parts/card.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { EvidenceTable } from '../parts/evidence-line.tsx';
import { Icon } from '../parts/icon.tsx';
import { RunIcon } from '../parts/run-icon.tsx';
import { outcomeWords, reasonOf } from '../state/run-facts.ts';
import { useCanRun, useStore } from '../state/use-app.ts';
import { count, countOf, splitPath } from '../state/wording.ts';

/** How the run ended, what was tried, and what to do next when it did not end well. */
export function ReportCard({ run }: { run: RunState }) {
  if (run.status === 'running') return null;
  const endedWell = run.status === 'fixed' || run.status === 'partial';
  return (
    <Card icon="output" title="Report" aside={run.report && tried(run.report)}>
      <p className="line outcome-line">
        <RunIcon status={run.status} />
        <span>{outcomeWords(run)}</span>
      </p>
      {run.changes.length === 0 && run.evidence.length > 0 && (
        <div className="evidence-table">
          <EvidenceTable evidence={run.evidence} />
        </div>
      )}
      {run.suspects.length > 0 && <Suspects run={run} />}
      {!endedWell && <NextSteps run={run} />}
    </Card>
  );
}

function tried(report: FixReport): string {
  return report.candidatesTried === 0 ? '' : `${countOf(report.candidatesTried, 'candidate')} tried`;
}

/** Suspicious lines listed. */
const MOST = 10;

function Suspects({ run }: { run: RunState }) {
  const store = useStore();
  return (
    <div className="suspects">
      <Disclosure summary={<span>{countOf(run.suspects.length, 'suspicious line')}</span>}>
        <ul>
          {run.suspects.slice(0, MOST).map(({ file, line, score }) => (
            <li key={`${file}:${line}`}>
              <button
                type="button"
                className="link"
                title={`Open ${file}, line ${line}`}
                onClick={() => store.send({ type: 'openFile', file, line: line - 1 })}
              >
                {splitPath(file).name}:{line}
              </button>
              <span className="number">{score.toFixed(2)}</span>
            </li>
          ))}
          {run.suspects.length > MOST && <li>and {count(run.suspects.length - MOST)} more</li>}
        </ul>
      </Disclosure>
    </div>
  );
}

const ADVICE: Partial<Record<RunState['status'], string>> = {
  unfixed: 'Start at the most suspicious line, or run again with a command for fewer tests.',
  interrupted: 'Run it again: what was indexed before is kept.',
  error: 'The log says what happened. Mend it and run again.',
};

function NextSteps({ run }: { run: RunState }) {
  const store = useStore();
  const canRun = useCanRun();
  // A reason that is told says what to do itself.
  const advice = run.status === 'error' && reasonOf(run) ? undefined : ADVICE[run.status];
  return (
    <>
      {advice && (
        <p className="line">
          <Icon name="info" tone="muted" />
          <span>{advice}</span>
        </p>
      )}
      <div className="buttons">
        <button
          type="button"
          className="primary"
          disabled={!canRun}
          onClick={() => store.send({ type: 'fix', testCommand: run.command || undefined })}
        >
          Run again
        </button>
        <button type="button" className="secondary" onClick={() => store.send({ type: 'showLog' })}>
          Show log
        </button>
        {run.report?.report && run.status !== 'error' && (
          <button
            type="button"
            className="link at-end"
            onClick={() => store.send({ type: 'showReport', runId: run.runId })}
          >
            Full report
          </button>
        )}
      </div>
    </>
  );
}
