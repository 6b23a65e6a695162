import { callees } from '../../services/neighbours.ts';
import { neighboursCommand } from '../graph-command.ts';

export const calleesCommand = neighboursCommand(
  {
    name: 'callees',
    usage: 'callees DIR NAME|FILE:LINE  what a symbol calls, and the implementations that may run there',
    none: 'it calls nothing of the workspace',
  },
  callees,
);
