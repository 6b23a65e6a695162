import { Card } from '../parts/card.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { CHAT_COMMANDS } from '../state/chat-commands.ts';
import { useStore } from '../state/use-app.ts';

export function Help() {
  const store = useStore();
  return (
    <Card
      icon="question"
      title="Help"
      actions={
        <IconButton icon="close" name="Close help" onPress={() => store.updateUi({ helpShown: false })} />
      }
    >
      <dl className="help">
        {CHAT_COMMANDS.map(({ name, argument, does }) => (
          <div key={name}>
            <dt>
              <code>
                {name} {argument}
              </code>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="line">Each change is shown as a diff first. Files change only after you accept.</p>
    </Card>
  );
}
