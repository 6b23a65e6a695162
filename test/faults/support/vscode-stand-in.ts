/** The little of the `vscode` module that the server's client uses; what it would show is kept. */
export const shown: string[] = [];

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

function show(message: string): Promise<undefined> {
  shown.push(message);
  return Promise.resolve(undefined);
}

export const window = { showWarningMessage: show, showErrorMessage: show };
