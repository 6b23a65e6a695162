import type { FileChange, Hunk } from '../../server/protocol/changes.ts';
import { decisionOf, linesOf, type Decision } from '../state/run-facts.ts';
import { count, splitPath } from '../state/wording.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

interface FileRowProps {
  change: FileChange;
  written: boolean;
  onOpen: () => void;
  onDecide: (decision: 'accepted' | 'rejected') => void;
}

/** A changed file: click opens the native diff, ✓ and ✗ decide on all of its hunks. */
export function FileRow({ change, written, onOpen, onDecide }: FileRowProps) {
  const { name, folder } = splitPath(change.file);
  const decision = decisionOf(change);
  return (
    <div className={`file-row is-${decision}`}>
      <button type="button" className="file-open" title={`Open the diff of ${change.file}`} onClick={onOpen}>
        <Icon name="file-code" />
        <span className="file-name">{name}</span>
        <span className="file-folder">{folder}</span>
      </button>
      <LineCounts hunks={change.hunks} />
      <Decide what={change.file} decision={decision} written={written} onDecide={onDecide} />
    </div>
  );
}

export function LineCounts({ hunks }: { hunks: readonly Hunk[] }) {
  const { added, removed } = linesOf(hunks);
  return (
    <span className="line-counts">
      <span className="tone-proven">
        +{count(added)}
        <span className="unseen"> lines added,</span>
      </span>{' '}
      <span className="tone-failing">
        −{count(removed)}
        <span className="unseen"> lines removed</span>
      </span>
    </span>
  );
}

interface DecideProps {
  /** Completes the buttons' names: "Accept cart.ts". */
  what: string;
  decision: Decision;
  written: boolean;
  onDecide: (decision: 'accepted' | 'rejected') => void;
}

export function Decide({ what, decision, written, onDecide }: DecideProps) {
  if (written && decision === 'accepted')
    return (
      <span className="decide">
        <span className="done-word">written</span>
      </span>
    );
  return (
    <span className="decide">
      <IconButton
        icon="check"
        name={`Accept ${what}`}
        pressed={decision === 'accepted'}
        onPress={() => onDecide('accepted')}
      />
      <IconButton
        icon="close"
        name={`Reject ${what}`}
        pressed={decision === 'rejected'}
        onPress={() => onDecide('rejected')}
      />
    </span>
  );
}
