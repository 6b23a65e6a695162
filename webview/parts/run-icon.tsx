import type { RunState } from '../../server/protocol/run.ts';
import { Icon, type Tone } from './icon.tsx';

const ICONS: Record<RunState['status'], { name: string; tone: Tone }> = {
  running: { name: 'loading', tone: 'running' },
  interrupted: { name: 'debug-disconnect', tone: 'warning' },
  fixed: { name: 'pass', tone: 'proven' },
  partial: { name: 'circle-large', tone: 'warning' },
  unfixed: { name: 'circle-slash', tone: 'failing' },
  error: { name: 'error', tone: 'failing' },
};

export function RunIcon({ status }: { status: RunState['status'] }) {
  return <Icon {...ICONS[status]} spin={status === 'running'} />;
}
