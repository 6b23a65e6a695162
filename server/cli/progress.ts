import { styleText } from 'node:util';

/** What progress is drawn on. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & { write(text: string): unknown };

/** Progress and messages of the command line: always on stderr, a live line only on a terminal. */
export class Progress {
  readonly #stream: ProgressStream;
  #liveLength = 0;
  #lastLive = 0;

  constructor(stream: ProgressStream = process.stderr) {
    this.#stream = stream;
  }

  /** Replaces the live line; on something that is no terminal, nothing. At most 10 a second. */
  live(text: string): void {
    const now = Date.now();
    if (!this.#stream.isTTY || now - this.#lastLive < 100) return;
    this.#lastLive = now;
    const line = text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1));
    this.#stream.write(`\r${line}${' '.repeat(Math.max(0, this.#liveLength - line.length))}`);
    this.#liveLength = line.length;
  }

  /** Writes a line that stays. */
  line(text: string): void {
    this.clear();
    this.#stream.write(text + '\n');
  }

  clear(): void {
    if (this.#liveLength === 0) return;
    this.#stream.write(`\r${' '.repeat(this.#liveLength)}\r`);
    this.#liveLength = 0;
  }
}

type Style = 'red' | 'green' | 'cyan' | 'dim' | 'bold' | 'yellow';

/** Colours text where the stream takes colours (NO_COLOR and FORCE_COLOR are honoured). */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stderr): string {
  const forced = process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== '0';
  if (process.env.NO_COLOR || !(stream.isTTY || forced)) return text;
  return styleText(style, text, { validateStream: false });
}

/** A unified diff in colour. */
export function paintDiff(patch: string, stream: NodeJS.WriteStream = process.stdout): string {
  return patch
    .split('\n')
    .map((line) => {
      if (/^(diff|index|---|\+\+\+)/.test(line)) return paint('bold', line, stream);
      if (line.startsWith('@@')) return paint('cyan', line, stream);
      if (line.startsWith('+')) return paint('green', line, stream);
      if (line.startsWith('-')) return paint('red', line, stream);
      return line;
    })
    .join('\n');
}
