// npm run package [-- --target T]...: a VSIX for each target into .cache/packages. T is a platform, "universal"
// (without the graph store: all but `query` works) or "all"; without T it is this machine's platform.
import { parseArgs } from 'node:util';
import { PLATFORMS, TARGETS } from './lib/package-targets.mjs';
import { pinnedNode } from './lib/places.mjs';
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { run } from './lib/run.mjs';

function wantedTargets() {
  const own = `${process.platform}-${process.arch}`;
  const { values } = parseArgs({ options: { target: { type: 'string', multiple: true } } });
  const named = values.target ?? [PLATFORMS.includes(own) ? own : 'universal'];
  const unknown = named.find((target) => target !== 'all' && !TARGETS.includes(target));
  if (unknown !== undefined) throw new Error(`"${unknown}" is no target; give ${TARGETS.join(', ')} or all`);
  return named.includes('all') ? TARGETS : [...new Set(named)];
}

let targets;
try {
  targets = wantedTargets();
} catch (error) {
  console.error(`npm run package: ${error.message}`);
  process.exit(2);
}
await ensureInstalled();
await ensureBuilt();
process.exit(await run(pinnedNode, ['scripts/lib/package-vsix.mjs', ...targets]));
