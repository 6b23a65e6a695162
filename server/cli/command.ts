import type { Progress } from './progress.ts';

/** What a command gets: its own arguments and the ways to speak. */
export interface CommandInput {
  args: string[];
  json: boolean;
  signal: AbortSignal;
  progress: Progress;
  env: NodeJS.ProcessEnv;
}

/** What a command gives back: one JSON object, the same in a person's words, and the exit code. */
export interface CommandOutput {
  json: unknown;
  text: string;
  /** 0 done, 1 not achieved. Bad input is a thrown `UserError`. */
  exitCode: 0 | 1 | 2;
}

export interface Command {
  name: string;
  /** One line: arguments, then what it does. */
  usage: string;
  run(input: CommandInput): Promise<CommandOutput | AsyncIterable<string>>;
}
