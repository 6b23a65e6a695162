import type { Handler } from './handler.ts';

export const decide: Handler<'decide'> = (weft, { runId, file, hunkId, decision }) =>
  weft.review.decide(runId, [{ file, ...(hunkId === undefined ? {} : { hunkId }) }], decision);
