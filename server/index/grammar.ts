import { Language, Parser, Query } from 'web-tree-sitter';
import { readFileSync } from 'node:fs';
import { assetPath, type AssetName } from '../settings/assets.ts';
import { makeGrammar } from './syntax/grammar.ts';
import { startParser } from './syntax/parser-memory.ts';
import type { Grammar } from './syntax/tape.ts';

/** A grammar of `assets.json`. */
export type GrammarName = AssetName extends infer A
  ? A extends `grammars/${infer N}.wasm`
    ? N
    : never
  : never;

const grammars = new Map<GrammarName, Promise<Language>>();

/** Loads a grammar once; only what a workspace needs is ever loaded. */
export function loadGrammar(name: GrammarName): Promise<Language> {
  let grammar = grammars.get(name);
  if (!grammar) {
    grammar = startParser().then(() => Language.load(readFileSync(assetPath(`grammars/${name}.wasm`))));
    grammars.set(name, grammar);
  }
  return grammar;
}

/** A parser for a grammar. Trees it returns must be deleted: their memory is outside the garbage collector. */
export async function makeParser(name: GrammarName): Promise<Parser> {
  const grammar = await loadGrammar(name);
  return new Parser().setLanguage(grammar);
}

export async function makeQuery(name: GrammarName, source: string): Promise<Query> {
  return new Query(await loadGrammar(name), source);
}

const syntaxes = new Map<GrammarName, Promise<Grammar>>();

/** A grammar whose texts parse to tapes, made once. */
export function loadSyntax(name: GrammarName): Promise<Grammar> {
  let syntax = syntaxes.get(name);
  if (!syntax) {
    syntax = loadGrammar(name).then((language) => makeGrammar(language, name));
    syntaxes.set(name, syntax);
  }
  return syntax;
}
