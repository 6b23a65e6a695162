import type { Handler, MessageType } from './handler.ts';
import { acceptAll } from './accept-all.ts';
import { decide } from './decide.ts';
import { fix } from './fix.ts';
import { index } from './index-graph.ts';
import { openDiff } from './open-diff.ts';
import { openFile } from './open-file.ts';
import { ready } from './ready.ts';
import { rejectAll } from './reject-all.ts';
import { showLog } from './show-log.ts';
import { showReport } from './show-report.ts';
import { stop } from './stop.ts';
import { submit } from './submit.ts';

/** Every message of a view: one file each, one line here. */
export const handlers: { readonly [T in MessageType]: Handler<T> } = {
  ready,
  submit,
  fix,
  stop,
  openDiff,
  decide,
  acceptAll,
  rejectAll,
  openFile,
  index,
  showLog,
  showReport,
};
