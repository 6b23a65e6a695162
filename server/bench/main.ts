import { UserError } from '../protocol/user-error.ts';
import { answers } from './answers.ts';
import { activate } from './activate.ts';
import { graph } from './graph.ts';
import { index } from './index-speed.ts';
import { live } from './live.ts';
import { quixbugs } from './quixbugs.ts';
import { sample } from './sample.ts';
import { store } from './store.ts';

const benches: Record<string, (args: readonly string[]) => Promise<void>> = {
  activate,
  answers,
  graph,
  index,
  live,
  quixbugs,
  sample,
  store,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = benches[name];
try {
  if (!bench)
    throw new UserError(
      'badInput',
      `bench: give one of ${Object.keys(benches).join(', ')}, such as: npm run bench -- quixbugs CHECKOUT`,
    );
  await bench(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
