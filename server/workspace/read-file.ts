import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * The bytes of a regular file. Throws for everything else (`EINVAL`) and for what is larger than `mostBytes`
 * (`EFBIG`): to open a pipe, or to read a device, may never end.
 */
export function readRegularFile(file: string, mostBytes = Number.POSITIVE_INFINITY): Buffer {
  // Windows has no such flag, and no such files among those of a folder.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw coded('EINVAL', `${file} is no regular file`);
    if (stat.size > mostBytes) throw coded('EFBIG', `${file} is larger than ${mostBytes} bytes`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
