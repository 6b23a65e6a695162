// npm start [-- ARGS]: installs what is needed, builds, and runs the command line; without ARGS it reads this
// checkout into the graph and shows an answer. Needs Node 20; all later work runs on the pinned Node.
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { pinnedNode, root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import path from 'node:path';

await ensureInstalled();
await ensureBuilt();
const weft = (args, cwd) => run(pinnedNode, [path.join(root, 'dist/server/cli.mjs'), ...args], { cwd });

const args = process.argv.slice(2);
if (args.length > 0) process.exit(await weft(args, process.env.INIT_CWD ?? process.cwd()));

for (const tour of [
  ['index', '.'],
  ['callers', '.', 'workspaceFolder'],
]) {
  console.log(`\n$ weft ${tour.join(' ')}`);
  const code = await weft(tour, root);
  if (code !== 0) process.exit(code);
}
console.log('\nThe same on code of yours:\n  npm start -- index DIR\n  npm start -- callers DIR NAME');
