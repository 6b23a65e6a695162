import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Absolute path of a program, or undefined; a name with a slash is looked up in `cwd` only. */
export function findProgram(name: string, cwd: string, folders: readonly string[]): string | undefined {
  const windows = process.platform === 'win32';
  const places =
    path.isAbsolute(name) || name.includes('/') || (windows && name.includes('\\')) ? [cwd] : folders;
  const endings = windows ? ['', ...(process.env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  for (const place of places) {
    for (const ending of endings) {
      const file = path.resolve(cwd, place, name + ending);
      if (isProgram(file)) return file;
    }
  }
  return undefined;
}

/** The folders of PATH, without empty entries. */
export function pathFolders(): string[] {
  return (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
