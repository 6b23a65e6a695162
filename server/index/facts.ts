import type { CallForm, SymbolKind } from '../protocol/graph.ts';

/**
 * What one file says by itself. Positions are 0-based UTF-16. Symbols, scopes and imports are named by their
 * index in the lists below, so facts are plain data that cross a thread and a disk unchanged.
 */
export interface FileFacts {
  language: string;
  /** Physical lines. */
  lines: number;
  /** Symbol 0 is the module itself. */
  symbols: SymbolFact[];
  imports: ImportFact[];
  exports: ExportFact[];
  heritage: HeritageFact[];
  calls: CallFact[];
  /** True when the parser met errors; what parses around them is here all the same. */
  hasSyntaxErrors: boolean;
}

export interface SymbolFact {
  kind: SymbolKind;
  name: string;
  qualifiedName: string;
  /** Index of the symbol around it; -1 for the module. */
  parent: number;
  startLine: number;
  endLine: number;
  signature: string;
  doc: string;
  exported: boolean;
  /** The declared or initialised type of a field, variable or parameter property. */
  type?: Reference;
}

export interface ImportFact {
  /** The specifier as written; Python's relative imports keep their dots. */
  from: string;
  /** The exported name, `*` for the whole module, `default`; empty for an import for its effects. */
  imported: string;
  local: string;
  line: number;
}

export interface ExportFact {
  /** The name others import, or `*` for everything of `from`. */
  name: string;
  /** The name in this file, or in `from` where given. */
  local: string;
  from?: string;
}

export interface HeritageFact {
  symbol: number;
  relation: 'INHERITS' | 'IMPLEMENTS';
  base: Reference;
  line: number;
  column: number;
}

export interface CallFact {
  /** The innermost symbol around the site; 0 is the module. */
  from: number;
  form: CallForm;
  callee: Reference;
  line: number;
  column: number;
}

/** A name chain such as `this.store.get`, its first link already looked up in the file's scopes. */
export interface Reference {
  root: Root;
  members: string[];
}

export type Root =
  | { at: 'symbol'; symbol: number }
  | { at: 'import'; import: number }
  /** `this`, `self` or `cls` inside the class. */
  | { at: 'this'; symbol: number }
  | { at: 'super'; symbol: number }
  /** A parameter or local whose type is known. */
  | { at: 'typed'; type: Reference }
  /** A parameter or local of unknown type. */
  | { at: 'local'; name: string }
  /** Bound nowhere in the file. */
  | { at: 'global'; name: string }
  /** An expression that is no name chain, such as the result of a call. */
  | { at: 'expression' };
