import type { CandidateSession, TestCommand } from '../types.ts';
import { PlainSession } from './plain-session.ts';

/** The quickest session that fits the command. Dispose of it: it holds copies of the workspace. */
export function openSession(root: string, command: TestCommand): Promise<CandidateSession> {
  return Promise.resolve(new PlainSession(root, command));
}
