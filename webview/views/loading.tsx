import { useEffect, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useStore } from '../state/use-app.ts';

/** Milliseconds without an answer after which the view says what to do. */
const PATIENCE = 10_000;

export function Loading() {
  const store = useStore();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status">
      {late ? (
        <>
          <p className="line">
            <Icon name="error" tone="failing" />
            Weft has not answered for 10 seconds. Its log says why.
          </p>
          <div className="buttons">
            <button type="button" className="primary" onClick={() => store.send({ type: 'ready' })}>
              Ask again
            </button>
            <button type="button" className="secondary" onClick={() => store.send({ type: 'showLog' })}>
              Show log
            </button>
          </div>
        </>
      ) : (
        <p className="line is-late">
          <Icon name="loading" tone="running" spin />
          Starting
        </p>
      )}
    </div>
  );
}
