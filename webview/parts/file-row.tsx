import type { FileChange, Hunk } from '../../server/protocol/changes.ts';
import { decisionOf, isPending, linesOf, type Decision } from '../state/run-facts.ts';
import { count, splitPath } from '../state/wording.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

interface FileRowProps {
  change: FileChange;
  /** How many of its hunks are in the file. */
  written: number;
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
      <Decide
        what={change.file}
        decision={decision}
        done={isPending(change) ? undefined : doneWords(written, change.hunks.length)}
        onDecide={onDecide}
      />
    </div>
  );
}

function doneWords(written: number, hunks: number): string | undefined {
  if (written === 0) return undefined;
  return written === hunks ? 'written' : `${written} of ${hunks} written`;
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
  /** Stands in place of the buttons once nothing is left to decide. */
  done: string | undefined;
  onDecide: (decision: 'accepted' | 'rejected') => void;
}

export function Decide({ what, decision, done, onDecide }: DecideProps) {
  if (done !== undefined)
    return (
      <span className="decide">
        <span className="done-word">{done}</span>
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
