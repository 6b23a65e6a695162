import { doctor } from '../../services/doctor.ts';
import { parse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { openWorkspace } from '../workspace.ts';
import { paint } from '../progress.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor [DIR]  what was found on this machine, what is missing, and the remedy',
  async run({ args, env, progress }) {
    const { positionals } = parse('doctor', args, {}, 1);
    const report = await doctor({ env, root: openWorkspace(positionals[0], { progress }) });
    const width = Math.max(...report.checks.map((c) => c.name.length));
    const text = report.checks
      .map((check) => {
        const mark =
          check.status === 'found'
            ? paint('green', '✓', process.stdout)
            : check.status === 'warning'
              ? paint('yellow', '!', process.stdout)
              : paint('red', '✗', process.stdout);
        const remedy = check.remedy ? `\n  ${' '.repeat(width)}    → ${check.remedy}` : '';
        return `  ${mark} ${check.name.padEnd(width)}  ${check.detail}${remedy}`;
      })
      .join('\n');
    return { json: report, text, exitCode: 0 };
  },
};
