import type { KeyboardEvent } from 'react';
import { TAB_TITLES, TABS, type Tab } from '../state/ui-state.ts';

interface TabsProps {
  active: Tab;
  /** Shown as a badge; 0 shows none. */
  pendingFiles: number;
  onSelect: (tab: Tab) => void;
}

export function tabId(tab: Tab): string {
  return `tab-${tab}`;
}

export function panelId(tab: Tab): string {
  return `panel-${tab}`;
}

export function Tabs({ active, pendingFiles, onSelect }: TabsProps) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextTab(active, event.key);
    if (!next) return;
    event.preventDefault();
    onSelect(next);
    document.getElementById(tabId(next))?.focus();
  };
  return (
    <div role="tablist" aria-label="Weft" className="tabs" onKeyDown={move}>
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={tabId(tab)}
          aria-selected={tab === active}
          aria-controls={tab === active ? panelId(tab) : undefined}
          tabIndex={tab === active ? 0 : -1}
          onClick={() => onSelect(tab)}
        >
          {TAB_TITLES[tab]}
          {tab === 'changes' && pendingFiles > 0 && (
            <span className="badge">
              {pendingFiles}
              <span className="unseen"> to decide</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

function nextTab(active: Tab, key: string): Tab | undefined {
  const at = TABS.indexOf(active);
  switch (key) {
    case 'ArrowRight':
      return TABS[(at + 1) % TABS.length];
    case 'ArrowLeft':
      return TABS[(at - 1 + TABS.length) % TABS.length];
    case 'Home':
      return TABS[0];
    case 'End':
      return TABS.at(-1);
    default:
      return undefined;
  }
}
