import type { Hunk } from '../../server/protocol/changes.ts';
import type { RunState } from '../../server/protocol/run.ts';
import { Card } from '../parts/card.tsx';
import { EvidenceLine } from '../parts/evidence-line.tsx';
import { FileRow } from '../parts/file-row.tsx';
import { HunkRows } from '../parts/hunk-rows.tsx';
import { isPending, isWritten, writtenWords } from '../state/run-facts.ts';
import { useStore } from '../state/use-app.ts';

/** The proposal, its evidence and the two answers to it, in one place. */
export function ChangesCard({ run, hunks = false }: { run: RunState; hunks?: boolean }) {
  const store = useStore();
  const { runId } = run;
  return (
    <Card icon="diff-multiple" title="Changes" aside={writtenWords(run)}>
      <ul className="files" aria-label="Changed files">
        {run.changes.map((change) => {
          const { file } = change;
          const inFile = (hunk: Hunk) => isWritten(run, change, hunk);
          return (
            <li key={file}>
              <FileRow
                change={change}
                written={change.hunks.filter(inFile).length}
                onOpen={() => store.send({ type: 'openDiff', runId, file })}
                onDecide={(decision) => store.send({ type: 'decide', runId, file, decision })}
              />
              {hunks && (
                <HunkRows
                  change={change}
                  isWritten={inFile}
                  onDecide={(hunkId, decision) =>
                    store.send({ type: 'decide', runId, file, hunkId, decision })
                  }
                />
              )}
            </li>
          );
        })}
      </ul>
      <EvidenceLine run={run} />
      <div className="buttons">
        {run.changes.some(isPending) && (
          <>
            <button
              type="button"
              className="primary"
              onClick={() => store.send({ type: 'acceptAll', runId })}
            >
              Accept all
            </button>
            <button
              type="button"
              className="secondary"
              onClick={() => store.send({ type: 'rejectAll', runId })}
            >
              Reject
            </button>
          </>
        )}
        {run.report && (
          <button
            type="button"
            className="link at-end"
            onClick={() => store.send({ type: 'showReport', runId })}
          >
            Why this fix?
          </button>
        )}
      </div>
    </Card>
  );
}
