import type { ReactNode } from 'react';

export function Nothing({ children }: { children: ReactNode }) {
  return <p className="nothing">{children}</p>;
}
