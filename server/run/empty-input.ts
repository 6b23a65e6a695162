import * as fs from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder, removeFolder } from '../workspace/temporary-folder.ts';

/** 1970: older than any change, so that a file system that notes few reads notes this one. */
const NEVER = 0;

/**
 * An input that ends at once, as a closed one does, and knows whether somebody tried to read it: reading moves the
 * access time of a file. On a file system mounted with `noatime` nobody ever did.
 */
export class EmptyInput {
  readonly #folder: string;
  readonly #file: fs.FileHandle;

  private constructor(folder: string, file: fs.FileHandle) {
    this.#folder = folder;
    this.#file = file;
  }

  static async open(): Promise<EmptyInput> {
    const folder = await makeTemporaryFolder('input');
    const file = path.join(folder, 'input');
    await fs.writeFile(file, '');
    await fs.utimes(file, NEVER, new Date());
    return new EmptyInput(folder, await fs.open(file));
  }

  get descriptor(): number {
    return this.#file.fd;
  }

  async wasRead(): Promise<boolean> {
    return (await this.#file.stat()).atimeMs > NEVER;
  }

  async close(): Promise<void> {
    await this.#file.close();
    await removeFolder(this.#folder);
  }
}
