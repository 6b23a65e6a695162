import { useApp, useStore } from '../state/use-app.ts';
import { Icon, type Tone } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

const LOOK: Record<'info' | 'warning' | 'error', { icon: string; tone?: Tone }> = {
  info: { icon: 'info' },
  warning: { icon: 'warning', tone: 'warning' },
  error: { icon: 'error', tone: 'failing' },
};

/** What the host has to say, until it is dismissed or a run starts. */
export function NoticeBar() {
  const store = useStore();
  const notice = useApp(({ view }) => view.notice);
  return (
    <div role="status" aria-live="polite" aria-label="Notice">
      {notice && (
        <div className={`notice is-${notice.level}`}>
          <Icon name={LOOK[notice.level].icon} tone={LOOK[notice.level].tone} />
          <span className="notice-text">
            {notice.text}{' '}
            {notice.level === 'error' && (
              <button type="button" className="link" onClick={() => store.send({ type: 'showLog' })}>
                Show log
              </button>
            )}
          </span>
          <IconButton icon="close" name="Dismiss" onPress={() => store.dismissNotice()} />
        </div>
      )}
    </div>
  );
}
