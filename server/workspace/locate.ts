import * as fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';

/**
 * Where the bytes of a workspace's file really are, behind any symbolic link. `realRoot` is a real path.
 *
 * @throws UserError `badInput`: outside the workspace, git's own, or no file.
 */
export function locate(realRoot: string, file: string): string {
  const target = locatePlace(realRoot, file);
  if (!fs.existsSync(target)) throw refused(file, 'cannot be found; make the patch again');
  if (!fs.statSync(target).isFile()) throw refused(file, 'is not a file');
  return target;
}

/** The same for a file that need not be there, in folders that need not be either. */
export function locatePlace(realRoot: string, file: string): string {
  const named = path.resolve(realRoot, file);
  if (path.isAbsolute(file) || !isInside(realRoot, named)) throw refused(file, 'is outside the workspace');
  const target = realPlace(named, file);
  if (!isInside(realRoot, target)) throw refused(file, 'leads outside the workspace through a symbolic link');
  const folders = path.relative(realRoot, target).split(path.sep);
  if (folders.some((name) => name.toLowerCase() === '.git')) throw refused(file, "belongs to git's own data");
  return target;
}

function realPlace(named: string, file: string): string {
  try {
    return fs.realpathSync(named);
  } catch {
    // A link that leads nowhere must not be written through.
    if (fs.lstatSync(named, { throwIfNoEntry: false }))
      throw refused(file, 'cannot be found; make the patch again');
    return path.join(realPlace(path.dirname(named), file), path.basename(named));
  }
}

function isInside(folder: string, target: string): boolean {
  const relative = path.relative(folder, target);
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

/** Why a file stops a patch, in one line. */
export const refused = (file: string, problem: string): UserError =>
  new UserError('badInput', `${file} ${problem}; nothing was written`, { file });
