import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../protocol/user-error.ts';
import { indexWorkspace } from '../../services/index-workspace.ts';
import { parse } from '../arguments.ts';
import { workspaceStateFolder } from '../../settings/state-folder.ts';
import { makeTemporaryFolder, removeFolder } from '../../workspace/temporary-folder.ts';
import type { Command, CommandInput, CommandOutput } from '../command.ts';
import { paint } from '../progress.ts';
import { runFix } from './fix.ts';
import { describeProgress, describeReport } from './index-workspace.ts';

const SAMPLE = path.join('test', 'fixtures', 'sample');

export const demoCommand: Command = {
  name: 'demo',
  usage: 'demo  the main job on the sample workspace of the checkout',
  async run(input) {
    parse('demo', input.args, {}, 0);
    const root = await sampleCopy();
    try {
      return await onSample(root, input);
    } finally {
      rmSync(workspaceStateFolder(root), { recursive: true, force: true });
      await removeFolder(path.dirname(root));
    }
  },
};

async function onSample(root: string, input: CommandInput): Promise<CommandOutput> {
  input.progress.line(paint('bold', 'Weft on its sample workspace (in a copy)'));
  const index = await indexWorkspace(root, {
    rebuild: false,
    signal: input.signal,
    onProgress: (p) => input.progress.live(describeProgress(p)),
  });
  input.progress.line(describeReport(index));
  const output = await runFix(input, { root, apply: false });
  return {
    ...output,
    text: `${output.text}\n\nThe same on a project of yours:\n  npm start -- fix DIR --test "CMD"`,
  };
}

/** A copy outside the checkout: the sample keeps its bug, whatever is tried on it. */
async function sampleCopy(): Promise<string> {
  const sample = [
    process.cwd(),
    path.resolve(import.meta.dirname, '../..'),
    path.resolve(import.meta.dirname, '../../..'),
  ]
    .map((folder) => path.join(folder, SAMPLE))
    .find((folder) => existsSync(folder));
  if (sample === undefined)
    throw new UserError('badInput', `weft demo: ${SAMPLE} is not here; run it from a checkout of Weft`);
  const copy = path.join(await makeTemporaryFolder('sample'), 'sample');
  cpSync(sample, copy, { recursive: true });
  return copy;
}
