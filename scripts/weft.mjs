// npm run --silent weft -- ARGS: the command line from a checkout, in the folder where it was typed.
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { pinnedNode, root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import path from 'node:path';

await ensureInstalled();
await ensureBuilt();
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exit(
  await run(pinnedNode, [path.join(root, 'dist/server/cli.mjs'), ...process.argv.slice(2)], { cwd }),
);
