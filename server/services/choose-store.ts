import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepareQuery } from '../graph/cypher/prepare.ts';
import type { GraphStore } from '../graph/store/graph-store.ts';
import { looksLikeAddress, parseAddress } from '../graph/store/neo4j/address.ts';
import { Neo4jStore, type ScopeQuery } from '../graph/store/neo4j/neo4j-store.ts';
import { Store } from '../graph/store/store.ts';
import { UserError } from '../protocol/user-error.ts';
import { makeStateFolder } from '../settings/state-folder.ts';

const REMEMBERED = 'chosen-store.json';

export interface StoreChoice {
  /** "ladybug" or the address of a Neo4j; absent: what was chosen last for the workspace. */
  store?: string | undefined;
  /** Of the Neo4j; absent: WEFT_NEO4J_PASSWORD. */
  password?: string | undefined;
  /** Of a process that goes on, which writes the store when it is idle. */
  isOwner?: boolean | undefined;
}

/** Keeps queries on a store that workspaces share in their own. */
export const keepInWorkspace: ScopeQuery = (cypher, { workspace, rowLimit, parameters = {} }) =>
  prepareQuery(cypher, { engine: { name: 'neo4j', workspace }, rowLimit, parameters });

/**
 * The store of a workspace. What is chosen is kept in the state folder for later commands; a password never is. Throws
 * `badInput` for what is neither "ladybug" nor an address.
 */
export function chooseStore(
  root: string,
  stateFolder: string,
  { store, password, isOwner = false }: StoreChoice = {},
): GraphStore {
  const chosen = store ?? remembered(stateFolder) ?? 'ladybug';
  if (chosen === 'ladybug') {
    if (store !== undefined) rmSync(path.join(stateFolder, REMEMBERED), { force: true });
    return new Store(stateFolder, { isOwner });
  }
  if (!looksLikeAddress(chosen))
    throw new UserError(
      'badInput',
      'there is no such store; give "ladybug" or neo4j://user@host:port/database',
    );
  const address = parseAddress(chosen);
  if (store !== undefined) remember(stateFolder, address.text);
  return new Neo4jStore({
    address,
    password: password ?? process.env.WEFT_NEO4J_PASSWORD ?? '',
    owner: ownerOf(root),
    scope: keepInWorkspace,
  });
}

/** Tells a workspace from all others on one server: by its place, its user and their machine. */
function ownerOf(root: string): string {
  const real = realpathSync(root);
  const hash = createHash('sha256').update([os.hostname(), os.userInfo().username, real].join('\0'));
  return `${path.basename(real).slice(0, 40)}-${hash.digest('hex').slice(0, 32)}`;
}

function remembered(stateFolder: string): string | undefined {
  try {
    const kept = JSON.parse(readFileSync(path.join(stateFolder, REMEMBERED), 'utf8')) as { store?: unknown };
    return typeof kept.store === 'string' ? parseAddress(kept.store).text : undefined;
  } catch {
    // Nothing was chosen, or what is there cannot be read: the embedded store is always right.
    return undefined;
  }
}

function remember(stateFolder: string, store: string): void {
  makeStateFolder(stateFolder);
  const aside = path.join(stateFolder, `${REMEMBERED}.${process.pid}`);
  writeFileSync(aside, JSON.stringify({ store }));
  renameSync(aside, path.join(stateFolder, REMEMBERED));
}
