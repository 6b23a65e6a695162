import type { WorkspaceStatus } from '../../server/protocol/view.ts';
import { useStore } from '../state/use-app.ts';
import { countOf } from '../state/wording.ts';
import { Icon } from './icon.tsx';

export function graphWords(workspace: WorkspaceStatus): string {
  switch (workspace.graph) {
    case 'none':
      return 'not indexed yet';
    case 'indexing':
      return workspace.detail || 'Indexing';
    case 'live':
      return `${countOf(workspace.files, 'file')}, ${countOf(workspace.symbols, 'symbol')} · graph live`;
    case 'failed':
      return 'the last attempt failed';
  }
}

/** One line on the graph, and one on Restricted Mode. A live graph of a trusted workspace needs neither. */
export function WorkspaceBar({ workspace }: { workspace: WorkspaceStatus }) {
  const store = useStore();
  return (
    <>
      {!workspace.trusted && (
        <p className="bar">
          <Icon name="shield" tone="warning" />
          <span>Restricted Mode: the graph works, nothing is run</span>
        </p>
      )}
      {workspace.graph === 'indexing' && (
        <p className="bar">
          <Icon name="loading" tone="running" spin />
          <span>{workspace.detail || 'Indexing'}</span>
        </p>
      )}
      {workspace.graph === 'failed' && (
        <p className="bar">
          <Icon name="error" tone="failing" />
          <span>{workspace.detail || 'The graph could not be built'}</span>
          <button type="button" className="link" onClick={() => store.send({ type: 'index' })}>
            Index again
          </button>
          <button type="button" className="link" onClick={() => store.send({ type: 'showLog' })}>
            Show log
          </button>
        </p>
      )}
    </>
  );
}
