import type { Handler } from './handler.ts';

export const acceptAll: Handler<'acceptAll'> = (weft, { runId }) =>
  weft.review.decide(runId, weft.runs.get(runId).changes, 'accepted');
