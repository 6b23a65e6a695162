import { useId, type ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { useKeptFocus } from './kept-focus.ts';

interface CardProps {
  icon: string;
  title: string;
  /** Stands at the right of the title. */
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Card({ icon, title, aside, actions, children }: CardProps) {
  const titleId = useId();
  const card = useKeptFocus<HTMLElement>();
  return (
    <section className="card" aria-labelledby={titleId} ref={card} tabIndex={-1}>
      <header className="card-head">
        <Icon name={icon} />
        <h3 id={titleId}>{title}</h3>
        <span className="aside">{aside}</span>
        {actions}
      </header>
      {children}
    </section>
  );
}
