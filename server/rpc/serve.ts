import {
  ProgressType,
  ResponseError,
  type CancellationToken,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';
import {
  notifications,
  requests,
  type NotificationName,
  type NotificationOf,
  type ParamsOf,
  type ProgressOf,
  type RequestName,
  type ResultOf,
} from '../protocol/requests.ts';
import { callbacks } from '../protocol/language-server.ts';
import { UserError } from '../protocol/user-error.ts';
import type { AskHost } from './host-language-server.ts';

export interface Call<N extends RequestName> {
  params: ParamsOf<N>;
  signal: AbortSignal;
  /** Sends a partial result; does nothing when the caller asked for none. */
  progress: (value: ProgressOf<N>) => void;
}

export type Handler<N extends RequestName> = (call: Call<N>) => Promise<ResultOf<N>> | ResultOf<N>;
/** A request that no handler serves yet is answered by JSON-RPC's own "method not found". */
export type Handlers = { [N in RequestName]?: Handler<N> };
export type Notify = <N extends NotificationName>(name: N, value: NotificationOf<N>) => void;

/** JSON-RPC error codes of a `UserError`, by its reason. */
const ERROR_CODES = { badInput: -32001, notAchieved: -32002, cancelled: -32003 } as const;
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;

/** Registers every request of the protocol; parameters and results are checked at this edge and trusted inside. */
export function serve(
  connection: MessageConnection,
  makeHandlers: (notify: Notify, ask: AskHost) => { handlers: Handlers; close: () => Promise<void> },
): { close: () => Promise<void> } {
  const notify: Notify = (name, value) => {
    void connection.sendNotification(name, z.parse(notifications[name](), value)).catch(() => undefined);
  };
  const ask: AskHost = async (name, params) => {
    const schemas: { result(): z.ZodMiniType } = callbacks[name];
    const answer: unknown = await connection.sendRequest(name, params);
    return z.parse(schemas.result(), answer) as never;
  };
  const { handlers, close } = makeHandlers(notify, ask);
  for (const name of Object.keys(requests) as RequestName[]) register(connection, name, handlers[name]);
  return { close };
}

function register<N extends RequestName>(
  connection: MessageConnection,
  name: N,
  handler: Handler<N> | undefined,
): void {
  if (!handler) return;
  const schemas: { params(): z.ZodMiniType; result(): z.ZodMiniType } = requests[name];
  connection.onRequest(name, async (raw: unknown, token: CancellationToken) => {
    const { partialResultToken, ...given } = (raw ?? {}) as Record<string, unknown>;
    const parsed = z.safeParse(schemas.params(), given);
    if (!parsed.success)
      throw new ResponseError(
        INVALID_PARAMS,
        `${name}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
      );

    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    const progress = (value: ProgressOf<N>) => {
      if (typeof partialResultToken !== 'string' && typeof partialResultToken !== 'number') return;
      void connection
        .sendProgress(new ProgressType<unknown>(), partialResultToken, value)
        .catch(() => undefined);
    };
    try {
      const result = await handler({ params: parsed.data as ParamsOf<N>, signal: abort.signal, progress });
      return z.parse(schemas.result(), result);
    } catch (error) {
      throw toResponseError(error, name);
    } finally {
      subscription.dispose();
    }
  });
}

function toResponseError(error: unknown, name: string): ResponseError<unknown> {
  if (UserError.is(error)) return new ResponseError(ERROR_CODES[error.reason], error.message, error.details);
  const cause = error instanceof Error ? error : new Error(String(error));
  console.error(`${name} failed: ${cause.stack ?? cause.message}`);
  return new ResponseError(INTERNAL_ERROR, `${name} failed: ${cause.message}`);
}
