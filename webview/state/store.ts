import type { FromView, ToView } from '../../server/protocol/view.ts';
import type { Host } from '../host.ts';
import { oncePerFrame } from './frames.ts';
import { readUi, TABS, type Tab, type UiState } from './ui-state.ts';
import { initialView, reduceView, type ViewState } from './view-state.ts';

export interface AppState {
  view: ViewState;
  ui: UiState;
}

const UNREADABLE =
  'Weft sent something this window cannot read: the two are of different versions. Run “Developer: Reload Window”.';

/** Milliseconds between a change of the interface's state and its saving. */
const SAVE_DELAY = 200;

/** Holds the one state of the app. Messages are reduced in batches, one batch an animation frame. */
export class Store {
  readonly #host: Host;
  readonly #listeners = new Set<() => void>();
  #state: AppState;
  #queue: ToView[] = [];
  #saving: ReturnType<typeof setTimeout> | undefined;
  readonly #flushSoon = oncePerFrame(() => this.#flush());

  constructor(host: Host) {
    this.#host = host;
    this.#state = { view: initialView, ui: readUi(host.savedUi()) };
  }

  /** Starts listening and asks for a snapshot. */
  start(): void {
    this.#host.listen(
      (message) => this.#receive(message),
      () => this.#receive({ type: 'notice', level: 'error', text: UNREADABLE }),
    );
    this.#host.send({ type: 'ready' });
  }

  readonly getState = (): AppState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  send(message: FromView): void {
    this.#host.send(message);
  }

  updateUi(change: Partial<UiState>): void {
    this.#set({ ...this.#state, ui: { ...this.#state.ui, ...change } });
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.saveUi(), SAVE_DELAY);
  }

  /** Does not render: a scroll position is written often and read only when a tab is shown. */
  rememberScroll(tab: Tab, top: number): void {
    this.#state.ui.scroll[tab] = top;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.saveUi(), SAVE_DELAY);
  }

  saveUi(): void {
    clearTimeout(this.#saving);
    this.#host.saveUi(this.#state.ui);
  }

  dismissNotice(): void {
    this.#set({ ...this.#state, view: { ...this.#state.view, notice: undefined } });
  }

  #receive(message: ToView): void {
    this.#queue.push(message);
    this.#flushSoon();
  }

  #flush(): void {
    const messages = this.#queue;
    this.#queue = [];
    const before = this.#state;
    const view = messages.reduce(reduceView, before.view);
    const ui = messages.reduce(reduceUi, before.ui);
    this.#set({ view, ui });
    if (view.outOfStep && !before.view.outOfStep) this.#host.send({ type: 'ready' });
    if (ui !== before.ui) this.saveUi();
  }

  #set(state: AppState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function reduceUi(ui: UiState, message: ToView): UiState {
  if (message.type === 'show') {
    const tab = TABS.find((known) => known === message.tab);
    return tab ? { ...ui, tab } : ui;
  }
  if (message.type === 'runEvent' && message.event.type === 'started')
    return { ...ui, selectedRun: undefined };
  return ui;
}
