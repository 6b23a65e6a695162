import { Parser } from 'web-tree-sitter';
import { assetPath } from '../../settings/assets.ts';

/** What web-tree-sitter's loader puts into the options object it is given: views of its memory. */
interface Runtime {
  locateFile: () => string;
  HEAP32?: Int32Array;
}

const runtime: Runtime = { locateFile: () => assetPath('web-tree-sitter.wasm') };
let started: Promise<void> | undefined;

/** Loads the parser's WebAssembly once a thread. */
export function startParser(): Promise<void> {
  started ??= Parser.init(runtime);
  return started;
}

/**
 * The parser's memory as 32-bit words, or undefined when this version does not show it. Parsing can make it
 * grow, which replaces the view: ask after each parse.
 */
export function parserMemory(): Int32Array | undefined {
  return runtime.HEAP32;
}
