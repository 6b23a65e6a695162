import type { WeftContext } from './context.ts';

/** One thing that Weft adds to VS Code. It registers and returns; work starts when a person asks for it. */
export type Contribution = (weft: WeftContext) => void;
