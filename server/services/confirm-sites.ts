import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Graph } from '../graph/graph.ts';
import { siteKey } from '../graph/overlays/confirmations.ts';
import type { Content } from '../graph/overlays/content.ts';
import { SYMBOL } from '../index/facts.ts';
import { EDGE_TYPES, TIERS, type NeighboursAnswer, type SymbolKind } from '../protocol/graph.ts';
import type { LanguageServer, Place } from '../protocol/language-server.ts';
import type { Confirmation } from '../protocol/overlays.ts';
import { MOST_BYTES } from '../workspace/discover.ts';
import { readRegularFile } from '../workspace/read-file.ts';
import { contentHash, decodeText } from '../workspace/text.ts';

const CALLS = EDGE_TYPES.indexOf('CALLS');
const NAME_TIER = TIERS.indexOf('name');
const CALLABLE: ReadonlySet<SymbolKind> = new Set(['Function', 'Method', 'Class', 'Test']);
/** Where packages lie inside a workspace without being a part of it. */
const PACKAGES = /(?:^|\/)(?:node_modules|site-packages|dist-packages)\//;
/** Sites of one request; what was said of them is kept before the next. */
const BATCH = 12;
/** From so many sites that may call one symbol on, its calls are asked for at once. */
const MANY = 4;

const DEFINED = 'the language server says that this is defined there';
const IMPLEMENTED = 'the language server says that this is implemented there';
const INCOMING = 'the language server lists this call';

/** A site that an answer depends on: a candidate's, or an unresolved one. 0-based. */
export interface OpenSite extends Place {
  /** Number of the symbol that the name alone suggests. */
  candidate?: number;
}

/** The sites that an answer depends on, candidates first. */
export function openSites(graph: Graph, { results, unresolvedSites }: NeighboursAnswer): OpenSite[] {
  const places = [
    ...results.flatMap(({ edge }) => (edge.tier === 'name' ? edge.sites : [])),
    ...unresolvedSites,
  ];
  const wanted = new Map<string, OpenSite>();
  for (const { file, line, column } of places)
    wanted.set(siteKey(file, line - 1, column), { file, line: line - 1, column });
  if (results.some(({ edge }) => edge.tier === 'name')) addCandidates(graph, wanted);
  return [...wanted.values()];
}

function addCandidates({ packed, symbols }: Graph, wanted: ReadonlyMap<string, OpenSite>): void {
  for (let e = 0; e < packed.count; e++) {
    if (packed.kind[e] !== CALLS || packed.tier[e] !== NAME_TIER) continue;
    const file = symbols.files[symbols.fileOf(packed.from[e]!)]!;
    for (let s = packed.firstSite[e]!; s < packed.firstSite[e + 1]!; s++) {
      const site = wanted.get(siteKey(file, packed.siteLine[s]!, packed.siteColumn[s]!));
      if (site) site.candidate = packed.to[e]!;
    }
  }
}

export interface ConfirmSites {
  root: string;
  graph: Graph;
  content: Content;
  language: LanguageServer;
  /** The symbol that the question is about. */
  about: number;
  sites: readonly OpenSite[];
  /** So many of the sites are asked about one by one. */
  most: number;
  /** On the clock of `performance.now()`. */
  end: number;
  signal?: AbortSignal | undefined;
  /** Takes what was said, batch by batch. */
  keep(said: readonly Confirmation[]): void;
}

/** A site with the place of the name that is called there. */
interface NamedSite extends OpenSite {
  name: string;
  at: Place;
}

/** What a place that a language server names stands for here. */
type Meaning = { symbol: number } | 'outside' | 'unknown';

/**
 * Asks language servers about sites. A site whose definition is a symbol calls it; one that is defined outside the
 * workspace calls nothing here, unless its candidate is among the implementations. Whatever else comes, such as a
 * variable that holds a function, decides nothing; no answer is not kept.
 */
export async function confirmSites(work: ConfirmSites): Promise<void> {
  const { content, language, sites, end, signal } = work;
  const texts = new Map<string, string[] | undefined>();
  const named = sites.flatMap((site) => {
    const at = namePlace(work, texts, site);
    return at ? [at] : [];
  });
  const left = () => Math.max(0, end - performance.now());
  const open = (await confirmIncoming(work, named, left())).slice(0, work.most);
  for (let i = 0; i < open.length && left() > 0 && !signal?.aborted; i += BATCH) {
    const batch = open.slice(i, i + BATCH);
    const answers = await language.definitions(
      batch.map(({ at }) => at),
      left(),
    );
    const outside: NamedSite[] = [];
    const said: Confirmation[] = [];
    batch.forEach((site, n) => {
      const meanings = (answers[n] ?? []).map((place) => meaningOf(work, place, site.name));
      if (meanings.length === 0) return;
      const symbols = meanings.flatMap((m) => (typeof m === 'object' ? [m.symbol] : []));
      if (meanings.includes('unknown')) said.push(...confirmation(work, site, undefined));
      else if (symbols.length > 0) said.push(...confirmation(work, site, symbols, DEFINED));
      else if (site.candidate === undefined) said.push(...confirmation(work, site, []));
      else outside.push(site);
    });
    if (outside.length > 0 && left() > 0) {
      const implementations = await language.implementations(
        outside.map(({ at }) => at),
        left(),
      );
      outside.forEach((site, n) => {
        const places = implementations[n];
        const isOne = places?.some((place) => {
          const meaning = meaningOf(work, place, site.name);
          return typeof meaning === 'object' && meaning.symbol === site.candidate;
        });
        said.push(...confirmation(work, site, isOne ? [site.candidate!] : [], IMPLEMENTED));
      });
    }
    work.keep(said.filter((one) => isUnchanged(work.root, content, one)));
  }
}

/**
 * Confirms many calls of one symbol at once; returns the sites that are still open. What else is called at an unresolved
 * site is not said by that.
 */
async function confirmIncoming(
  work: ConfirmSites,
  sites: readonly NamedSite[],
  milliseconds: number,
): Promise<readonly NamedSite[]> {
  const { graph, language, content, about } = work;
  const { symbols } = graph;
  const mayCall = ({ candidate, name }: NamedSite) =>
    candidate ?? (name === symbols.name(about) ? about : undefined);
  const counts = new Map<number, number>();
  for (const site of sites) {
    const called = mayCall(site);
    if (called !== undefined) counts.set(called, (counts.get(called) ?? 0) + 1);
  }
  const asked = [...counts].filter(([, count]) => count >= MANY).map(([symbol]) => symbol);
  if (asked.length === 0) return sites;
  const answers = await language.incomingCalls(
    asked.map((symbol) => ({
      file: symbols.files[symbols.fileOf(symbol)]!,
      line: symbols.column(symbol, SYMBOL.nameLine),
      column: symbols.column(symbol, SYMBOL.nameColumn),
    })),
    milliseconds,
  );
  const calls = new Set<string>();
  asked.forEach((symbol, n) => {
    for (const place of answers[n] ?? []) {
      const file = inWorkspace(work.root, place.file);
      if (file !== undefined) calls.add(`${symbol} ${siteKey(file, place.line, place.column)}`);
    }
  });
  const isCalled = (site: NamedSite) =>
    calls.has(`${mayCall(site)} ${siteKey(site.at.file, site.at.line, site.at.column)}`);
  const said = sites
    .filter(isCalled)
    .flatMap((site) =>
      confirmation(work, site, [mayCall(site)!], INCOMING).map((one) =>
        site.candidate === undefined ? { ...one, isPartial: true } : one,
      ),
    );
  work.keep(said.filter((one) => isUnchanged(work.root, content, one)));
  return sites.filter((site) => !isCalled(site));
}

/** The place of the name that is called; some sites stand at its end. Undefined where there is none. */
function namePlace(
  { root, content }: ConfirmSites,
  texts: Map<string, string[] | undefined>,
  site: OpenSite,
): NamedSite | undefined {
  if (!texts.has(site.file)) texts.set(site.file, linesOf(root, site.file, content));
  const line = texts.get(site.file)?.[site.line];
  if (line === undefined) return undefined;
  const [before = ''] = /[\p{L}\p{N}_$]*$/u.exec(line.slice(0, site.column)) ?? [];
  const [after = ''] = /^[\p{L}\p{N}_$]*/u.exec(line.slice(site.column)) ?? [];
  const name = before + after;
  if (name === '') return undefined;
  return { ...site, name, at: { file: site.file, line: site.line, column: site.column - before.length } };
}

function linesOf(root: string, file: string, content: Content): string[] | undefined {
  try {
    const bytes = readRegularFile(path.join(root, file), MOST_BYTES);
    return contentHash(bytes) === content.hashOf(file)
      ? decodeText(bytes).text.split(/\r\n|\r|\n/)
      : undefined;
  } catch {
    return undefined;
  }
}

function meaningOf({ root, graph }: ConfirmSites, place: Place, name: string): Meaning {
  const file = inWorkspace(root, place.file);
  if (file === undefined || PACKAGES.test(file)) return 'outside';
  const symbol = declaredAt(graph, file, place, name);
  if (symbol === undefined) return 'unknown';
  // A construction calls the constructor where one is declared.
  return { symbol: graph.constructorsOf(symbol)[0] ?? symbol };
}

/** The path relative to the root, however the editor came to the folder; undefined for what lies outside. */
function inWorkspace(root: string, file: string): string | undefined {
  if (/^[a-z][\w+.-]+:/i.test(file) && !path.isAbsolute(file)) return undefined;
  if (!path.isAbsolute(file)) return file;
  for (const base of [root, realOf(root)]) {
    const relative = path.relative(base, file).replaceAll('\\', '/');
    if (!relative.startsWith('../') && !path.isAbsolute(relative)) return relative;
  }
  return undefined;
}

function realOf(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
}

/** The function, method or class whose name stands at a place, or that is named so and declared around it. */
function declaredAt(
  { symbols }: Graph,
  file: string,
  { line, column }: Place,
  name: string,
): number | undefined {
  const index = symbols.fileIndex(file);
  if (index === undefined) return undefined;
  const around: number[] = [];
  const { first, end: next } = symbols.rangeOf(index);
  for (let symbol = first + 1; symbol < next; symbol++) {
    const at = symbols.column(symbol, SYMBOL.nameColumn);
    const isNamedThere =
      symbols.column(symbol, SYMBOL.nameLine) === line &&
      at <= column &&
      column <= at + symbols.name(symbol).length;
    if (isNamedThere) return CALLABLE.has(symbols.kind(symbol)) ? symbol : undefined;
    const [start, end] = [symbols.column(symbol, SYMBOL.startLine), symbols.column(symbol, SYMBOL.endLine)];
    if (start <= line && line <= end && symbols.name(symbol) === name) around.push(symbol);
  }
  const [only, ...others] = around;
  return only !== undefined && others.length === 0 && CALLABLE.has(symbols.kind(only)) ? only : undefined;
}

function confirmation(
  { graph, content }: ConfirmSites,
  { file, line, column }: NamedSite,
  symbols: readonly number[] | undefined,
  reason = '',
): Confirmation[] {
  const hash = content.hashOf(file);
  if (hash === undefined) return [];
  const targets = symbols && [...new Set(symbols)].map((symbol) => graph.nodeOf(symbol));
  return [
    {
      ...{ file, line, column, hash, restsOn: content.restsOn(file) },
      ...(targets
        ? { targets: targets.map((t) => ({ id: t.id, hash: content.hashOf(t.file) ?? '', reason })) }
        : {}),
    },
  ];
}

/** Whether the files are still as they were when they were asked about. */
function isUnchanged(root: string, content: Content, { file, targets }: Confirmation): boolean {
  const files = new Set([file, ...(targets ?? []).map(({ id }) => id.split('#', 1)[0]!)]);
  return [...files].every((one) => linesOf(root, one, content) !== undefined);
}
