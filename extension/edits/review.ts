import * as vscode from 'vscode';
import { applyHunks, type FileChange, type Hunk } from '../../server/protocol/changes.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import type { ServerClient } from '../server/client.ts';
import type { Runs } from '../state/runs.ts';
import { fitsEditor, writeThroughEditor, type FileWrite } from './editor-write.ts';
import { isPending } from './hunks.ts';
import { readFile } from './read-file.ts';

type Decision = 'accepted' | 'rejected';
interface Target {
  file: string;
  /** Absent: every pending hunk of the file, or where none is pending and the answer is yes, every rejected one. */
  hunkId?: string;
}

/** A person's yes and no to hunks: what is accepted is written, what is rejected leaves the proposal. */
export class Review {
  readonly #server: ServerClient;
  readonly #runs: Runs;
  /** Decisions are taken one after the other: each reads what the one before it wrote. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(server: ServerClient, runs: Runs) {
    this.#server = server;
    this.#runs = runs;
  }

  decide(runId: string, targets: readonly Target[], decision: Decision): Promise<void> {
    const mine = this.#last.then(() => this.#decide(runId, targets, decision));
    this.#last = mine.catch(() => undefined);
    return mine.then(() => this.#verifyOnceDecided(runId));
  }

  /** Decides on every hunk of a run that is still pending. */
  decideAll(runId: string, decision: Decision): Promise<void> {
    const open = this.#runs.get(runId).changes.filter(({ hunks }) => hunks.some(isPending));
    return this.decide(
      runId,
      open.map(({ file }) => ({ file })),
      decision,
    );
  }

  async #decide(runId: string, targets: readonly Target[], decision: Decision): Promise<void> {
    await this.#runs.load();
    const chosen = targets
      .map(({ file, hunkId }) => {
        const change = this.#runs.change(runId, file);
        return { change, hunks: decidable(change.hunks, hunkId, decision) };
      })
      .filter(({ hunks }) => hunks.length > 0);
    if (chosen.length === 0) return;
    if (decision === 'accepted') await this.#write(runId, chosen);
    for (const { change, hunks } of chosen)
      for (const { id } of hunks) await this.#record(runId, change.file, id, decision);
  }

  /** Writes all hunks or none; in the editor where that keeps every other byte, else by the server. */
  async #write(runId: string, chosen: readonly { change: FileChange; hunks: Hunk[] }[]): Promise<void> {
    const writes: FileWrite[] = [];
    for (const { change, hunks } of chosen) {
      const read = await readFile(change);
      await this.#recordWhatIsIn(runId, change, read.applied);
      const accepted = hunks.filter(({ id }) => !read.applied.includes(id));
      const inFile = change.hunks.filter((h) => accepted.includes(h) || read.applied.includes(h.id));
      writes.push({ change, read, accepted, next: applyHunks(read.base, inFile) });
    }
    for (const { change, read } of writes)
      if (documentAt(read.uri)?.isDirty)
        throw new UserError('badInput', `${change.file} has unsaved changes: save or revert it, then accept`);

    const fits = await Promise.all(writes.map(fitsEditor));
    const files = writes.map(({ change }) => change.file);
    if (fits.every(Boolean) && (await writeThroughEditor(writes))) {
      await this.#server.request('edits/written', { runId, files });
      this.#runs.tell(runId, { type: 'written', files, by: 'editor' });
      return;
    }
    const accepted = writes.map(({ change, read, accepted: added }) => ({
      file: change.file,
      hunkIds: [...read.applied, ...added.map(({ id }) => id)],
    }));
    const { files: written } = await this.#server.request('edits/apply', { runId, accepted });
    this.#runs.tell(runId, { type: 'written', files: written, by: 'server' });
  }

  /** Follows undo and redo in the editor, once they are saved: a hunk counts as accepted while the file has it. */
  followSaved(file: string): Promise<void> {
    const run = this.#runs.list().findLast(({ written }) => written.includes(file));
    const change = run?.changes.find((c) => c.file === file);
    if (!run || !change) return Promise.resolve();
    const mine = this.#last.then(async () => {
      const read = await readFile(change).catch(() => undefined);
      if (read) await this.#recordWhatIsIn(run.runId, this.#runs.change(run.runId, file), read.applied);
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #recordWhatIsIn(
    runId: string,
    { file, hunks }: FileChange,
    applied: readonly string[],
  ): Promise<void> {
    for (const { id, decision } of hunks) {
      const isIn = applied.includes(id);
      if (decision === 'accepted' && !isIn) await this.#record(runId, file, id, 'pending');
      if (decision !== 'accepted' && isIn) await this.#record(runId, file, id, 'accepted');
    }
  }

  async #record(runId: string, file: string, hunkId: string, decision: Hunk['decision']): Promise<void> {
    await this.#server.request('runs/decide', { runId, file, hunkId, decision });
    this.#runs.tell(runId, { type: 'decision', file, hunkId, decision });
  }

  async #verifyOnceDecided(runId: string): Promise<void> {
    const { changes, written } = this.#runs.get(runId);
    if (written.length === 0 || changes.some(({ hunks }) => hunks.some(isPending))) return;
    const evidence = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'Weft: running the tests again', cancellable: true },
      (_progress, token) => this.#server.request('runs/verify', { runId }, { token }),
    );
    this.#runs.tell(runId, { type: 'evidence', evidence });
    const { passed, failed, didNotRun } = evidence;
    const missing = didNotRun > 0 ? `, ${didNotRun} did not run` : '';
    const words = `Weft: ${passed} passed, ${failed} failed${missing}`;
    if (failed > 0 || didNotRun > 0 || passed === 0) void vscode.window.showWarningMessage(words);
    else void vscode.window.showInformationMessage(words);
  }
}

/** What is written already is taken back by undo alone; a no may become a yes. */
function decidable(hunks: readonly Hunk[], hunkId: string | undefined, decision: Decision): Hunk[] {
  const open = hunks.filter((hunk) => hunk.decision !== 'accepted' && hunk.decision !== decision);
  if (hunkId !== undefined) return open.filter(({ id }) => id === hunkId);
  const pending = open.filter(isPending);
  return pending.length > 0 ? pending : open;
}

function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}
