import type { Command } from '../command.ts';
import { calleesCommand } from './callees.ts';
import { callersCommand } from './callers.ts';
import { doctorCommand } from './doctor.ts';
import { demoCommand } from './demo.ts';
import { exportCommand } from './export.ts';
import { fixCommand } from './fix.ts';
import { historyCommand } from './history.ts';
import { impactCommand } from './impact.ts';
import { indexCommand } from './index-workspace.ts';
import { queryCommand } from './query.ts';
import { symbolCommand } from './symbol.ts';
import { testsForCommand } from './tests-for.ts';
import { undoCommand } from './undo.ts';

/** Every command that works. A new one is one file here and one line in this list. */
export const commands: readonly Command[] = [
  fixCommand,
  indexCommand,
  symbolCommand,
  callersCommand,
  calleesCommand,
  impactCommand,
  testsForCommand,
  historyCommand,
  queryCommand,
  exportCommand,
  undoCommand,
  doctorCommand,
  demoCommand,
];

/** Names the contract reserves for commands that are still to come. */
export const laterCommands: readonly string[] = [
  'review',
  'do',
  'write-tests',
  'ask',
  'plan',
  'policy',
  'sessions',
  'resume',
  'mcp',
  'bench',
];
