import { useLayoutEffect, useRef, useState } from 'react';
import { ChatBox } from '../parts/chat-box.tsx';
import { useApp, useStore } from '../state/use-app.ts';
import { countOf } from '../state/wording.ts';
import { EmptyChat } from './empty-chat.tsx';
import { Help } from './help.tsx';
import { Turn } from './turn.tsx';

/** Turns shown before "Show earlier" is pressed. */
const FEW_TURNS = 12;
/** Pixels from the bottom within which new content keeps the bottom in view. */
const NEAR = 24;

export function ChatView() {
  const store = useStore();
  const runs = useApp(({ view }) => view.runs);
  const helpShown = useApp(({ ui }) => ui.helpShown);
  const [all, setAll] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const atEnd = useRef(true);
  const shown = all ? runs : runs.slice(-FEW_TURNS);

  useLayoutEffect(() => {
    const saved = store.getState().ui.scroll.chat;
    if (!scroller.current || saved === undefined) return;
    scroller.current.scrollTop = saved;
    atEnd.current = isAtEnd(scroller.current);
  }, [store]);
  useLayoutEffect(() => {
    if (scroller.current && atEnd.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [runs]);
  const helpWasShown = useRef(helpShown);
  useLayoutEffect(() => {
    if (scroller.current && helpShown && !helpWasShown.current)
      scroller.current.scrollTop = scroller.current.scrollHeight;
    helpWasShown.current = helpShown;
  }, [helpShown]);

  useLayoutEffect(() => {
    const node = scroller.current;
    if (!node) return;
    const keepEnd = new ResizeObserver(() => {
      if (atEnd.current) node.scrollTop = node.scrollHeight;
    });
    keepEnd.observe(node);
    return () => keepEnd.disconnect();
  }, []);

  const prefill = (draft: string) => {
    store.updateUi({ draft });
    box.current?.focus();
  };
  return (
    <>
      <div
        className="scroller chat"
        role="region"
        aria-label="Conversation"
        tabIndex={0}
        ref={scroller}
        onScroll={(event) => {
          atEnd.current = isAtEnd(event.currentTarget);
          store.rememberScroll('chat', event.currentTarget.scrollTop);
        }}
      >
        {shown.length < runs.length && (
          <button type="button" className="link" onClick={() => setAll(true)}>
            Show {countOf(runs.length - shown.length, 'earlier run')}
          </button>
        )}
        {runs.length === 0 && <EmptyChat onPrefill={prefill} />}
        {shown.map((run) => (
          <Turn key={run.runId} run={run} latest={run === runs.at(-1)} />
        ))}
        {helpShown && <Help />}
      </div>
      <ChatBox box={box} />
    </>
  );
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
}
