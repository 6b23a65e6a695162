// `apply-run.ts ROOT RUN`: applies a run and ends; for tests that kill it on the way.
import { applyRun } from '../../../server/services/apply-run.ts';

const [root = '', runId = ''] = process.argv.slice(2);
applyRun({ root, runId });
