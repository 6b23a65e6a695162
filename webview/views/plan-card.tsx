import type { RunState } from '../../server/protocol/run.ts';
import { Card } from '../parts/card.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { RunMessages } from '../parts/run-messages.tsx';
import { StepList } from '../parts/step-list.tsx';
import { fatalMessage, planWords } from '../state/run-facts.ts';
import { useNow, useStore } from '../state/use-app.ts';

export function PlanCard({ run }: { run: RunState }) {
  const store = useStore();
  const running = run.status === 'running';
  const now = useNow(running);
  return (
    <Card
      icon="list-ordered"
      title="Plan"
      aside={planWords(run, now)}
      actions={
        running && (
          <IconButton
            icon="debug-stop"
            name="Stop the run"
            onPress={() => store.send({ type: 'stop', runId: run.runId })}
          />
        )
      }
    >
      {run.steps.length > 0 ? (
        <StepList steps={run.steps} live={running} />
      ) : (
        <p className="line">{running ? 'Reading the request' : 'No step was made.'}</p>
      )}
      <RunMessages messages={run.messages.filter((message) => message !== fatalMessage(run))} />
    </Card>
  );
}
