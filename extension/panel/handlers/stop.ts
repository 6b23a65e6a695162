import type { Handler } from './handler.ts';

export const stop: Handler<'stop'> = (weft) => weft.fixes.stop();
