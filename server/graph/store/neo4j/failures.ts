import type { Neo4jAddress } from './address.ts';

/** A failure of the server, put in one line for a person. */
export interface Failure {
  /**
   * `connection`: it may work again as it is. `query`: the text was refused. `late`: a deadline ended it. `memory`: it
   * wanted too much. `other`: somebody has to do something first.
   */
  kind: 'connection' | 'query' | 'late' | 'memory' | 'other';
  line: string;
}

interface DriverError extends Error {
  code?: string;
}

const CONNECTION = ['ServiceUnavailable', 'SessionExpired', 'N/A', 'ECONNREFUSED', 'ECONNRESET'];

/**
 * Says what a driver's or server's error means. Codes are those of Neo4j 5 (Status Codes manual). No text of ours holds
 * the password, and the server's texts do not know it.
 */
export function explainFailure(error: unknown, { uri, user, database }: Neo4jAddress): Failure {
  const given: DriverError = error instanceof Error ? error : new Error(String(error));
  const { code = '', message } = given;
  const said = firstLine(message);
  const at = `the Neo4j at ${uri}`;
  if (/no space left|not enough (disk )?space|disk (is )?full|low on (disk )?space/i.test(message))
    return other(`the disk of ${at} is full; free some space there, then index again`);
  if (code === 'Neo.ClientError.Security.AuthenticationRateLimit')
    return other(
      `${at} takes no more passwords for some seconds after too many wrong ones; wait, then try again`,
    );
  if (code.startsWith('Neo.ClientError.Security.Unauthorized') || code.endsWith('.CredentialsExpired'))
    return other(`${at} does not know "${user}" by this password; set WEFT_NEO4J_PASSWORD to the right one`);
  if (code.startsWith('Neo.ClientError.Security'))
    return other(`${at} does not let "${user}" do this (${said}); ask who runs it`);
  if (code === 'Neo.ClientError.Database.DatabaseNotFound')
    return other(`${at} has no database "${database ?? ''}"; give one that is there after the port`);
  if (/TransactionTimedOut|TransactionTerminated|Terminated/.test(code)) return { kind: 'late', line: said };
  if (code.includes('MemoryPoolOutOfMemory') || code.includes('TransactionOutOfMemory'))
    return { kind: 'memory', line: 'it needed more memory than the server gives to a query' };
  if (code === 'Neo.TransientError.General.DatabaseUnavailable' || code.includes('DatabaseUnavailable'))
    return {
      kind: 'connection',
      line: `the database of ${at} is not available; look at its log and its disk`,
    };
  if (CONNECTION.includes(code)) return { kind: 'connection', line: unreachable(at, causes(given)) };
  if (code.startsWith('Neo.TransientError')) return { kind: 'connection', line: `${at} was busy (${said})` };
  if (code.startsWith('Neo.ClientError.Statement')) return { kind: 'query', line: said };
  return other(`${at} failed: ${said}`);
}

function unreachable(at: string, message: string): string {
  const why = /certificate|self.signed|SSL|TLS|ERR_TLS/i.test(message)
    ? 'its certificate is not trusted; +ssc in place of +s takes one that nobody signed'
    : /ECONNREFUSED/.test(message)
      ? 'nothing listens there'
      : /ENOTFOUND|EAI_AGAIN/.test(message)
        ? 'no such host'
        : 'it does not answer';
  return `${at} cannot be reached (${why}); everything but "query" works without it`;
}

/** What a driver says of a failed connection lies some errors deep. */
function causes(error: unknown): string {
  return error instanceof Error ? `${error.message}\n${causes(error.cause)}` : '';
}

function other(line: string): Failure {
  return { kind: 'other', line };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).trim();
}
