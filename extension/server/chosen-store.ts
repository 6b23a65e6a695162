import * as vscode from 'vscode';
import type { ParamsOf } from '../../server/protocol/requests.ts';

/** A password belongs to the address that it was entered for, and is given to no other. */
const secretOf = (address: string) => `weft.graph.store ${address}`;

/** The store that the settings name, if they name one, with the password that was entered for it. */
export async function chosenStore(
  secrets: vscode.SecretStorage,
): Promise<Pick<ParamsOf<'initialize'>, 'store' | 'storePassword'>> {
  const store = chosenAddress();
  if (store === '') return {};
  const storePassword = await secrets.get(secretOf(store));
  return { store, ...(storePassword === undefined ? {} : { storePassword }) };
}

export function keepStorePassword(secrets: vscode.SecretStorage, password: string): Thenable<void> {
  return secrets.store(secretOf(chosenAddress()), password);
}

/** Empty where the settings name none. */
export function chosenAddress(): string {
  return vscode.workspace.getConfiguration('weft').get<string>('graph.store', '').trim();
}
