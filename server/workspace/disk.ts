import * as fs from 'node:fs';

/** What a transaction does to the disk; tests put failing ones in its place. */
export interface Disk {
  /** Creates a file that must not exist yet and returns once its bytes are on the disk. */
  create: (file: string, bytes: Uint8Array, mode: number) => void;
  /** Gives a file a second name, which must not exist yet. */
  link: (from: string, to: string) => void;
  rename: (from: string, to: string) => void;
  /** Takes a file away; one that is gone already is no error. */
  remove: (file: string) => void;
  /** Makes one folder, whose parent exists. */
  makeFolder: (folder: string) => void;
  /** Takes an empty folder away. */
  removeFolder: (folder: string) => void;
}

export const realDisk: Disk = {
  create(file, bytes, mode) {
    const handle = fs.openSync(file, 'wx', 0o600);
    try {
      fs.writeFileSync(handle, bytes);
      fs.fchmodSync(handle, mode);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  },
  link: (from, to) => fs.linkSync(from, to),
  rename: (from, to) => fs.renameSync(from, to),
  remove: (file) => fs.rmSync(file, { force: true }),
  makeFolder: (folder) => fs.mkdirSync(folder),
  removeFolder: (folder) => fs.rmdirSync(folder),
};

/** Has the names in a folder reach the disk. */
export function syncFolder(folder: string): void {
  try {
    const handle = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Windows cannot sync a folder.
  }
}
