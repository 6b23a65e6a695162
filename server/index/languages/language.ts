import type { Node } from 'web-tree-sitter';
import type { ExportFact, ImportFact } from '../facts.ts';
import type { GrammarName } from '../grammar.ts';

/** What a language adds to the common extraction: one folder each. */
export interface Language {
  name: string;
  /** File endings, with the dot. */
  extensions: readonly string[];
  grammarFor(file: string): GrammarName;
  queryFor(file: string): string;
  /** The imports that an `@import` statement makes. */
  readImport(statement: Node): ImportFact[];
  /** The exports that an `@export` statement makes, and its re-exports. */
  readExport(statement: Node): ExportFact[];
  /** Names that mean the instance or class inside a method. */
  receiverNames: readonly string[];
  /** True where every module-level name can be imported. */
  exportsEverything: boolean;
  isTest(symbol: { name: string; file: string; inClass: boolean }): boolean;
  docOf(definition: Node): string;
}
