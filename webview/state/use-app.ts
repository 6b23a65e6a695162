import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { RunState } from '../../server/protocol/run.ts';
import type { AppState, Store } from './store.ts';

export const StoreContext = createContext<Store | undefined>(undefined);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error('The view was rendered outside its store');
  return store;
}

/** `select` returns a part of the state, not a new object. */
export function useApp<T>(select: (state: AppState) => T): T {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

export function useCanRun(): boolean {
  return useApp((state) => state.view.workspace?.trusted ?? false);
}

/** The run that Plan and Changes show: the one chosen in Runs, else the latest. */
export function useCurrentRun(): RunState | undefined {
  return useApp(currentRun);
}

export function currentRun({ view, ui }: AppState): RunState | undefined {
  return view.runs.find((run) => run.runId === ui.selectedRun) ?? view.runs.at(-1);
}

/** The time in milliseconds since the epoch, renewed every second while `ticking`. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
