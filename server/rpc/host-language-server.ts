import type {
  CallbackName,
  CallbackParamsOf,
  CallbackResultOf,
  LanguageAnswers,
  LanguageServer,
  Place,
} from '../protocol/language-server.ts';

export type AskHost = <N extends CallbackName>(
  name: N,
  params: CallbackParamsOf<N>,
) => Promise<CallbackResultOf<N>>;

/** The host may need a little longer than it was given to say that it had not enough. */
const GRACE_MS = 1_000;

/** The language servers behind the host. A host that fails, or is late, has no answer. */
export function hostLanguageServer(ask: AskHost): LanguageServer {
  const from =
    (name: CallbackName) =>
    async (sites: readonly Place[], milliseconds: number): Promise<LanguageAnswers> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, milliseconds + GRACE_MS, undefined);
      });
      const asked = ask(name, { sites: [...sites], milliseconds }).catch(() => undefined);
      const answers = (await Promise.race([asked, late]))?.answers;
      clearTimeout(timer);
      return answers?.length === sites.length ? answers : sites.map(() => null);
    };
  return {
    definitions: from('language/definitions'),
    implementations: from('language/implementations'),
    incomingCalls: from('language/incomingCalls'),
  };
}
