import { tell } from '../commands/tell.ts';
import type { Contribution } from '../contribution.ts';
import type { WeftContext } from '../context.ts';
import type { Handler } from './handlers/handler.ts';
import { handlers } from './handlers/index.ts';
import type { FromView, ToView } from '../../server/protocol/view.ts';

/** The one bridge between host and views: passes on what happened, and hands each message to its handler. */
export const bridge: Contribution = (weft) => {
  const { views, runs, workspace } = weft;
  weft.own(runs.onNews(({ runId, event }) => views.post({ type: 'runEvent', runId, event })));
  weft.own(workspace.onChanged((status) => views.post({ type: 'workspace', workspace: status })));
  weft.own(
    runs.onReplaced(() => views.post({ type: 'snapshot', workspace: workspace.status, runs: runs.list() })),
  );
  weft.own(
    views.onMessage(({ message, answer }) => {
      handle(weft, message, answer).catch(tell);
    }),
  );
};

async function handle<M extends FromView>(
  weft: WeftContext,
  message: M,
  answer: (message: ToView) => void,
): Promise<void> {
  const handler = handlers[message.type] as unknown as Handler<M['type']>;
  await handler(weft, message as never, answer);
}
