import { statSync } from 'node:fs';
import { UserError } from '../protocol/user-error.ts';
import { applyRun } from '../services/apply-run.ts';
import { languages } from '../index/languages/index.ts';
import { callees, callers, impact } from '../services/neighbours.ts';
import { ConfirmedAnswers } from '../services/confirmed-answers.ts';
import { doctor } from '../services/doctor.ts';
import { refreshHistory } from '../services/history.ts';
import { indexWorkspace } from '../services/index-workspace.ts';
import { detectTestCommands } from '../run/commands/detect.ts';
import { lenses } from '../services/lenses.ts';
import { recordEditorWrite } from '../services/record-editor-write.ts';
import { recoverWorkspace } from '../services/recover-workspace.ts';
import { runQuery } from '../services/query.ts';
import { startFix } from '../services/start-fix.ts';
import { verifyRun } from '../services/verify-run.ts';
import { WorkspaceIndex } from '../services/workspace-index.ts';
import { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { hostLanguageServer, type AskHost } from './host-language-server.ts';
import type { Handlers, Notify } from './serve.ts';

/** What the server knows of the workspace it was started for; everything else is read back from disk. */
interface OpenWorkspace {
  root: string;
  trusted: boolean;
  index: WorkspaceIndex;
  neighbours: ConfirmedAnswers;
  runs: RunLog;
}

/** Handlers, and what is to be done when nobody asks any more. */
export interface Served {
  handlers: Handlers;
  close: () => Promise<void>;
}

/** A store that cannot be chosen is no reason to do without the graph. */
function openIndex(
  {
    root,
    store,
    storePassword,
  }: { root: string; store?: string | undefined; storePassword?: string | undefined },
  warn: (text: string) => void,
): WorkspaceIndex {
  try {
    return new WorkspaceIndex(root, { live: true, store, password: storePassword });
  } catch (error) {
    if (!UserError.is(error) || store === undefined) throw error;
    warn(`weft.graph.store: ${error.message}; the embedded store is used`);
    return new WorkspaceIndex(root, { live: true });
  }
}

/** Serves what is implemented; the rest of the protocol answers "method not found". */
export function makeHandlers(notify: Notify, ask: AskHost): Served {
  const onMessage = (text: string) => notify('log', { level: 'info', text });
  let open: OpenWorkspace | undefined;
  const workspace = (): OpenWorkspace => {
    if (!open) throw new UserError('badInput', 'no workspace is open yet; "initialize" comes first');
    return open;
  };

  const handlers: Handlers = {
    initialize({ params }) {
      if (!statSync(params.root, { throwIfNoEntry: false })?.isDirectory())
        throw new UserError('badInput', `${params.root}: no such directory; open an existing folder`);
      if (params.stateFolder !== undefined) process.env.WEFT_STATE_FOLDER = params.stateFolder;
      const index = openIndex(params, (text) => notify('log', { level: 'warning', text }));
      const language = params.languageServer ? hostLanguageServer(ask) : undefined;
      open = {
        root: params.root,
        trusted: params.trusted,
        index,
        neighbours: new ConfirmedAnswers(index, language),
        runs: new RunLog(workspaceStateFolder(params.root)),
      };
      const said = recoverWorkspace(params.root, open.runs);
      if (said !== undefined) notify('log', { level: 'warning', text: said });
      return {
        ...{ version: process.env.WEFT_VERSION ?? '0.0.0-source', pid: process.pid },
        endings: languages.flatMap((language) => language.extensions),
      };
    },
    async 'files/edited'({ params }) {
      await workspace().index.edited(params.edits);
      return {};
    },
    'workspace/trust'({ params }) {
      workspace().trusted = params.trusted;
      return {};
    },
    async 'index/refresh'({ params, signal, progress }) {
      const { index, root } = workspace();
      const report = await indexWorkspace(index, {
        rebuild: params.rebuild ?? false,
        signal,
        onProgress: progress,
        onMessage,
      });
      if (params.history && workspace().trusted)
        await refreshHistory(root).catch((error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          notify('log', { level: 'warning', text: `weft.history.enabled: ${why}` });
        });
      return report;
    },
    'graph/callers': ({ params, signal }) =>
      workspace().neighbours.answer((graph) => callers(graph, params.symbol), { signal, onMessage }),
    'graph/callees': ({ params, signal }) =>
      workspace().neighbours.answer((graph) => callees(graph, params.symbol), { signal, onMessage }),
    'graph/impact': ({ params, signal }) =>
      workspace().neighbours.answer((graph) => impact(graph, params.symbol, params.depth), {
        signal,
        onMessage,
      }),
    'graph/query': ({ params, signal }) => runQuery(workspace().index, params.cypher, { signal, onMessage }),
    async 'graph/lenses'({ params, signal }) {
      return { lenses: lenses(await workspace().index.graph({ signal, onMessage }), params.file) };
    },
    async 'tests/detect'() {
      const found = await detectTestCommands(workspace().root);
      return { commands: found.map(({ command, runner, why }) => ({ command, runner, why })) };
    },
    'fix/start'({ params, signal, progress }) {
      const { root, trusted, runs } = workspace();
      return startFix({ ...params, root, trusted, runs, signal, onEvent: (event) => progress(event) });
    },
    'runs/list': () => ({ runs: workspace().runs.list() }),
    'runs/decide'({ params: { runId, ...decision } }) {
      const { runs } = workspace();
      if (!runs.get(runId)) throw new UserError('badInput', `no run "${runId}" in this workspace`);
      return runs.append(runId, { type: 'decision', ...decision });
    },
    'edits/apply'({ params: { runId, accepted } }) {
      const { root, runs } = workspace();
      return applyRun({ root, runId, accepted, runs });
    },
    'edits/written'({ params }) {
      const { root, runs } = workspace();
      recordEditorWrite({ ...params, root, runs });
      return {};
    },
    'runs/verify'({ params: { runId }, signal, progress }) {
      const { root, trusted, runs } = workspace();
      return verifyRun({ root, runId, runs, trusted, signal, onEvent: (event) => progress(event) });
    },
    doctor: () => doctor({ env: process.env, root: workspace().root }),
  };
  return { handlers, close: async () => open?.index.close() };
}
