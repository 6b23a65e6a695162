import { toViewSchema, type FromView, type ToView } from '../server/protocol/view.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host as the view sees it. Only the state of the interface itself is kept on this side. */
export interface Host {
  send(message: FromView): void;
  /** `unreadable` is called for a message of the host that does not fit the protocol. */
  listen(receive: (message: ToView) => void, unreadable: () => void): void;
  savedUi(): unknown;
  saveUi(ui: unknown): void;
}

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    listen(receive, unreadable) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (!isMessage(event.data)) return;
        const parsed = toViewSchema().safeParse(event.data);
        if (parsed.success) receive(parsed.data);
        else unreadable();
      });
    },
    savedUi: () => api.getState(),
    saveUi: (ui) => api.setState(ui),
  };
}

function isMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string';
}
