import { UserError } from '../../protocol/user-error.ts';

export interface Word {
  text: string;
  /** Has a `*`, `?` or `[` outside quotes, which a shell would expand. */
  glob: boolean;
}

export interface SplitCommand {
  words: Word[];
  /** Needs a shell for more than file patterns: pipes, lists, redirections, variables, substitutions. */
  needsShell: boolean;
}

const OPERATORS = '|&;<>()$`\n';

/** Splits a command line as a POSIX shell does; on Windows a backslash is part of a path. */
export function splitCommand(command: string, platform: NodeJS.Platform = process.platform): SplitCommand {
  const escape = platform === 'win32' ? '' : '\\';
  const words: Word[] = [];
  let word: Word | undefined;
  let quote = '';
  let needsShell = false;
  for (let i = 0; i < command.length; i++) {
    const char = command.charAt(i);
    if (quote) {
      if (char === quote) quote = '';
      else {
        if (quote === '"' && (char === '$' || char === '`')) needsShell = true;
        const escaped = quote === '"' && char === escape && '"\\$`'.includes(command.charAt(i + 1));
        word = add(word, escaped ? command.charAt(++i) : char);
      }
    } else if (/[ \t]/.test(char)) {
      if (word) words.push(word);
      word = undefined;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= { text: '', glob: false };
    } else if (char === escape && i + 1 < command.length) {
      word = add(word, command.charAt(++i));
    } else {
      if (OPERATORS.includes(char) || (char === '~' && !word)) needsShell = true;
      word = add(word, char, '*?['.includes(char));
    }
  }
  if (quote) throw new UserError('badInput', `a ${quote} is not closed in the command: ${command}`);
  if (word) words.push(word);
  return { words, needsShell };
}

function add(word: Word | undefined, char: string, glob = false): Word {
  return { text: (word?.text ?? '') + char, glob: glob || (word?.glob ?? false) };
}
