/**
 * `cold|edit|push ROOT SEED [STORE]`: does the same work again and again until it is killed; says "begun" once it does.
 * In "push" two graphs take turns in the store.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { indexWorkspace } from '../../../server/services/index-workspace.ts';
import { WorkspaceIndex } from '../../../server/services/workspace-index.ts';
import { FILES, sourceOf } from './kill-sources.ts';
import { seeded } from './seeded.ts';

const [kind, root = '', seed = '0', store] = process.argv.slice(2);
const random = seeded(Number(seed));
const edit = (): string => {
  const i = random.whole(FILES);
  const file = `m${i}.ts`;
  writeFileSync(path.join(root, file), sourceOf(i, random.whole(4)));
  return file;
};

if (kind === 'cold') {
  process.stdout.write('begun\n');
  for (;;) await indexWorkspace(root, { rebuild: true });
}
const index = new WorkspaceIndex(root, { live: true, keptAfterMs: 0, store });
await indexWorkspace(index);
process.stdout.write('begun\n');
for (;;) {
  const file = edit();
  await index.edited([{ file }]);
  // Between two edits, what is written when nothing happens begins.
  await new Promise((resolve) => setTimeout(resolve, random.whole(30)));
  if (kind === 'push') await index.store.write(await index.saved());
}
