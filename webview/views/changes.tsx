import { useCurrentRun } from '../state/use-app.ts';
import { Nothing } from '../parts/nothing.tsx';
import { ChangesCard } from './changes-card.tsx';

export function ChangesView() {
  const run = useCurrentRun();
  if (!run || run.changes.length === 0)
    return <Nothing>No changes. A proposed fix waits here until you accept or reject it.</Nothing>;
  return (
    <div className="page">
      <h2 className="page-title">{run.title}</h2>
      <ChangesCard run={run} hunks />
    </div>
  );
}
