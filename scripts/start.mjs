// npm start [-- ARGS]: installs what is needed, builds, and runs the command line: "doctor" without
// ARGS. Needs Node 20 and nothing else; all later work runs on the pinned Node.
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { pinnedNode, root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import path from 'node:path';

await ensureInstalled();
await ensureBuilt();
const args = process.argv.slice(2);
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exit(
  await run(pinnedNode, [path.join(root, 'dist/server/cli.mjs'), ...(args.length > 0 ? args : ['doctor'])], {
    cwd,
  }),
);
