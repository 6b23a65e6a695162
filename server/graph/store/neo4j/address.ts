import { UserError } from '../../../protocol/user-error.ts';

/** Where a Neo4j database is, and as whom it is asked. No password: that is never part of an address. */
export interface Neo4jAddress {
  /** What the driver connects to: scheme, host and port. */
  uri: string;
  user: string;
  /** Undefined: the server's default database. */
  database: string | undefined;
  /** The whole address as it was given, fit to be shown and kept. */
  text: string;
}

/** Plain, TLS with a certificate that an authority signed (+s), TLS with one that nobody did (+ssc). */
const SCHEMES = ['neo4j:', 'neo4j+s:', 'neo4j+ssc:', 'bolt:', 'bolt+s:', 'bolt+ssc:'];
const FORM = 'neo4j://user@host:port/database (neo4j+s:// and bolt+s:// for TLS)';

/** True for what looks like an address of a server, right or wrong. */
export function looksLikeAddress(text: string): boolean {
  return /^(neo4j|bolt)\b/i.test(text);
}

/**
 * Reads `neo4j://user@host:port/database`; user and database may be left out. Throws `badInput` for anything else, and
 * never repeats what was given: it may hold a password.
 */
export function parseAddress(text: string): Neo4jAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !SCHEMES.includes(url.protocol) || url.hostname === '')
    throw new UserError('badInput', `the address of the store cannot be read; write it as ${FORM}`);
  if (url.password !== '')
    throw new UserError(
      'badInput',
      'the address of the store holds a password; leave it out, and put it into the environment as WEFT_NEO4J_PASSWORD',
    );
  const [database, ...more] = url.pathname.split('/').filter(Boolean);
  if (more.length > 0 || url.search !== '' || url.hash !== '')
    throw new UserError(
      'badInput',
      `the address of the store says more than a database; write it as ${FORM}`,
    );
  const user = decodeURIComponent(url.username) || 'neo4j';
  const uri = `${url.protocol}//${url.host || url.hostname}`;
  return {
    ...{ uri, user, database: database && decodeURIComponent(database) },
    text: `${url.protocol}//${encodeURIComponent(user)}@${url.host}${database ? `/${database}` : ''}`,
  };
}
