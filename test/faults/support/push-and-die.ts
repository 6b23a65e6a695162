/**
 * `weft index …` that is ended as by `kill -9` once the push has finished a part: run in place of the command line, with
 * the number of the part in WEFT_TEST_PART.
 */
import { indexWorkspace } from '../../../server/services/index-workspace.ts';
import { WorkspaceIndex } from '../../../server/services/workspace-index.ts';

const [, root = '', , store = ''] = process.argv.slice(2);
const index = new WorkspaceIndex(root, { store });
const write = index.store.write.bind(index.store);
index.store.write = (graph, options) =>
  write(graph, {
    ...options,
    onPart(done) {
      if (done === Number(process.env.WEFT_TEST_PART)) process.kill(process.pid, 'SIGKILL');
    },
  });
await indexWorkspace(index).finally(() => index.store.close());
