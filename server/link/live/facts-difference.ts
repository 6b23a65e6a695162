import { EXPORT, SYMBOL, symbolCount, type FileFacts } from '../../index/facts.ts';
import { mix, textHash } from './hash.ts';
import type { FileIdentity } from './identity.ts';
import {
  contentsKey,
  definedNameKey,
  exportedKey,
  exportsKey,
  heritageKey,
  memberKey,
  membersKey,
  methodNameKey,
  subclassesKey,
  typeNameKey,
} from './reads.ts';
import { SYMBOL_KINDS } from '../../protocol/graph.ts';

/** One version of a file. */
export interface FileVersion {
  facts: FileFacts;
  identity: FileIdentity;
}

const TYPE_KINDS = new Set(['Class', 'Interface', 'Enum'].map((kind) => SYMBOL_KINDS.indexOf(kind as never)));
const METHOD = SYMBOL_KINDS.indexOf('Method');

/** The look-ups that answer otherwise since a file has other facts, as far as that follows from the facts alone. */
export function changedLookUps(before: FileVersion, after: FileVersion): Set<number> {
  const changed = new Set<number>();
  const [old, now] = [symbolsOf(before), symbolsOf(after)];
  for (const [symbol, seen] of [...old, ...now]) {
    const [was, is] = [old.get(symbol), now.get(symbol)];
    if (was?.face === is?.face && was?.heritage === is?.heritage) continue;
    if (was?.face !== is?.face) {
      changed.add(memberKey(seen.parent, seen.name));
      changed.add(membersKey(seen.parent));
      changed.add(definedNameKey(seen.name));
      if (seen.kind === METHOD) changed.add(methodNameKey(seen.name));
      if (TYPE_KINDS.has(seen.kind)) changed.add(subclassesKey(symbol));
      for (const { facts } of [before, after])
        if (seen.isTopLevel && TYPE_KINDS.has(seen.kind)) changed.add(typeNameKey(facts.package, seen.name));
    }
    if (was?.heritage !== is?.heritage) changed.add(heritageKey(symbol));
  }
  addChangedExports(changed, before, after);
  changed.add(contentsKey(after.identity.path));
  return changed;
}

interface SeenSymbol {
  face: number;
  heritage: number;
  parent: number;
  name: string;
  kind: number;
  isTopLevel: boolean;
}

function symbolsOf({ facts, identity }: FileVersion): Map<number, SeenSymbol> {
  const seen = new Map<number, SeenSymbol>();
  const { symbols, strings } = facts;
  for (let s = 1, count = symbolCount(facts); s < count; s++) {
    const row = s * SYMBOL.width;
    const parent = symbols[row + SYMBOL.parent]!;
    const kind = symbols[row + SYMBOL.kind]!;
    seen.set(identity.symbols[s]!, {
      face: identity.face(s),
      heritage: TYPE_KINDS.has(kind) ? identity.heritage(s) : 0,
      parent: parent < 0 ? 0 : identity.symbols[parent]!,
      name: strings[symbols[row + SYMBOL.name]!]!,
      kind,
      isTopLevel: parent === 0,
    });
  }
  return seen;
}

function addChangedExports(changed: Set<number>, before: FileVersion, after: FileVersion): void {
  const [old, now] = [exportsOf(before), exportsOf(after)];
  for (const name of new Set([...old.keys(), ...now.keys()]))
    if (old.get(name) !== now.get(name)) {
      changed.add(exportedKey(after.identity.path, name));
      changed.add(exportsKey(after.identity.path));
    }
}

function exportsOf({ facts, identity }: FileVersion): Map<string, number> {
  const found = new Map<string, number>();
  const text = (id: number) => (id < 0 ? -1 : textHash(facts.strings[id]!));
  for (let row = 0; row < facts.exports.length; row += EXPORT.width) {
    const name = facts.strings[facts.exports[row + EXPORT.name]!]!;
    let hash = mix(found.get(name) ?? 0, identity.term(facts.exports[row + EXPORT.term]!));
    hash = mix(hash, text(facts.exports[row + EXPORT.from]!));
    found.set(name, mix(hash, text(facts.exports[row + EXPORT.local]!)));
  }
  return found;
}
