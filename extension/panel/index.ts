import type { Contribution } from '../contribution.ts';
import { bridge } from './bridge.ts';
import { editorPanel } from './editor-panel.ts';
import { reports } from './report.ts';
import { sideBar } from './side-bar.ts';

/** The React app, in the side bar and as an editor. */
export const panel: readonly Contribution[] = [bridge, sideBar, editorPanel, reports];
