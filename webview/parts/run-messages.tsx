import type { RunState } from '../../server/protocol/run.ts';
import { countOf } from '../state/wording.ts';
import { Disclosure } from './disclosure.tsx';
import { Icon } from './icon.tsx';

type Message = RunState['messages'][number];

/** Messages shown before the rest is folded. */
const FEW = 3;

export function RunMessages({ messages }: { messages: readonly Message[] }) {
  if (messages.length === 0) return null;
  const earlier = messages.slice(0, -FEW);
  return (
    <div className="messages">
      {earlier.length > 0 && (
        <Disclosure summary={<span className="aside">{countOf(earlier.length, 'earlier message')}</span>}>
          <Lines messages={earlier} />
        </Disclosure>
      )}
      <Lines messages={messages.slice(-FEW)} />
    </div>
  );
}

function Lines({ messages }: { messages: readonly Message[] }) {
  return messages.map((message, index) => (
    <p className="line" key={index}>
      {message.level !== 'info' && (
        <Icon name={message.level} tone={message.level === 'error' ? 'failing' : 'warning'} />
      )}
      <span>{message.text}</span>
    </p>
  ));
}
