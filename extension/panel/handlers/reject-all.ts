import type { Handler } from './handler.ts';

export const rejectAll: Handler<'rejectAll'> = (weft, { runId }) => weft.review.decideAll(runId, 'rejected');
