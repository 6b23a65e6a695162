import type { Contribution } from '../contribution.ts';
import { checkMachine } from './check-machine.ts';
import { showLog } from './show-log.ts';

/** Every command of the palette: one file each, one line here. */
export const commands: readonly Contribution[] = [showLog, checkMachine];
