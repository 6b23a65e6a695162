/** The slash commands of the chat box; `/help` is answered by the view, the others by the host. */
export const CHAT_COMMANDS = [
  { name: '/fix', argument: '[COMMAND]', required: false, does: 'Make the failing tests of COMMAND pass' },
  { name: '/callers', argument: 'NAME', required: true, does: 'Show who calls NAME' },
  { name: '/index', argument: '', required: false, does: 'Bring the graph up to date' },
  { name: '/help', argument: '', required: false, does: 'Say what can be done here' },
] as const;
export type ChatCommand = (typeof CHAT_COMMANDS)[number];

/** The commands that what is typed may become; none once its name is complete and followed by a space. */
export function completionsOf(draft: string): readonly ChatCommand[] {
  if (!/^\/\S*$/.test(draft)) return [];
  return CHAT_COMMANDS.filter((command) => command.name.startsWith(draft));
}

export function completed(command: ChatCommand): string {
  return command.argument ? `${command.name} ` : command.name;
}

/** Why the text cannot be sent as it is, or undefined. */
export function refusal(draft: string, trusted: boolean): string | undefined {
  const [name = '', ...rest] = draft.trim().split(/\s+/);
  if (!name.startsWith('/')) return undefined;
  const command = CHAT_COMMANDS.find((known) => known.name === name);
  if (!command) return `${name} is not a command. Type / to see them.`;
  if (command.required && rest.length === 0) return `${name} needs a ${command.argument.toLowerCase()}.`;
  if (name === '/fix' && !trusted)
    return 'Restricted Mode: nothing is run. Trust the workspace to fix tests.';
  return undefined;
}
