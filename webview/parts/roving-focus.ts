import { useState, type KeyboardEvent } from 'react';

const STEPS: Record<string, (at: number, size: number) => number> = {
  ArrowDown: (at, size) => Math.min(at + 1, size - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, size) => size - 1,
};

/**
 * One tab stop for a long list: arrows, Home and End move among the elements marked `data-roving`.
 * `tabIndexOf(i)` belongs on the i-th of them, `onKeyDown` on the list.
 */
export function useRovingFocus(size: number): {
  tabIndexOf: (index: number) => 0 | -1;
  enter: (index: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
} {
  const [chosen, setChosen] = useState(0);
  const current = Math.min(chosen, Math.max(0, size - 1));
  return {
    tabIndexOf: (index) => (index === current ? 0 : -1),
    enter: setChosen,
    onKeyDown(event) {
      const move = STEPS[event.key];
      const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-roving]')];
      const at = items.findIndex((item) => item === event.target);
      if (!move || at < 0) return;
      event.preventDefault();
      const next = move(at, items.length);
      setChosen(next);
      items[next]?.focus();
    },
  };
}
