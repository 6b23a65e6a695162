import type { CandidateSession, TestCommand } from '../types.ts';
import { canFork, ForkSession } from './fork-session.ts';
import { PlainSession } from './plain-session.ts';

/** The quickest session that fits the command. Dispose of it: it holds copies of the workspace. */
export function openSession(root: string, command: TestCommand): CandidateSession {
  return canFork(command) ? new ForkSession(root, command) : new PlainSession(root, command);
}
