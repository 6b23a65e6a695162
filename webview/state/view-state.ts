import { reduceRun, type RunState } from '../../server/protocol/run.ts';
import type { ToView, WorkspaceStatus } from '../../server/protocol/view.ts';

export interface Notice {
  level: 'info' | 'warning' | 'error';
  text: string;
}

/** What the host said, reduced. A `snapshot` alone rebuilds all of it. */
export interface ViewState {
  /** Absent until the first snapshot. */
  workspace?: WorkspaceStatus;
  /** Oldest first. */
  runs: readonly RunState[];
  notice?: Notice;
  /** True when an event came of a run that is not known: only a new snapshot helps. */
  outOfStep: boolean;
}

export const initialView: ViewState = { runs: [], outOfStep: false };

export function reduceView(state: ViewState, message: ToView): ViewState {
  switch (message.type) {
    case 'snapshot':
      return {
        ...state,
        workspace: message.workspace,
        runs: [...message.runs].sort((a, b) => a.startedAt - b.startedAt),
        outOfStep: false,
      };
    case 'workspace':
      return { ...state, workspace: message.workspace };
    case 'runEvent': {
      const { runId, event } = message;
      if (state.runs.some((run) => run.runId === runId))
        return {
          ...state,
          runs: state.runs.map((run) => (run.runId === runId ? reduceRun(run, event) : run)),
        };
      if (event.type !== 'started') return { ...state, outOfStep: true };
      return { ...state, notice: undefined, runs: [...state.runs, reduceRun(undefined, event)] };
    }
    case 'notice':
      return { ...state, notice: { level: message.level, text: message.text } };
    case 'show':
      return state;
  }
}
