import { callers } from '../../services/neighbours.ts';
import { neighboursCommand } from '../graph-command.ts';

export const callersCommand = neighboursCommand(
  {
    name: 'callers',
    usage: 'callers DIR NAME|FILE:LINE  who calls a symbol, and what could not be resolved',
    none: 'no caller found',
  },
  callers,
);
