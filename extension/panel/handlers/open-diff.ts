import { openDiff as open } from '../../edits/open-diff.ts';
import type { Handler } from './handler.ts';

export const openDiff: Handler<'openDiff'> = (weft, { runId, file }) => open(weft, runId, [file]);
