import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the child at `index` of a scrolling list in view when it changes. Only the list itself scrolls, and
 * not while the keyboard's focus or the mouse's pointer is inside it: then a person is reading there.
 * The list is its children's offset parent.
 */
export function useFollowed<T extends HTMLElement>(index: number): RefObject<T | null> {
  const list = useRef<T>(null);
  useLayoutEffect(() => {
    const scroller = list.current;
    const child = scroller?.children[index];
    if (!scroller || !(child instanceof HTMLElement)) return;
    if (scroller.matches(':hover') || scroller.contains(document.activeElement)) return;
    const top = child.offsetTop;
    const bottom = top + child.offsetHeight;
    if (top >= scroller.scrollTop && bottom <= scroller.scrollTop + scroller.clientHeight) return;
    scroller.scrollTop = bottom - scroller.clientHeight * 0.7;
  }, [index]);
  return list;
}
