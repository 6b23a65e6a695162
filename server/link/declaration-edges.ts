import { HERITAGE, IMPORT, SYMBOL, symbolCount, TERM } from '../index/facts.ts';
import type { EdgeType } from '../protocol/graph.ts';
import type { EdgeTable } from './edges.ts';
import type { Evaluator } from './evaluator.ts';
import { NODE } from './live/trace-log.ts';
import type { Program } from './program.ts';

/**
 * The edges that a file's declarations make: what contains what, imports, bases, overrides.
 *
 * @param only the file's own numbers of the symbols whose edges are added; all by default.
 */
export function addDeclarations(edges: EdgeTable, ev: Evaluator, file: number, only?: Only): void {
  addContainment(edges, ev.program, file, only);
  if (!only || only.has(0)) addImports(edges, ev, file);
  addHeritage(edges, ev, file, only);
  addUnnamedInterfaces(edges, ev, file, only);
  addOverrides(edges, ev, file, only);
}

type Only = ReadonlySet<number> | undefined;

function addContainment(edges: EdgeTable, program: Program, file: number, only: Only): void {
  const count = symbolCount(program.facts[file]!);
  for (let s = 1; s < count; s++) {
    const symbol = program.symbol(file, s);
    const parent = program.parent(symbol);
    if (parent < 0 || (only && !only.has(program.localOf(parent)))) continue;
    const around = program.kind(parent);
    const isMember = around === 'Class' || around === 'Interface' || around === 'Enum';
    const own = program.kind(symbol);
    const kind: EdgeType =
      isMember && own === 'Field' ? 'HAS_FIELD' : isMember && own === 'Method' ? 'HAS_METHOD' : 'CONTAINS';
    edges.add({
      ...{ kind, from: parent, to: symbol, line: program.column(symbol, SYMBOL.startLine), column: 0 },
      ...{ tier: 'scope', confidence: 1, reason: 'declared inside' },
    });
  }
}

function addImports(edges: EdgeTable, ev: Evaluator, file: number): void {
  const { program } = ev;
  const { imports } = program.facts[file]!;
  const rules = ev.rules(file);
  program.reads?.at(file, NODE.imports, 0);
  for (let row = 0; row < imports.length; row += IMPORT.width) {
    const index = row / IMPORT.width;
    const target = rules.importedFile
      ? rules.importedFile(ev, file, index)
      : rules.resolveModule(program, file, program.importText(file, index, 'from'));
    if (target === undefined || target === file) continue;
    edges.add({
      ...{ kind: 'IMPORTS', from: program.moduleOf(file), to: program.moduleOf(target) },
      ...{ line: imports[row + IMPORT.line]!, column: 0 },
      ...{ tier: 'scope', confidence: 1, reason: 'the module it names' },
    });
  }
}

function addHeritage(edges: EdgeTable, ev: Evaluator, file: number, only: Only): void {
  const { program } = ev;
  const { heritage } = program.facts[file]!;
  const rules = ev.rules(file);
  for (let row = 0; row < heritage.length; row += HERITAGE.width) {
    if (only && !only.has(heritage[row + HERITAGE.symbol]!)) continue;
    const from = program.symbol(file, heritage[row + HERITAGE.symbol]!);
    program.reads?.at(file, NODE.heritage, row);
    if (rules.base) {
      addBaseByName(edges, ev, file, row);
      continue;
    }
    const type = ev.type(file, heritage[row + HERITAGE.type]!);
    for (const base of type?.t === 'union' ? type.items : [type]) {
      if (base?.t !== 'instance' || base.symbol === from || program.isBuiltIn(base.symbol)) continue;
      const isOfInterface = program.kind(from) === 'Class' && program.kind(base.symbol) === 'Interface';
      // An anonymous class does not say whether it extends or implements what it is made from. What embeds an
      // interface may hide one of its methods by another.
      const implemented =
        isOfInterface && rules.implemented
          ? rules.implemented(ev, from).includes(base.symbol)
          : isOfInterface || heritage[row + HERITAGE.relation] === 1;
      edges.add({
        ...{ kind: implemented ? 'IMPLEMENTS' : 'INHERITS', from, to: base.symbol },
        ...{ line: heritage[row + HERITAGE.line]!, column: heritage[row + HERITAGE.column]! },
        ...{ tier: 'scope', confidence: 1, reason: 'named in the class head' },
      });
    }
  }
}

/** A base of which nothing but the name is known. */
function addBaseByName(edges: EdgeTable, ev: Evaluator, file: number, row: number): void {
  const { program } = ev;
  const { heritage, terms } = program.facts[file]!;
  const from = program.symbol(file, heritage[row + HERITAGE.symbol]!);
  const name = program.text(file, terms[heritage[row + HERITAGE.type]! * TERM.width + TERM.a]!);
  const found = ev.rules(file).base?.(ev, file, name);
  if (!found || found.symbol === from) return;
  const isOfInterface = program.kind(from) === 'Class' && program.kind(found.symbol) === 'Interface';
  edges.add({
    ...{ kind: isOfInterface ? 'IMPLEMENTS' : 'INHERITS', from, to: found.symbol, tier: 'name' },
    ...{ line: heritage[row + HERITAGE.line]!, column: heritage[row + HERITAGE.column]! },
    ...{ confidence: found.confidence, reason: found.reason },
  });
}

/** Interfaces that classes of a file implement without naming them. */
function addUnnamedInterfaces(edges: EdgeTable, ev: Evaluator, file: number, only: Only): void {
  const { program } = ev;
  const rules = ev.rules(file);
  if (!rules.implemented) return;
  for (let s = 1, count = symbolCount(program.facts[file]!); s < count; s++) {
    const from = program.symbol(file, s);
    if (program.kind(from) !== 'Class' || (only && !only.has(s))) continue;
    program.reads?.at(file, NODE.interfaces, s);
    const [line, column] = [program.column(from, SYMBOL.nameLine), program.column(from, SYMBOL.nameColumn)];
    for (const to of rules.implemented(ev, from))
      edges.add({
        ...{ kind: 'IMPLEMENTS', from, to, line, column },
        ...{ tier: 'scope', confidence: 0.98, reason: 'has all of its methods' },
      });
  }
}

function addOverrides(edges: EdgeTable, ev: Evaluator, file: number, only: Only): void {
  for (let s = 1, count = symbolCount(ev.program.facts[file]!); s < count; s++)
    if (!only || only.has(s)) addOverridesOf(edges, ev, file, s);
}

/** What one of a file's symbols overrides, if it is a method. */
export function addOverridesOf(edges: EdgeTable, ev: Evaluator, file: number, local: number): void {
  const { program } = ev;
  const symbol = program.symbol(file, local);
  if (program.kind(symbol) !== 'Method' || program.isStatic(symbol)) return;
  program.reads?.at(file, NODE.overrides, local);
  const name = program.name(symbol);
  const owner = program.parent(symbol);
  const rules = ev.rules(file);
  if (owner < 0 || rules.constructorNames.includes(name)) return;
  const targets = rules.overridden
    ? rules.overridden(ev, symbol)
    : ev.basesOf(owner).flatMap((base) =>
        ev
          .members(base, name)
          .slice(0, 1)
          .map((found) => found.symbol),
      );
  for (const target of targets) {
    if (target === symbol || program.isBuiltIn(target)) continue;
    edges.add({
      ...{ kind: 'OVERRIDES', from: symbol, to: target },
      ...{ line: program.column(symbol, SYMBOL.nameLine), column: program.column(symbol, SYMBOL.nameColumn) },
      ...{ tier: 'scope', confidence: 0.98, reason: 'same name in a base' },
    });
  }
}
