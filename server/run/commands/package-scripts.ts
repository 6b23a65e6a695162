import path from 'node:path';
import { MOST_BYTES } from '../../workspace/discover.ts';
import { readRegularFile } from '../../workspace/read-file.ts';

/** The scripts of the folder's package.json; none when it is absent or unreadable. */
export function readScripts(root: string): Record<string, string> {
  const scripts = section(root, 'scripts');
  return Object.fromEntries(
    Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Whether the folder's package.json names the package among its dependencies of any kind. */
export function dependsOn(root: string, name: string): boolean {
  return name in section(root, 'dependencies') || name in section(root, 'devDependencies');
}

function section(root: string, name: string): object {
  try {
    const manifest: unknown = JSON.parse(
      readRegularFile(path.join(root, 'package.json'), MOST_BYTES).toString(),
    );
    if (typeof manifest !== 'object' || manifest === null) return {};
    const value: unknown = Object.entries(manifest).find(([key]) => key === name)?.[1];
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
