import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

/**
 * A place in a file: relative to the workspace root with forward slashes, else an absolute path, else the URI of what is
 * no file. 0-based line, 0-based UTF-16 column.
 */
const placeSchema = lazy(() => z.object({ file: z.string(), line: z.int(), column: z.int() }));
export type Place = z.infer<ReturnType<typeof placeSchema>>;

const answersSchema = lazy(() =>
  /** In the order of what was asked; null where nobody answered, or not in time. */
  z.object({ answers: z.array(z.nullable(z.array(placeSchema()))) }),
);
const sitesSchema = lazy(() =>
  z.object({
    sites: z.array(placeSchema()),
    /** What is not answered by then is not waited for. */
    milliseconds: z.number(),
  }),
);

/** Every request the server may make of the host: name → schemas of its parameters and its result. */
export const callbacks = {
  /** Where the names at some places are defined. */
  'language/definitions': { params: () => sitesSchema(), result: () => answersSchema() },
  /** What implements the names at some places. */
  'language/implementations': { params: () => sitesSchema(), result: () => answersSchema() },
  /** Where what is declared at each place is called. */
  'language/incomingCalls': { params: () => sitesSchema(), result: () => answersSchema() },
} as const;

export type Callbacks = typeof callbacks;
export type CallbackName = keyof Callbacks;
export type CallbackParamsOf<N extends CallbackName> = z.infer<ReturnType<Callbacks[N]['params']>>;
export type CallbackResultOf<N extends CallbackName> = z.infer<ReturnType<Callbacks[N]['result']>>;
export type CallbackHandlers = {
  [N in CallbackName]: (params: CallbackParamsOf<N>) => Promise<CallbackResultOf<N>>;
};

/** Answers in the order of the places; null where there is none. */
export type LanguageAnswers = readonly (readonly Place[] | null)[];

/** The language servers of an editor, as far as they are there. Never rejects. */
export interface LanguageServer {
  definitions(sites: readonly Place[], milliseconds: number): Promise<LanguageAnswers>;
  implementations(sites: readonly Place[], milliseconds: number): Promise<LanguageAnswers>;
  incomingCalls(sites: readonly Place[], milliseconds: number): Promise<LanguageAnswers>;
}
