import type { Handler } from './handler.ts';

/** Answers with everything the view shows; the graph and the test command follow when they are known. */
export const ready: Handler<'ready'> = async ({ runs, workspace, log }, _message, answer) => {
  let trouble: string | undefined;
  try {
    await runs.load();
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }
  answer({ type: 'snapshot', workspace: workspace.status, runs: runs.list() });
  if (trouble !== undefined) {
    answer({ type: 'notice', level: 'error', text: trouble });
    return;
  }
  const quietly = (error: unknown) => log.info(error instanceof Error ? error.message : String(error));
  if (workspace.status.graph === 'none') workspace.index().catch(quietly);
  workspace.detectTests().catch(quietly);
};
