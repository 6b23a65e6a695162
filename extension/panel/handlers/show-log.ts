import type { Handler } from './handler.ts';

export const showLog: Handler<'showLog'> = (weft) => weft.log.show(true);
