import { useEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the keyboard's place: when the control that had the focus disappears from the element (a button
 * whose work is done), the element itself is focused instead of the page. Never takes focus from elsewhere.
 */
export function useKeptFocus<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null);
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    const remember = (event: FocusEvent) => {
      last.current = event.target instanceof Element ? event.target : null;
    };
    const forget = (event: FocusEvent) => {
      if (event.relatedTarget) last.current = null;
    };
    node.addEventListener('focusin', remember);
    node.addEventListener('focusout', forget);
    return () => {
      node.removeEventListener('focusin', remember);
      node.removeEventListener('focusout', forget);
    };
  }, []);
  useEffect(() => {
    if (!last.current || last.current.isConnected) return;
    last.current = null;
    if (document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  });
  return element;
}
