import {
  FLAG,
  HERITAGE,
  IMPORT,
  MENTION,
  OP,
  SITE,
  SYMBOL,
  symbolCount,
  TERM,
  type FileFacts,
} from '../index/facts.ts';
import { CALL_FORMS, type EdgeType } from '../protocol/graph.ts';
import { builtInNames } from './built-in-names.ts';
import { argumentVariable } from './arguments.ts';
import { EdgeTable, type PackedEdges } from './edges.ts';
import { Evaluator, MOST_FLOWS } from './evaluator.ts';
import { packSymbols } from './pack-symbols.ts';
import { Program } from './program.ts';
import type { LanguageRules } from './evaluation.ts';
import { targetsOf, type Target } from './sites.ts';
import type { SymbolTable } from './symbol-table.ts';

/** Call sites whose target could be in the workspace and was not found: rows of `UNRESOLVED`. */
export interface PackedSites {
  readonly rows: Int32Array;
  readonly names: readonly string[];
}
/** `form` is an index in CALL_FORMS, `from` a symbol. */
export const UNRESOLVED = { file: 0, line: 1, column: 2, name: 3, from: 4, form: 5, width: 6 } as const;

export interface Linked {
  readonly symbols: SymbolTable;
  readonly edges: PackedEdges;
  readonly unresolved: PackedSites;
}

/** What passes through parameters is followed so many times from callers to callees. */
const MOST_ROUNDS = 4;

/** Links facts to edges. A site that cannot be resolved stays a site: a wrong edge is worse than a missing one. */
export function link(
  facts: ReadonlyMap<string, FileFacts>,
  builtIns: ReadonlyMap<string, FileFacts>,
  rulesOf: (language: string) => LanguageRules,
): Linked {
  const program = new Program(facts, builtIns);
  const ev = new Evaluator(program, rulesOf);
  attachMembers(ev);
  for (const rules of ev.allRules()) rules.prepare?.(ev);
  const edges = new EdgeTable();
  for (let file = 0; file < program.workspaceFiles; file++) {
    addContainment(edges, program, file);
    addImports(edges, ev, file);
    addHeritage(edges, ev, file);
    addUnnamedInterfaces(edges, ev, file);
    addOverrides(edges, ev, file);
  }
  const unresolved = addCalls(edges, ev);
  for (let file = 0; file < program.workspaceFiles; file++) addMentions(edges, ev, file);
  return { symbols: packSymbols(program), edges: edges.finish(), unresolved };
}

/** Members that stand outside their class become its members. */
function attachMembers(ev: Evaluator): void {
  const isLeftOut = (file: number) =>
    (ev.program.flags(ev.program.moduleOf(file)) & FLAG.leftOut) !== 0 ? 1 : 0;
  // Of several members of a name, the first is the one that the default build has.
  const rows = [...ev.program.extensionRows()].sort((a, b) => isLeftOut(a.file) - isLeftOut(b.file));
  for (const { file, target, symbol } of rows) {
    // A block that implements a trait is no member itself.
    if (ev.program.localOf(symbol) === 0) continue;
    const type = ev.type(file, target);
    for (const at of type?.t === 'union' ? type.items : [type])
      if (at?.t === 'instance') ev.program.extend(at.symbol, symbol);
  }
}

function addContainment(edges: EdgeTable, program: Program, file: number): void {
  const count = symbolCount(program.facts[file]!);
  for (let s = 1; s < count; s++) {
    const symbol = program.symbol(file, s);
    const parent = program.parent(symbol);
    if (parent < 0) continue;
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

function addHeritage(edges: EdgeTable, ev: Evaluator, file: number): void {
  const { program } = ev;
  const { heritage } = program.facts[file]!;
  for (let row = 0; row < heritage.length; row += HERITAGE.width) {
    const from = program.symbol(file, heritage[row + HERITAGE.symbol]!);
    const type = ev.type(file, heritage[row + HERITAGE.type]!);
    for (const base of type?.t === 'union' ? type.items : [type]) {
      if (base?.t !== 'instance' || base.symbol === from || program.isBuiltIn(base.symbol)) continue;
      // An anonymous class does not say whether it extends or implements what it is made from.
      const implemented =
        heritage[row + HERITAGE.relation] === 1 ||
        (program.kind(from) === 'Class' && program.kind(base.symbol) === 'Interface');
      edges.add({
        ...{ kind: implemented ? 'IMPLEMENTS' : 'INHERITS', from, to: base.symbol },
        ...{ line: heritage[row + HERITAGE.line]!, column: heritage[row + HERITAGE.column]! },
        ...{ tier: 'scope', confidence: 1, reason: 'named in the class head' },
      });
    }
  }
}

/** Interfaces that classes of a file implement without naming them. */
function addUnnamedInterfaces(edges: EdgeTable, ev: Evaluator, file: number): void {
  const { program } = ev;
  const rules = ev.rules(file);
  if (!rules.implemented) return;
  for (let s = 1, count = symbolCount(program.facts[file]!); s < count; s++) {
    const from = program.symbol(file, s);
    if (program.kind(from) !== 'Class') continue;
    const [line, column] = [program.column(from, SYMBOL.nameLine), program.column(from, SYMBOL.nameColumn)];
    for (const to of rules.implemented(ev, from))
      edges.add({
        ...{ kind: 'IMPLEMENTS', from, to, line, column },
        ...{ tier: 'scope', confidence: 0.98, reason: 'has all of its methods' },
      });
  }
}

function addOverrides(edges: EdgeTable, ev: Evaluator, file: number): void {
  const { program } = ev;
  const count = symbolCount(program.facts[file]!);
  const constructors = ev.rules(file).constructorNames;
  for (let s = 1; s < count; s++) {
    const symbol = program.symbol(file, s);
    if (program.kind(symbol) !== 'Method' || program.isStatic(symbol)) continue;
    const name = program.name(symbol);
    const owner = program.parent(symbol);
    if (owner < 0 || constructors.includes(name)) continue;
    const rules = ev.rules(file);
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
        ...{
          line: program.column(symbol, SYMBOL.nameLine),
          column: program.column(symbol, SYMBOL.nameColumn),
        },
        ...{ tier: 'scope', confidence: 0.98, reason: 'same name in a base' },
      });
    }
  }
}

const OPERATOR = CALL_FORMS.indexOf('operator');

/** A site to ask again when more is known of what callers pass. */
interface OpenSite {
  file: number;
  row: number;
}

/**
 * Adds every call that can be resolved. What callers pass is followed into parameters until nothing new is found; the
 * sites that rest on it are answered last, with all that is known.
 */
function addCalls(edges: EdgeTable, ev: Evaluator): PackedSites {
  const { program } = ev;
  const flows = new Map<number, { file: number; term: number }[]>();
  const open: OpenSite[] = [];
  const unresolved: OpenSite[] = [];
  for (let file = 0; file < program.workspaceFiles; file++) {
    const { sites } = program.facts[file]!;
    for (let row = 0; row < sites.length; row += SITE.width) {
      ev.restsOnFlows = false;
      const targets = targetsOf(ev, file, row);
      addFlows(ev, flows, file, row, targets);
      if (ev.restsOnFlows) open.push({ file, row });
      else if (targets.length > 0) addSite(edges, ev, file, row, targets);
      else unresolved.push({ file, row });
    }
  }
  for (let round = 0; round < MOST_ROUNDS && ev.setFlows(flows); round++)
    for (const { file, row } of open) addFlows(ev, flows, file, row, targetsOf(ev, file, row));
  for (const { file, row } of open) {
    const targets = targetsOf(ev, file, row);
    addSite(edges, ev, file, row, targets.map(fromFlow));
    if (targets.length === 0) unresolved.push({ file, row });
  }
  return unresolvedOf(
    edges,
    ev,
    unresolved.sort((x, y) => x.file - y.file || x.row - y.row),
  );
}

const fromFlow = (target: Target): Target => ({
  ...target,
  tier: 'receiver',
  confidence: Math.min(target.confidence, 0.8),
  reason: 'what callers pass has this type',
});

function addSite(
  edges: EdgeTable,
  ev: Evaluator,
  file: number,
  row: number,
  targets: readonly Target[],
): void {
  const { program } = ev;
  const { sites } = program.facts[file]!;
  for (const { symbol, tier, confidence, reason, form } of targets) {
    if (program.isBuiltIn(symbol)) continue;
    edges.add({
      ...{ kind: 'CALLS', from: program.symbol(file, sites[row + SITE.from]!), to: symbol, form },
      ...{ line: sites[row + SITE.line]!, column: sites[row + SITE.column]!, tier, confidence, reason },
    });
  }
}

/** What a call passes flows into parameters that say nothing about themselves, or that are called. */
function addFlows(
  ev: Evaluator,
  flows: Map<number, { file: number; term: number }[]>,
  file: number,
  row: number,
  targets: readonly Target[],
): void {
  const call = ev.program.facts[file]!.sites[row + SITE.call]!;
  if (call < 0 || targets.length === 0 || ev.rules(file).staticallyTyped) return;
  const given = ev.argumentsOf(file, call);
  if (given.length === 0) return;
  const { terms } = ev.program.facts[file]!;
  const rules = ev.rules(file);
  for (const { symbol, isPassed } of targets) {
    if (isPassed) continue;
    const before = rules.receiverArguments ? rules.receiverArguments(ev, file, row, symbol) : 0;
    if (ev.program.isBuiltIn(symbol) || before === undefined) continue;
    given.forEach((term, i) => {
      if (term < 0 || terms[term * TERM.width] === OP.literal || terms[term * TERM.width] === OP.text) return;
      const into = argumentVariable(ev, symbol, { file, argument: term }, i + before);
      if (!into) return;
      const key = ev.flowKey(into.file, into.variable);
      const list = flows.get(key) ?? [];
      if (list.length > MOST_FLOWS || list.some((f) => f.file === file && f.term === term)) return;
      list.push({ file, term });
      flows.set(key, list);
    });
  }
}

/** A unique name is a candidate; the rest is listed by the called name. */
function unresolvedOf(edges: EdgeTable, ev: Evaluator, open: readonly OpenSite[]): PackedSites {
  const { program } = ev;
  const methods = methodsByName(program);
  const rows: number[] = [];
  const names = new Map<string, number>();
  for (const { file, row } of open) {
    const { sites, terms } = program.facts[file]!;
    const callee = sites[row + SITE.callee]!;
    if (callee < 0) continue;
    const op = terms[callee * TERM.width]!;
    const isMember = op === OP.member || op === OP.method;
    if (!isMember && op !== OP.global) continue;
    // No one writes the name of an operator's method: what has it is no candidate.
    if (sites[row + SITE.form] === OPERATOR) continue;
    const name = program.text(file, terms[callee * TERM.width + (isMember ? TERM.b : TERM.a)]!);
    if (isMember && isOutside(ev, file, callee)) continue;
    // A type calls nothing where that is a conversion; one of an unknown package stands for all that it declares.
    if (ev.rules(file).callConverts && ev.value(file, callee)?.t === 'class') continue;
    const from = program.symbol(file, sites[row + SITE.from]!);
    const [line, column] = [sites[row + SITE.line]!, sites[row + SITE.column]!];
    const isCommon = builtInNames.has(name) || ev.rules(file).isCommonName?.(ev, name) === true;
    const [only, ...others] = isMember && !isCommon ? (methods.get(name) ?? []) : [];
    if (only !== undefined && others.length === 0 && sameLanguage(program, only, file)) {
      edges.add({
        ...{ kind: 'CALLS', from, to: only, form: CALL_FORMS[sites[row + SITE.form]!]! },
        ...{ line, column, tier: 'name', confidence: 0.4, reason: 'the only method of this name' },
      });
      continue;
    }
    let id = names.get(name);
    if (id === undefined) names.set(name, (id = names.size));
    rows.push(file, line, column, id, from, sites[row + SITE.form]!);
  }
  return { rows: Int32Array.from(rows), names: [...names.keys()] };
}

/** True where the receiver is known and declared outside the workspace, so that no symbol of it can be meant. */
function isOutside(ev: Evaluator, file: number, callee: number): boolean {
  const rules = ev.rules(file);
  if (rules.isOutside) return rules.isOutside(ev, file, callee);
  const { terms } = ev.program.facts[file]!;
  const object = terms[callee * TERM.width + TERM.a]!;
  let at = object;
  while (
    at >= 0 &&
    [OP.member, OP.call, OP.new, OP.await, OP.index].includes(terms[at * TERM.width]! as never)
  )
    at = terms[at * TERM.width + TERM.a]!;
  if (at < 0) return false;
  // A name that no file of the workspace declares is the platform's.
  if (terms[at * TERM.width] === OP.global && !ev.value(file, at)) return true;
  if (terms[at * TERM.width] === OP.import) {
    const index = terms[at * TERM.width + TERM.a]!;
    const from = ev.program.importText(file, index, 'from');
    return rules.resolveModule(ev.program, file, from) === undefined;
  }
  const type = ev.value(file, object);
  return type?.t === 'instance' && ev.program.isBuiltIn(type.symbol);
}

function sameLanguage(program: Program, symbol: number, file: number): boolean {
  return program.facts[program.fileOf(symbol)]!.language === program.facts[file]!.language;
}

function methodsByName(program: Program): Map<string, number[]> {
  const byName = new Map<string, number[]>();
  for (let file = 0; file < program.workspaceFiles; file++) {
    const count = symbolCount(program.facts[file]!);
    for (let s = 1; s < count; s++) {
      const symbol = program.symbol(file, s);
      if (program.kind(symbol) !== 'Method') continue;
      const list = byName.get(program.name(symbol));
      if (list) list.push(symbol);
      else byName.set(program.name(symbol), [symbol]);
    }
  }
  return byName;
}

/** Names and members that are mentioned and not called: USES, and the getters and setters that run for them. */
function addMentions(edges: EdgeTable, ev: Evaluator, file: number): void {
  const { program } = ev;
  const { mentions, terms } = program.facts[file]!;
  for (let row = 0; row < mentions.length; row += MENTION.width) {
    const term = mentions[row + MENTION.term]!;
    const op = terms[term * TERM.width]!;
    const from = program.symbol(file, mentions[row + MENTION.from]!);
    const [line, column] = [mentions[row + MENTION.line]!, mentions[row + MENTION.column]!];
    const use = (to: number, tier: 'scope' | 'receiver') => {
      if (to < 0 || to === from || program.isBuiltIn(to) || program.localOf(to) === 0) return;
      edges.add({
        ...{ kind: 'USES', from, to, line, column, tier, confidence: tier === 'scope' ? 0.98 : 0.9 },
        reason: tier === 'scope' ? 'mentioned by name' : 'a member of the receiver’s type',
      });
    };
    if (op === OP.symbol) use(program.symbol(file, terms[term * TERM.width + TERM.a]!), 'scope');
    else if (op === OP.import || op === OP.global) {
      const value = ev.value(file, term);
      if (value?.t === 'class' || value?.t === 'function') use(value.symbol, 'scope');
    } else if (op === OP.member) {
      const object = ev.value(file, terms[term * TERM.width + TERM.a]!);
      const name = program.text(file, terms[term * TERM.width + TERM.b]!);
      const found = ev.members(object, name);
      const isWritten = (mentions[row + MENTION.flags]! & FLAG.written) !== 0;
      const accessor = found.find(
        (f) => (program.flags(f.symbol) & (isWritten ? FLAG.setter : FLAG.getter)) !== 0,
      );
      if (accessor && !program.isBuiltIn(accessor.symbol))
        edges.add({
          ...{ kind: 'CALLS', from, to: accessor.symbol, form: 'accessor', line, column },
          ...{ tier: 'receiver', confidence: 0.92, reason: 'the accessor of the receiver’s type' },
        });
      else if (found[0]) use(found[0].symbol, 'receiver');
      else if (object?.t === 'module') {
        const value = ev.memberValue(object, name);
        if (value?.t === 'class' || value?.t === 'function') use(value.symbol, 'scope');
      }
    }
  }
}
