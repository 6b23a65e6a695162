import { useLayoutEffect, useRef } from 'react';
import { LiveStatus } from '../parts/live-status.tsx';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { panelId, Tabs, tabId } from '../parts/tabs.tsx';
import { graphWords, WorkspaceBar } from '../parts/workspace-bar.tsx';
import { pendingFiles } from '../state/run-facts.ts';
import type { Tab } from '../state/ui-state.ts';
import { useApp, useCurrentRun, useStore } from '../state/use-app.ts';
import { ChangesView } from './changes.tsx';
import { ChatView } from './chat.tsx';
import { Loading } from './loading.tsx';
import { PlanView } from './plan.tsx';
import { RunsView } from './runs.tsx';

export function App() {
  const store = useStore();
  const workspace = useApp(({ view }) => view.workspace);
  const tab = useApp(({ ui }) => ui.tab);
  const run = useCurrentRun();
  if (!workspace) return <Loading />;
  return (
    <div className="app">
      <header className="top">
        <Tabs
          active={tab}
          pendingFiles={pendingFiles(run)}
          onSelect={(next) => store.updateUi({ tab: next })}
        />
        {workspace.graph === 'live' && <span className="graph-words">{graphWords(workspace)}</span>}
      </header>
      <div>
        <WorkspaceBar workspace={workspace} />
        <NoticeBar />
      </div>
      {tab === 'chat' ? <ChatPanel /> : <ScrollingPanel key={tab} tab={tab} />}
      <LiveStatus />
    </div>
  );
}

function ChatPanel() {
  return (
    <main className="panel" role="tabpanel" id={panelId('chat')} aria-labelledby={tabId('chat')}>
      <ChatView />
    </main>
  );
}

const VIEWS: Record<Exclude<Tab, 'chat'>, () => React.ReactNode> = {
  plan: PlanView,
  changes: ChangesView,
  runs: RunsView,
};

function ScrollingPanel({ tab }: { tab: Exclude<Tab, 'chat'> }) {
  const store = useStore();
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (panel.current) panel.current.scrollTop = store.getState().ui.scroll[tab] ?? 0;
  }, [store, tab]);
  const View = VIEWS[tab];
  return (
    <main
      className="panel scroller"
      role="tabpanel"
      id={panelId(tab)}
      aria-labelledby={tabId(tab)}
      tabIndex={0}
      ref={panel}
      onScroll={(event) => store.rememberScroll(tab, event.currentTarget.scrollTop)}
    >
      <View />
    </main>
  );
}
