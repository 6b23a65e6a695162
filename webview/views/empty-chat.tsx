import { Icon } from '../parts/icon.tsx';
import { graphWords } from '../parts/workspace-bar.tsx';
import { useApp, useStore } from '../state/use-app.ts';
import { splitPath } from '../state/wording.ts';

/** The three most useful things for the open file and its workspace. */
export function EmptyChat({ onPrefill }: { onPrefill: (draft: string) => void }) {
  const store = useStore();
  const workspace = useApp(({ view }) => view.workspace);
  if (!workspace) return null;
  const { testCommand, activeFile, trusted } = workspace;
  return (
    <section className="empty" aria-label="What to do first">
      <Suggestion
        icon="beaker"
        title="Fix the failing test"
        detail={
          !trusted
            ? 'Restricted Mode: nothing is run'
            : (testCommand ?? 'no test command was found: type /fix and yours')
        }
        disabled={!trusted}
        onPress={() => (testCommand ? store.send({ type: 'fix', testCommand }) : onPrefill('/fix '))}
      />
      <Suggestion
        icon="references"
        title="Show callers of…"
        detail={
          activeFile
            ? `a function of ${splitPath(activeFile).name}, or any name`
            : 'any function, method or class'
        }
        onPress={() => onPrefill('/callers ')}
      />
      <Suggestion
        icon="type-hierarchy"
        title={workspace.graph === 'none' ? 'Index the workspace' : 'Bring the index up to date'}
        detail={graphWords(workspace)}
        disabled={workspace.graph === 'indexing'}
        onPress={() => store.send({ type: 'index' })}
      />
    </section>
  );
}

interface SuggestionProps {
  icon: string;
  title: string;
  detail: string;
  disabled?: boolean;
  onPress: () => void;
}

function Suggestion({ icon, title, detail, disabled, onPress }: SuggestionProps) {
  return (
    // Not `disabled`: the reason, which stands in the detail, must be reachable by keyboard and screen reader.
    <button
      type="button"
      className="suggestion"
      aria-disabled={disabled}
      onClick={disabled ? undefined : onPress}
    >
      <Icon name={icon} />
      <span className="suggestion-title">{title}</span>
      <span className="suggestion-detail">{detail}</span>
    </button>
  );
}
