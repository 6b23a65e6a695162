import { describe, expect, it } from 'vitest';
import type { ToView } from '../../server/protocol/view.ts';
import { initialView, reduceView } from './view-state.ts';

const started: ToView = {
  type: 'runEvent',
  runId: 'a',
  event: { type: 'started', runId: 'a', title: 'Fix it', command: 'npm test', at: 5 },
};
const planned: ToView = {
  type: 'runEvent',
  runId: 'a',
  event: { type: 'plan', steps: [{ id: 's', title: 'Locate', status: 'running' }] },
};

describe('reduceView', () => {
  it('builds a run from its events', () => {
    const { runs } = [started, planned].reduce(reduceView, initialView);
    expect(runs).toMatchObject([{ runId: 'a', title: 'Fix it', steps: [{ title: 'Locate' }] }]);
  });

  it('is out of step after an event of a run it does not know, until the next snapshot', () => {
    const lost = reduceView(initialView, planned);
    expect(lost.outOfStep).toBe(true);
    expect(lost.runs).toEqual([]);
    const snapshot: ToView = {
      type: 'snapshot',
      workspace: {
        name: 'w',
        graph: 'live',
        files: 1,
        symbols: 1,
        detail: '',
        trusted: true,
        model: 'No model',
      },
      runs: [],
    };
    expect(reduceView(lost, snapshot).outOfStep).toBe(false);
  });

  it('forgets the notice when a run starts', () => {
    const noticed = reduceView(initialView, { type: 'notice', level: 'info', text: 'Nothing fails.' });
    expect(noticed.notice?.text).toBe('Nothing fails.');
    expect(reduceView(noticed, started).notice).toBeUndefined();
  });
});
