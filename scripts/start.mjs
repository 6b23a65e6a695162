// npm start [-- ARGS]: installs what is needed, builds, and runs the command line; without ARGS it does the main
// job, a failing test to a proven diff, on the sample workspace. Needs Node 20; all later work runs on the pinned Node.
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { pinnedNode, root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import path from 'node:path';

await ensureInstalled();
await ensureBuilt();
const args = process.argv.slice(2);
const [command, cwd] = args.length > 0 ? [args, process.env.INIT_CWD ?? process.cwd()] : [['demo'], root];
process.exit(await run(pinnedNode, [path.join(root, 'dist/server/cli.mjs'), ...command], { cwd }));
