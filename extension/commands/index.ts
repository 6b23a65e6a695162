import type { Contribution } from '../contribution.ts';
import { checkMachine } from './check-machine.ts';
import { fixFailingTest } from './fix-failing-test.ts';
import { indexWorkspace } from './index-workspace.ts';
import { setStorePassword } from './set-store-password.ts';
import { showCallers } from './show-callers.ts';
import { showLog } from './show-log.ts';
import { stopRun } from './stop-run.ts';

/** Every command of the palette: one file each, one line here. */
export const commands: readonly Contribution[] = [
  fixFailingTest,
  indexWorkspace,
  showCallers,
  setStorePassword,
  checkMachine,
  showLog,
  stopRun,
];
