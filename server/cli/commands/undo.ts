import type { UndoReport } from '../../protocol/undo.ts';
import { UserError } from '../../protocol/user-error.ts';
import { undo } from '../../services/undo.ts';
import { parse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { openWorkspace } from '../workspace.ts';

export const undoCommand: Command = {
  name: 'undo',
  usage:
    'undo DIR [SESSION[:STEP]] [--redo]  takes back what the last run, or that one, wrote; keeps your edits',
  run(input) {
    const options = { redo: { type: 'boolean' }, run: { type: 'string' } } as const;
    const { values, positionals } = parse('undo', input.args, options, 2);
    if (values.run !== undefined && positionals[1] !== undefined)
      throw new UserError('badInput', 'weft undo: give SESSION or --run SESSION, not both');
    const { runId, step } = session(values.run ?? positionals[1]);
    if (values.redo && step !== undefined)
      throw new UserError('badInput', 'weft undo --redo: give a session without a step');
    const root = openWorkspace(positionals[0], input);
    const report = undo({ root, runId, step, redo: values.redo });
    return Promise.resolve({ json: report, text: describe(report), exitCode: 0 });
  },
};

function session(given: string | undefined): { runId?: string; step?: number } {
  if (given === undefined) return {};
  const [, runId = '', step] = /^(.*?)(?::(\d+))?$/s.exec(given) ?? [];
  if (runId === '')
    throw new UserError('badInput', `weft undo "${given}": write it as SESSION or SESSION:STEP`);
  return { runId, ...(step === undefined ? {} : { step: Number(step) }) };
}

const WORDS = {
  restored: 'as it was, byte for byte',
  merged: 'merged: your edits since are kept',
  removed: 'removed again',
  made: 'there again',
  unchanged: 'had nothing left of it',
} as const;

function describe({ status, runId, title, files }: UndoReport): string {
  const wide = Math.max(0, ...files.map(({ file }) => file.length));
  const back = status === 'undone' ? '"weft undo --redo" brings it again' : '"weft undo" takes it back';
  return [
    `${status} ${title === '' ? runId : `"${title}" (${runId})`}`,
    ...files.map(({ file, change }) => {
      const words = status === 'redone' && change === 'restored' ? 'changed again' : WORDS[change];
      return `  ${file.padEnd(wide)}  ${words}`;
    }),
    back,
  ].join('\n');
}
