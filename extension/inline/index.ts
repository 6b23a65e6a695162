import type { Contribution } from '../contribution.ts';
import { failingTests } from './failing-tests.ts';
import { graphLenses } from './graph-lenses.ts';
import { runningStep } from './running-step.ts';

/** What stands in the user's own code and in the status bar. */
export const inline: readonly Contribution[] = [failingTests, graphLenses, runningStep];
