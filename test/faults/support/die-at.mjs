// Preloaded: ends the process inside a chosen call of node:fs, as a power cut or `kill -9` would.
// WEFT_DIE_AT: { call?, file?, nth? } — the nth change of the disk (by that call, of a path that contains `file`)
// does not happen; with `half`, half of what it would write is written.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { call, file = '', nth = 1, half = false } = JSON.parse(process.env.WEFT_DIE_AT ?? '{}');
const CHANGES = [
  'writeFileSync',
  'appendFileSync',
  'writeSync',
  'linkSync',
  'renameSync',
  'rmSync',
  'mkdirSync',
];
const paths = new Map();
let left = nth;

const open = fs.openSync;
fs.openSync = (at, flags, ...rest) => {
  if (flags !== undefined && flags !== 'r' && isMeant('openSync', [at])) die();
  const handle = open(at, flags, ...rest);
  paths.set(handle, String(at));
  return handle;
};

for (const name of CHANGES) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (isMeant(name, args)) {
      const [to, data] = args;
      if (half && /^(write|append)/.test(name))
        real(to, Buffer.from(data).subarray(0, Math.floor(data.length / 2)));
      die();
    }
    return real(...args);
  };
}
syncBuiltinESMExports();

function isMeant(name, [first, second]) {
  if (call !== undefined && call !== name) return false;
  const about = [paths.get(first) ?? first, second].filter((part) => typeof part === 'string');
  if (!about.some((part) => part.includes(file))) return false;
  left -= 1;
  return left === 0;
}

function die() {
  process.kill(process.pid, 'SIGKILL');
}
