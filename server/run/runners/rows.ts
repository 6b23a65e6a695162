import * as fs from 'node:fs/promises';

/** What a program of Weft's inside a test run writes, one JSON object a line, to a file outside the workspace. */
interface Row {
  /** Known to that program alone: a line without it was written by a test. */
  key?: string;
}

/** How long a row may go unseen while the tests run. */
const POLL_MS = 50;

/** The file's rows; half a line at the end of a killed run is skipped, and whatever a test wrote into the file. */
export async function readRows<R extends Row>(file: string, key: string): Promise<R[]> {
  return parseRows(await fs.readFile(file, 'utf8').catch(() => ''), key);
}

export function parseRows<R extends Row>(text: string, key: string): R[] {
  return text.split('\n').flatMap((line) => {
    try {
      const row = JSON.parse(line) as R | null;
      return row?.key === key ? [row] : [];
    } catch {
      return [];
    }
  });
}

/** Calls `heard` with each row soon after it was written, until the returned function is called. */
export function followRows<R extends Row>(file: string, key: string, heard: (row: R) => void): () => void {
  let at = 0;
  let rest = '';
  let reading = false;
  const read = async () => {
    if (reading) return;
    reading = true;
    const handle = await fs.open(file).catch(() => undefined);
    try {
      const { size } = (await handle?.stat()) ?? { size: 0 };
      if (!handle || size <= at) return;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - at), 0, size - at, at);
      at += bytesRead;
      const text = rest + buffer.toString('latin1', 0, bytesRead);
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      for (const row of parseRows<R>(Buffer.from(text.slice(0, end), 'latin1').toString(), key)) heard(row);
    } finally {
      await handle?.close();
      reading = false;
    }
  };
  const timer = setInterval(() => void read().catch(() => undefined), POLL_MS);
  return () => clearInterval(timer);
}
