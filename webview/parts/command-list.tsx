import type { ChatCommand } from '../state/chat-commands.ts';

interface CommandListProps {
  id: string;
  offers: readonly ChatCommand[];
  current: ChatCommand;
  onPick: (command: ChatCommand) => void;
}

export function optionId(listId: string, command: ChatCommand): string {
  return `${listId}-${command.name.slice(1)}`;
}

/** The focus stays in the text box, which points at the current option. */
export function CommandList({ id, offers, current, onPick }: CommandListProps) {
  return (
    <ul role="listbox" id={id} aria-label="Commands" className="command-list">
      {offers.map((command) => (
        <li
          key={command.name}
          role="option"
          id={optionId(id, command)}
          aria-selected={command === current}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(command)}
        >
          <code>
            {command.name} {command.argument}
          </code>
          <span>{command.does}</span>
        </li>
      ))}
    </ul>
  );
}
