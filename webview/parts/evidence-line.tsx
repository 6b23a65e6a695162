import type { Evidence } from '../../server/protocol/evidence.ts';
import type { RunState } from '../../server/protocol/run.ts';
import { decidingEvidence, isProof } from '../state/run-facts.ts';
import { count, duration } from '../state/wording.ts';
import { Disclosure } from './disclosure.tsx';
import { Icon } from './icon.tsx';

const WHERE: Record<Evidence['where'], string> = { shadow: 'in a shadow', workspace: 'in your files' };
const PHASE: Record<Evidence['phase'], string> = {
  before: 'Before',
  candidate: 'With the fix',
  after: 'Written',
};
const PHASES = ['before', 'candidate', 'after'] as const;

/** "37 passed, 0 failed", where and for how long; unfolds to before and after. */
export function EvidenceLine({ run }: { run: RunState }) {
  const shown = decidingEvidence(run);
  if (!shown) return <p className="line evidence">The tests have not run with this change yet.</p>;
  const proof = isProof(shown);
  return (
    <div className="evidence">
      <Disclosure
        summary={
          <>
            <Icon name="beaker" tone={proof ? 'proven' : 'failing'} />
            <span className="evidence-words">
              <span>
                {count(shown.passed)} passed, {count(shown.failed)} failed
                {shown.didNotRun > 0 && `, ${count(shown.didNotRun)} did not run`}
              </span>
              <span className="number">
                {WHERE[shown.where]} · {duration(shown.seconds)}
              </span>
            </span>
          </>
        }
      >
        <EvidenceTable evidence={run.evidence} />
      </Disclosure>
      {shown.changedFilesRan === false && (
        <p className="line">
          <Icon name="warning" tone="warning" />
          The tests did not execute the changed files: this proves nothing.
        </p>
      )}
    </div>
  );
}

export function EvidenceTable({ evidence }: { evidence: readonly Evidence[] }) {
  const rows = PHASES.flatMap((phase) => evidence.filter((one) => one.phase === phase));
  const failing = rows.at(-1)?.failing ?? [];
  const before = rows[0]?.failing ?? [];
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">When</span>
            </th>
            <th scope="col">passed</th>
            <th scope="col">failed</th>
            <th scope="col">time</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.phase}>
              <th scope="row">{PHASE[row.phase]}</th>
              <td>{count(row.passed)}</td>
              <td className={row.failed > 0 ? 'tone-failing' : undefined}>{count(row.failed)}</td>
              <td>{duration(row.seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <FailingTests title={rows.length > 1 ? 'Failed before' : 'Failed'} tests={before} />
      {rows.length > 1 && <FailingTests title="Still failing" tests={failing} />}
      {rows[0] && <code className="command">{rows[0].command}</code>}
    </>
  );
}

const MOST_TESTS = 20;

function FailingTests({ title, tests }: { title: string; tests: Evidence['failing'] }) {
  if (tests.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul className="failing">
        {tests.slice(0, MOST_TESTS).map((test) => (
          <li key={test.id}>
            {test.id}
            {test.message && <span className="message">{test.message}</span>}
          </li>
        ))}
        {tests.length > MOST_TESTS && <li>and {count(tests.length - MOST_TESTS)} more</li>}
      </ul>
    </>
  );
}
