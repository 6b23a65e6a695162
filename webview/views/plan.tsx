import { useCurrentRun } from '../state/use-app.ts';
import { Nothing } from '../parts/nothing.tsx';
import { PlanCard } from './plan-card.tsx';

export function PlanView() {
  const run = useCurrentRun();
  if (!run) return <Nothing>No plan yet. A fix shows its steps here while they run.</Nothing>;
  return (
    <div className="page is-whole-plan">
      <h2 className="page-title">{run.title}</h2>
      <PlanCard run={run} />
    </div>
  );
}
