import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { completed, completionsOf, refusal } from '../state/chat-commands.ts';
import { useApp, useCanRun, useStore } from '../state/use-app.ts';
import { CommandList, optionId } from './command-list.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

const NO_MODEL = 'No model';

/** Enter sends, Shift+Enter breaks the line, "/" offers the commands, ↑ in an empty box brings back the last text. */
export function ChatBox({ box }: { box: RefObject<HTMLTextAreaElement | null> }) {
  const store = useStore();
  const draft = useApp(({ ui }) => ui.draft);
  const model = useApp(({ view }) => view.workspace?.model ?? NO_MODEL);
  const trusted = useCanRun();
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [modelTold, setModelTold] = useState(false);
  const lastSent = useRef('');
  const ids = { list: useId(), hint: useId() };
  const offers = dismissed ? [] : completionsOf(draft);
  const current = offers[Math.min(chosen, offers.length - 1)];

  useLayoutEffect(() => {
    if (box.current) fitHeight(box.current);
  }, [box, draft]);

  const write = (text: string) => {
    store.updateUi({ draft: text });
    setChosen(0);
    setDismissed(false);
    setRefused(undefined);
  };
  const send = () => {
    const text = draft.trim();
    if (!text) return;
    const why = refusal(text, trusted);
    setRefused(why);
    if (why) return;
    lastSent.current = text;
    if (text === '/help') store.updateUi({ helpShown: true, draft: '' });
    else {
      store.send({ type: 'submit', text });
      write('');
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const act = keyAction(event);
    if (!act) return;
    event.preventDefault();
    act();
  };
  const keyAction = ({ key, shiftKey }: KeyboardEvent): (() => void) | undefined => {
    if (current) {
      const moved = (by: number) => () =>
        setChosen((offers.indexOf(current) + by + offers.length) % offers.length);
      if (key === 'ArrowDown') return moved(1);
      if (key === 'ArrowUp') return moved(-1);
      if (key === 'Escape') return () => setDismissed(true);
      if ((key === 'Tab' && !shiftKey) || (key === 'Enter' && !shiftKey && draft !== current.name))
        return () => write(completed(current));
    }
    if (key === 'Enter' && !shiftKey) return send;
    if (key === 'ArrowUp' && draft === '' && lastSent.current) return () => write(lastSent.current);
    return undefined;
  };

  return (
    <form
      className="chat-box"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {current && (
        <CommandList
          id={ids.list}
          offers={offers}
          current={current}
          onPick={(command) => {
            write(completed(command));
            box.current?.focus();
          }}
        />
      )}
      <textarea
        ref={box}
        rows={2}
        value={draft}
        placeholder={
          model === NO_MODEL
            ? '/ runs a command: fix a failing test, show callers'
            : 'Say what to change, / runs a command'
        }
        aria-label="Message"
        aria-describedby={ids.hint}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={Boolean(current)}
        aria-controls={current ? ids.list : undefined}
        aria-activedescendant={current ? optionId(ids.list, current) : undefined}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p id={ids.hint} className="box-hint" role="status">
        {refused ?? (modelTold ? modelWords(model) : '')}
      </p>
      <div className="box-foot">
        <button
          type="button"
          className="model"
          aria-expanded={modelTold}
          aria-controls={ids.hint}
          onClick={() => setModelTold(!modelTold)}
        >
          {model}
          <Icon name="chevron-down" />
        </button>
        <IconButton
          icon="send"
          name="Send"
          type="submit"
          disabled={!draft.trim()}
          onPress={() => undefined}
        />
      </div>
    </form>
  );
}

function modelWords(model: string): string {
  return model === NO_MODEL
    ? 'Works without a model: /fix repairs a failing test, /callers and /index use the graph.'
    : `${model} is used where a step needs a model.`;
}

function fitHeight(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
