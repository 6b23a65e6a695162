import { useId, useState, type ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A line that unfolds. Its own words are its accessible name. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const panelId = useId();
  return (
    <>
      <button
        type="button"
        className="disclosure"
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onClick={() => setOpen(!open)}
      >
        {summary}
        <Icon name={open ? 'chevron-down' : 'chevron-right'} tone="muted" />
      </button>
      {open && (
        <div id={panelId} className="disclosed">
          {children}
        </div>
      )}
    </>
  );
}
