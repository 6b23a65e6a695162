import * as vscode from 'vscode';
import type { DoctorReport } from '../../server/protocol/doctor.ts';
import type { Contribution } from '../contribution.ts';
import { tell } from './tell.ts';

const MARKS = { found: '✓', warning: '!', missing: '✗' } as const;

/** Shows what was found on this machine and what is missing, with the remedy; returns the report. */
export const checkMachine: Contribution = (weft) => {
  weft.own(
    vscode.commands.registerCommand('weft.checkMachine', async (): Promise<DoctorReport | undefined> => {
      try {
        const report = await weft.server.request('doctor', {});
        for (const { name, status, detail, remedy } of report.checks)
          weft.log.info(`${MARKS[status]} ${name}: ${detail}${remedy ? ` → ${remedy}` : ''}`);
        weft.log.show(true);
        return report;
      } catch (error) {
        tell(error);
        return undefined;
      }
    }),
  );
};
