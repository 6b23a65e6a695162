import type { FileChange, Hunk } from '../../server/protocol/changes.ts';
import { splitPath } from '../state/wording.ts';
import { Decide, LineCounts } from './file-row.tsx';

interface HunkRowsProps {
  change: FileChange;
  isWritten: (hunk: Hunk) => boolean;
  onDecide: (hunkId: string, decision: 'accepted' | 'rejected') => void;
}

/** The hunks of a file, each named by its line and its first new line; the diff itself is VS Code's. */
export function HunkRows({ change, isWritten, onDecide }: HunkRowsProps) {
  const { name } = splitPath(change.file);
  // The file's own line counts and buttons are those of its only hunk.
  const alone = change.hunks.length === 1;
  return (
    <ul className="hunks" aria-label={`Hunks of ${name}`}>
      {change.hunks.map((hunk) => (
        <li key={hunk.id} className={`hunk-row is-${hunk.decision}`}>
          <span className="hunk-line">{hunk.startLine + 1}</span>
          <code className="hunk-text">{firstLine(hunk)}</code>
          {alone || <LineCounts hunks={[hunk]} />}
          {alone || (
            <Decide
              what={`the hunk at line ${hunk.startLine + 1} of ${name}`}
              decision={hunk.decision}
              done={isWritten(hunk) ? 'written' : undefined}
              onDecide={(decision) => onDecide(hunk.id, decision)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function firstLine(hunk: Hunk): string {
  const told = [...hunk.newLines, ...hunk.oldLines].find((line) => line.trim() !== '');
  return told?.trim() ?? 'blank lines';
}
