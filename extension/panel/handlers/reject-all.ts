import type { Handler } from './handler.ts';

export const rejectAll: Handler<'rejectAll'> = (weft, { runId }) =>
  weft.review.decide(runId, weft.runs.get(runId).changes, 'rejected');
