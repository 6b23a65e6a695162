import type { Handler } from './handler.ts';

export const acceptAll: Handler<'acceptAll'> = (weft, { runId }) => weft.review.decideAll(runId, 'accepted');
