import type { FromView, ToView } from '../../../server/protocol/view.ts';
import type { WeftContext } from '../../context.ts';

export type MessageType = FromView['type'];
export type MessageOf<T extends MessageType> = Extract<FromView, { type: T }>;

/** What the host does about one message of a view; `answer` goes to that view alone. Errors are shown. */
export type Handler<T extends MessageType> = (
  weft: WeftContext,
  message: MessageOf<T>,
  answer: (message: ToView) => void,
) => Promise<void> | void;
