// npm run bench -- NAME ARGS: measurements; they assert nothing and print the machine they ran on.
import os from 'node:os';
import { ensureInstalled } from './lib/ready.mjs';
import { pinnedNode } from './lib/places.mjs';
import { run } from './lib/run.mjs';

await ensureInstalled();
const cores = os.cpus();
console.log(
  `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
);
process.exit(await run(pinnedNode, ['server/bench/main.ts', ...process.argv.slice(2)]));
