import type { Contribution } from '../contribution.ts';
import { hunkCommands } from './hunk-commands.ts';
import { hunkLenses } from './hunk-lenses.ts';
import { proposalFiles } from './proposal-files.ts';
import { undoneHunks } from './undone-hunks.ts';

/** The review of proposed changes in the native diff editor. */
export const edits: readonly Contribution[] = [proposalFiles, hunkLenses, hunkCommands, undoneHunks];
