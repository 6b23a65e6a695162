import * as vscode from 'vscode';
import type { CallbackHandlers, Place } from '../../server/protocol/language-server.ts';
import { fileOf, uriOf } from '../workspace-root.ts';

/** Places asked about at a time: language servers answer one after the other, and the person's own requests come first. */
const AT_A_TIME = 4;

type Asked = (uri: vscode.Uri, position: vscode.Position) => Promise<Place[] | null>;
type Found = vscode.Location | vscode.LocationLink;

/**
 * Puts the server's questions to the language servers of VS Code, the same that answer the person's own "Go to
 * Definition". They belong to other extensions, which VS Code keeps from running in Restricted Mode where they may not.
 */
export const languageCallbacks: CallbackHandlers = {
  'language/definitions': (params) => each(params, located('vscode.executeDefinitionProvider')),
  'language/implementations': (params) => each(params, located('vscode.executeImplementationProvider')),
  'language/incomingCalls': (params) => each(params, incomingCalls),
};

/** One answer a place; null where nobody knows, or the time was over. */
async function each(
  { sites, milliseconds }: Parameters<CallbackHandlers['language/definitions']>[0],
  ask: Asked,
): Promise<{ answers: (Place[] | null)[] }> {
  const answers: (Place[] | null)[] = sites.map(() => null);
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, milliseconds);
  });
  let next = 0;
  const work = async () => {
    for (let i = next++; i < sites.length && !isLate; i = next++) answers[i] = await answerTo(sites[i]!, ask);
  };
  await Promise.race([late, Promise.all(Array.from({ length: AT_A_TIME }, work))]);
  clearTimeout(timer);
  return { answers: [...answers] };
}

/** Null too where the editor holds other text than the disk: the places would be of that text. */
async function answerTo({ file, line, column }: Place, ask: Asked): Promise<Place[] | null> {
  try {
    const uri = uriOf(file);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.isDirty) return null;
    const found = await ask(uri, new vscode.Position(line, column));
    return found?.some((place) => isDirty(place)) ? null : found;
  } catch {
    return null;
  }
}

function isDirty({ file }: Place): boolean {
  return vscode.workspace.textDocuments.some(
    ({ isDirty, uri }) => isDirty && (fileOf(uri) === file || uri.fsPath === file),
  );
}

const located =
  (command: string): Asked =>
  async (uri, position) => {
    const found = await vscode.commands.executeCommand<Found[] | undefined>(command, uri, position);
    return (
      found?.map((at) =>
        'targetUri' in at
          ? placeOf(at.targetUri, at.targetSelectionRange ?? at.targetRange)
          : placeOf(at.uri, at.range),
      ) ?? null
    );
  };

const incomingCalls: Asked = async (uri, position) => {
  const items = await vscode.commands.executeCommand<vscode.CallHierarchyItem[] | undefined>(
    'vscode.prepareCallHierarchy',
    uri,
    position,
  );
  if (!items || items.length === 0) return null;
  const places: Place[] = [];
  for (const item of items) {
    const calls = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[] | undefined>(
      'vscode.provideIncomingCalls',
      item,
    );
    for (const { from, fromRanges } of calls ?? [])
      places.push(...fromRanges.map((range) => placeOf(from.uri, range)));
  }
  return places;
};

function placeOf(uri: vscode.Uri, { start }: vscode.Range): Place {
  const file = fileOf(uri) ?? (uri.scheme === 'file' ? uri.fsPath : uri.toString());
  return { file, line: start.line, column: start.character };
}
