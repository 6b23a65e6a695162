import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { once } from 'node:events';
import readline from 'node:readline';
import type { CallForm } from '../protocol/graph.ts';

/**
 * What an oracle says of a project, in one format for all languages: JSON lines, each a `TruthRow`. Paths are relative
 * to the checkout with forward slashes, lines 1-based, columns 0-based UTF-16.
 */
export type TruthRow = TruthFile | TruthSite | TruthOverride | TruthImplements | TruthPair;

/** A file whose call sites the oracle has judged; edges made by other files are not compared. */
export interface TruthFile {
  row: 'file';
  file: string;
}

/** A declaration. An answer names it if its file agrees and its line lies in `startLine` … `line`. */
export interface TruthSymbol {
  file: string;
  name: string;
  /** First line of the declaration, its modifiers and decorators included, documentation left out. */
  startLine: number;
  /** Line of the name token. */
  line: number;
  /** Classes and constructors answer for each other, so that neither's name is compared. */
  kind?: 'class' | 'constructor';
  /** Name of the class, interface or trait that declares it. */
  owner?: string;
}

/**
 * `inProject`: the target is declared in the project. `external`: it is not. `functionValue`: the callee is a
 * parameter, field or variable that holds a function; `targets` are then what the oracle knows of it, perhaps
 * nothing. `unknown`: the oracle can't say (an `any` receiver).
 */
export const SITE_CLASSES = ['inProject', 'external', 'functionValue', 'unknown'] as const;
export type SiteClass = (typeof SITE_CLASSES)[number];

/** One call site: the place of the callee's name token, which is the last token of the callee's chain. */
export interface TruthSite {
  row: 'site';
  file: string;
  line: number;
  column: number;
  name: string;
  form: CallForm;
  class: SiteClass;
  /** Any of them is a right answer: overload siblings, merged declarations, a class and its constructor. */
  targets: TruthSymbol[];
  /** Named functions (and classes) around the site, innermost first; none at module level. */
  callers: TruthSymbol[];
  /** How the callee is written, such as `bare:import` or `x.m:parameter`; the unit of the lists of misses. */
  shape: string;
  /** What the target is: `static`, `inherited`, `interface`, `generic`, `overload`, `nested` … */
  traits: string[];
}

/** `by` overrides or implements `base`, directly or not: an answer `by` where `base` is the target is right too. */
export interface TruthOverride {
  row: 'override';
  base: TruthSymbol;
  by: TruthSymbol;
}

/** `type` has every method of `interface`, said or not (Go); types of packages alone, none with type parameters. */
export interface TruthImplements {
  row: 'implements';
  type: TruthSymbol;
  interface: TruthSymbol;
}

/** PyCG's unit: qualified names of caller and callee in one case of the benchmark. */
export interface TruthPair {
  row: 'pair';
  category: string;
  case: string;
  from: string;
  to: string;
}

/** Writes rows beside the file first, so that a broken run leaves no half truth behind. */
export async function writeTruth(file: string, rows: Iterable<TruthRow> | AsyncIterable<TruthRow>) {
  const partial = `${file}.${process.pid}.partial`;
  const out = createWriteStream(partial);
  for await (const row of rows) if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  await rename(partial, file);
}

export async function* readTruth(file: string): AsyncIterable<TruthRow> {
  const lines = readline.createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as TruthRow;
}
