// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromView, ToView } from '../../server/protocol/view.ts';
import { connectHost } from '../host.ts';
import { Store } from './store.ts';

const workspace = {
  name: 'w',
  graph: 'live',
  files: 1,
  symbols: 1,
  detail: '',
  trusted: true,
  model: 'No model',
} as const;
const snapshot: ToView = { type: 'snapshot', workspace, runs: [] };

let sent: FromView[];
let kept: unknown;

function startStore(): Store {
  // Of this test alone: the stores of earlier tests still listen to the window.
  const outbox = sent;
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: (message: FromView) => outbox.push(message),
    getState: () => kept,
    setState: (state: unknown) => (kept = structuredClone(state)),
  }));
  const store = new Store(connectHost());
  store.start();
  return store;
}

function hostSays(data: unknown): void {
  window.dispatchEvent(new MessageEvent('message', { data }));
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  kept = undefined;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('Store', () => {
  it('asks for a snapshot and renders once for all messages of a frame', () => {
    const store = startStore();
    const rendered = vi.fn();
    store.subscribe(rendered);
    expect(sent).toEqual([{ type: 'ready' }]);
    hostSays(snapshot);
    hostSays({ type: 'workspace', workspace: { ...workspace, files: 7 } });
    expect(rendered).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20);
    expect(rendered).toHaveBeenCalledTimes(1);
    expect(store.getState().view.workspace?.files).toBe(7);
  });

  it('works on without animation frames, as in a hidden page', () => {
    vi.stubGlobal('requestAnimationFrame', () => 1);
    const store = startStore();
    hostSays(snapshot);
    vi.advanceTimersByTime(300);
    expect(store.getState().view.workspace?.name).toBe('w');
  });

  it('asks for one more snapshot when it lost a run', () => {
    startStore();
    const event = { type: 'localisation', suspects: [] };
    hostSays(snapshot);
    hostSays({ type: 'runEvent', runId: 'lost', event });
    hostSays({ type: 'runEvent', runId: 'lost', event });
    vi.advanceTimersByTime(20);
    hostSays({ type: 'runEvent', runId: 'lost', event });
    vi.advanceTimersByTime(20);
    expect(sent).toEqual([{ type: 'ready' }, { type: 'ready' }]);
  });

  it('says so when the host cannot be understood, and ignores what is not a message', () => {
    const store = startStore();
    hostSays('noise');
    hostSays({ type: 'snapshot', workspace: { name: 'no more than that' } });
    vi.advanceTimersByTime(20);
    expect(store.getState().view.notice?.text).toContain('Reload Window');
    expect(store.getState().view.workspace).toBeUndefined();
  });

  it('keeps the state of the interface and nothing else', () => {
    const store = startStore();
    hostSays(snapshot);
    hostSays({ type: 'show', tab: 'changes' });
    vi.advanceTimersByTime(20);
    store.updateUi({ draft: '/fix np' });
    store.rememberScroll('plan', 40);
    vi.advanceTimersByTime(1000);
    expect(kept).toEqual({ tab: 'changes', draft: '/fix np', scroll: { plan: 40 }, helpShown: false });
    expect(startStore().getState().ui.draft).toBe('/fix np');
  });

  it('starts afresh from a state it cannot read', () => {
    kept = { tab: 'no such tab' };
    expect(startStore().getState().ui.tab).toBe('chat');
  });
});
