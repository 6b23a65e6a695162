import { describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { explainFailure } from './failures.ts';

const address = parseAddress('neo4j://me@host:7687/graph');

function failed(code: string, message: string, cause?: Error): Error {
  return Object.assign(new Error(message, { cause }), { code });
}

describe('a failure of Neo4j', () => {
  it.each([
    ['Neo.ClientError.Security.Unauthorized', 'no', 'other', 'does not know "me" by this password'],
    ['Neo.ClientError.Security.AuthenticationRateLimit', 'no', 'other', 'wait, then try again'],
    ['Neo.ClientError.Security.Forbidden', 'Write not allowed\nat x', 'other', '(Write not allowed)'],
    ['Neo.ClientError.Database.DatabaseNotFound', 'no', 'other', 'has no database "graph"'],
    ['Neo.DatabaseError.General.UnknownError', 'No space left on device', 'other', 'the disk of'],
    ['Neo.DatabaseError.Statement.ExecutionFailed', 'x\ny', 'other', 'failed: x'],
    ['Neo.TransientError.General.DatabaseUnavailable', 'no', 'connection', 'look at its log and its disk'],
    ['Neo.TransientError.Transaction.DeadlockDetected', 'x', 'connection', 'was busy (x)'],
    ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', 'x', 'memory', 'more memory'],
    ['Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration', 'x', 'late', 'x'],
    ['Neo.ClientError.Statement.SyntaxError', 'Invalid input\n^', 'query', 'Invalid input'],
    ['ServiceUnavailable', 'x', 'connection', '(it does not answer); everything but "query" works'],
  ])('%s is put in one line', (code, message, kind, says) => {
    const failure = explainFailure(failed(code, message), address);
    expect(failure.kind).toBe(kind);
    expect(failure.line).toContain(says);
    expect(failure.line).not.toContain('\n');
  });

  it.each([
    ['connect ECONNREFUSED 127.0.0.1:1', 'nothing listens there'],
    ['getaddrinfo ENOTFOUND host', 'no such host'],
    ['self-signed certificate', '+ssc in place of +s'],
  ])('finds the cause of a failed connection: %s', (cause, says) => {
    const error = failed('ServiceUnavailable', 'Could not perform discovery.', new Error(cause));
    expect(explainFailure(error, address).line).toContain(says);
  });
});
