// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SCENARIOS, type ScenarioName } from '../dev/scenarios.ts';
import type { FromView, ToView } from '../../server/protocol/view.ts';
import { Store } from '../state/store.ts';
import { StoreContext } from '../state/use-app.ts';
import { App } from './app.tsx';

let root: Root;
let sent: FromView[];
let hear: (message: ToView) => void;

async function show(name: ScenarioName): Promise<void> {
  await say(SCENARIOS[name]);
  sent.length = 0;
}

async function say(messages: readonly ToView[]): Promise<void> {
  await act(async () => {
    messages.forEach((message) => hear(message));
    await vi.advanceTimersByTimeAsync(20);
  });
}

/** The element of a role whose name, or text, begins with `name`. */
function find(role: string, name: string): HTMLElement {
  const selector = role === 'button' ? 'button:not([role])' : `[role=${role}]`;
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((element) =>
    (element.getAttribute('aria-label') ?? element.textContent).startsWith(name),
  );
  if (!found) throw new Error(`No ${role} named ${name}`);
  return found;
}

async function press(element: HTMLElement, key: string, shiftKey = false): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true });
  await act(async () => void element.dispatchEvent(event));
  return event.defaultPrevented;
}

async function click(element: HTMLElement): Promise<void> {
  await act(async () => element.click());
}

function textBox(): HTMLTextAreaElement {
  const box = document.querySelector('textarea');
  if (!box) throw new Error('No chat box');
  return box;
}

async function type(text: string): Promise<void> {
  await act(async () => {
    // Past React's own setter, as typing does.
    Reflect.set(HTMLTextAreaElement.prototype, 'value', text, textBox());
    textBox().dispatchEvent(new Event('input', { bubbles: true }));
  });
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  sent = [];
  const store = new Store({
    send: (message) => void sent.push(message),
    listen: (receive) => void (hear = receive),
    savedUi: () => undefined,
    saveUi: () => undefined,
  });
  const container = document.body.appendChild(document.createElement('div'));
  root = createRoot(container);
  await act(async () => {
    root.render(
      <StoreContext value={store}>
        <App />
      </StoreContext>,
    );
  });
  store.start();
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('tabs', () => {
  it('move and select with the arrows, Home and End; one is in the tab order', async () => {
    await show('proposed');
    const selected = () => document.querySelector('[aria-selected=true]')?.textContent;
    find('tab', 'Chat').focus();
    await press(find('tab', 'Chat'), 'ArrowRight');
    expect(selected()).toBe('Plan');
    expect(document.activeElement).toBe(find('tab', 'Plan'));
    await press(find('tab', 'Plan'), 'End');
    expect(selected()).toBe('Runs');
    await press(find('tab', 'Runs'), 'ArrowRight');
    expect(selected()).toBe('Chat');
    expect(document.querySelectorAll('[role=tab][tabindex="0"]')).toHaveLength(1);
  });

  it('come to the front when the host says so, without taking the focus', async () => {
    await show('proposed');
    await say([{ type: 'show', tab: 'changes' }]);
    expect(find('tab', 'Changes').getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(document.body);
  });
});

describe('the chat box', () => {
  it('sends with Enter, not with Shift+Enter or while composing, and brings the last text back with ↑', async () => {
    await show('empty');
    await type('/callers total');
    expect(await press(textBox(), 'Enter', true)).toBe(false);
    expect(sent).toEqual([]);
    await press(textBox(), 'Enter');
    expect(sent).toEqual([{ type: 'submit', text: '/callers total' }]);
    expect(textBox().value).toBe('');
    await press(textBox(), 'ArrowUp');
    expect(textBox().value).toBe('/callers total');
  });

  it('completes a command by keyboard and closes the list with Escape', async () => {
    await show('empty');
    await type('/');
    const current = () => document.getElementById(textBox().getAttribute('aria-activedescendant') ?? '');
    expect(current()?.textContent).toContain('/fix');
    await press(textBox(), 'ArrowDown');
    expect(current()?.textContent).toContain('/callers');
    await press(textBox(), 'Enter');
    expect(textBox().value).toBe('/callers ');
    expect(sent).toEqual([]);
    await type('/i');
    await press(textBox(), 'Escape');
    expect(document.querySelector('[role=listbox]')).toBeNull();
    expect(textBox().getAttribute('aria-expanded')).toBe('false');
  });

  it('says why it does not send, and keeps the text', async () => {
    await show('untrusted');
    await type('/fix npm test');
    await press(textBox(), 'Enter');
    expect(sent).toEqual([]);
    expect(textBox().value).toBe('/fix npm test');
    expect(document.querySelector('.box-hint')?.textContent).toContain('Restricted Mode');
  });

  it('answers /help itself', async () => {
    await show('empty');
    await type('/help');
    await press(textBox(), 'Enter');
    expect(sent).toEqual([]);
    await click(find('button', 'Close help'));
    expect(document.querySelector('[aria-label="Close help"]')).toBeNull();
  });
});

describe('an empty chat', () => {
  it('fixes with the command that was found, and prefills the others', async () => {
    await show('empty');
    await click(find('button', 'Fix the failing test'));
    expect(sent).toEqual([{ type: 'fix', testCommand: 'npx vitest run' }]);
    await click(find('button', 'Show callers of'));
    expect(textBox().value).toBe('/callers ');
    expect(document.activeElement).toBe(textBox());
  });

  it('runs nothing in Restricted Mode', async () => {
    await show('untrusted');
    const fix = find('button', 'Fix the failing test');
    expect(fix.getAttribute('aria-disabled')).toBe('true');
    await click(fix);
    expect(sent).toEqual([]);
  });
});

describe('a proposal', () => {
  it('is decided by file and as a whole, and opens the diff', async () => {
    await show('proposed');
    await click(find('button', 'cart.ts'));
    await click(find('button', 'Accept src/shop/cart.ts'));
    await click(find('button', 'Reject src/shop/discount.ts'));
    await click(find('button', 'Accept all'));
    await click(find('button', 'Why this fix?'));
    expect(sent).toEqual([
      { type: 'openDiff', runId: 'run-1', file: 'src/shop/cart.ts' },
      { type: 'decide', runId: 'run-1', file: 'src/shop/cart.ts', decision: 'accepted' },
      { type: 'decide', runId: 'run-1', file: 'src/shop/discount.ts', decision: 'rejected' },
      { type: 'acceptAll', runId: 'run-1' },
      { type: 'showReport', runId: 'run-1' },
    ]);
    expect(document.body.textContent).toContain('nothing written yet');
  });

  it('is decided by hunk in the Changes tab, where a file has several', async () => {
    await show('proposed');
    await click(find('tab', 'Changes'));
    await click(find('button', 'Accept the hunk at line 28 of discount.ts'));
    expect(sent).toEqual([
      { type: 'decide', runId: 'run-1', file: 'src/shop/discount.ts', hunkId: 'h3', decision: 'accepted' },
    ]);
    expect(document.querySelectorAll('[aria-label^="Accept the hunk"]')).toHaveLength(2);
  });

  it('keeps the place of the keyboard when its buttons are done', async () => {
    await show('proposed');
    find('button', 'Accept all').focus();
    await say(SCENARIOS.written);
    expect(document.activeElement?.className).toBe('card');
    expect(document.body.textContent).toContain('1 of 2 files written');
  });
});

describe('a plan', () => {
  it('is one tab stop whose steps unfold', async () => {
    await show('long');
    const rows = [...document.querySelectorAll<HTMLElement>('[data-roving]')];
    const inTabOrder = () => rows.filter((row) => row.tabIndex === 0);
    expect(inTabOrder()).toEqual([rows[0]]);
    rows[0]?.focus();
    await press(rows[0] ?? textBox(), 'ArrowDown');
    expect(document.activeElement).toBe(rows[1]);
    expect(inTabOrder()).toEqual([rows[1]]);
    await click(rows[1] ?? textBox());
    expect(rows[1]?.getAttribute('aria-expanded')).toBe('true');
  });

  it('can be stopped, and tells a screen reader its step', async () => {
    await show('running');
    expect(document.querySelector('[role=status].unseen')?.textContent).toBe(
      'Step 3 of 4: Repair without a model',
    );
    await click(find('button', 'Stop the run'));
    expect(sent).toEqual([{ type: 'stop', runId: 'run-1' }]);
  });
});

describe('runs', () => {
  it('shows fifty at a time and opens the chosen one', async () => {
    await show('history');
    await click(find('tab', 'Runs'));
    expect(document.querySelectorAll('.run-row')).toHaveLength(50);
    await click(find('button', 'Show 50 more runs'));
    expect(document.querySelectorAll('.run-row')).toHaveLength(100);
    await click(document.querySelectorAll<HTMLElement>('.run-row')[1] ?? textBox());
    expect(find('tab', 'Plan').getAttribute('aria-selected')).toBe('true');
  });
});
