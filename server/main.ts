import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { makeHandlers } from './rpc/handlers.ts';
import { serve } from './rpc/serve.ts';

// stdout belongs to JSON-RPC: one stray line of a library would end the connection.
for (const name of ['log', 'info', 'debug', 'warn'] as const) console[name] = console.error;

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
/** So long may what is not written yet take. */
const MOST_CLOSING_MS = 5000;

const { close } = serve(connection, makeHandlers);
connection.onClose(() => {
  setTimeout(() => process.exit(0), MOST_CLOSING_MS).unref();
  void close().finally(() => process.exit(0));
});
connection.listen();
