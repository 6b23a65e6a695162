import type { CallFact, FileFacts, Reference } from '../index/facts.ts';
import type { CallForm, Edge, EdgeType, Tier, UnresolvedSite } from '../protocol/graph.ts';
import { builtInNames } from './built-in-names.ts';
import type { ModuleResolver } from './module-resolution.ts';
import { Program, same, type Located } from './program.ts';
import { symbolIds } from './symbol-ids.ts';

export interface Linked {
  /** Symbol ids by file, in the order of the file's facts. */
  ids: ReadonlyMap<string, readonly string[]>;
  edges: Edge[];
  /** Call sites whose target could be in the workspace and was not found, by the called name. */
  unresolved: ReadonlyMap<string, UnresolvedSite[]>;
}

/** Links facts to edges. A site that cannot be resolved stays a site: a wrong edge is worse than a missing one. */
export function link(
  facts: ReadonlyMap<string, FileFacts>,
  resolvers: Record<string, ModuleResolver>,
): Linked {
  const program = new Program(facts, resolvers);
  const ids = symbolIds(facts);
  const idOf = ({ file, symbol }: Located) => ids.get(file)?.[symbol];
  const edges = new EdgeList();
  const unresolved = new Map<string, UnresolvedSite[]>();
  const byName = methodsByName(facts);

  for (const [file, own] of facts) {
    const from = (symbol: number) => ids.get(file)?.[symbol] ?? '';
    addContainment(edges, own, from);
    for (const fact of own.imports) {
      const target = program.moduleOf(file, fact.from);
      const id = target && idOf(target);
      if (id !== undefined)
        edges.add('IMPORTS', from(0), id, { line: fact.line, column: 0 }, 'scope', 1, 'the module it names');
    }
    for (const { symbol, relation, base, line, column } of own.heritage) {
      const target = program.resolve(file, base)?.target;
      const id = target && idOf(target);
      if (target && id !== undefined && !same(target, { file, symbol }))
        edges.add(relation, from(symbol), id, { line, column }, 'scope', 1, 'named in the class head');
    }
    addOverrides(edges, program, file, own, from, idOf);
    for (const call of own.calls) {
      const answer = calleeOf(program, file, call, byName);
      const id = answer && idOf(answer.target);
      if (answer && id !== undefined)
        edges.add(
          'CALLS',
          from(call.from),
          id,
          call,
          answer.tier,
          answer.confidence,
          answer.reason,
          call.form,
        );
      else noteUnresolved(unresolved, file, call);
    }
  }
  return { ids, edges: edges.all(), unresolved };
}

interface Answer {
  target: Located;
  tier: Tier;
  confidence: number;
  reason: string;
}

function calleeOf(
  program: Program,
  file: string,
  call: CallFact,
  byName: ReadonlyMap<string, Located[]>,
): Answer | undefined {
  const found = program.resolve(file, call.callee);
  if (found) {
    const target = constructed(program, found.target);
    const kind = program.fact(target)?.kind;
    // A parameter, field or plain variable that holds a function is not the function.
    if (kind === 'Field' || kind === 'Variable' || kind === 'Module') return undefined;
    return found.byType
      ? { target, tier: 'receiver', confidence: 0.9, reason: 'the receiver has this type' }
      : { target, tier: 'scope', confidence: 0.98, reason: reasonOf(call.callee) };
  }
  const name = call.callee.members.at(-1);
  if (name === undefined || builtInNames.has(name) || call.callee.root.at === 'global') return undefined;
  if (call.callee.root.at === 'import') return undefined;
  const [only, ...others] = byName.get(name) ?? [];
  if (!only || others.length > 0) return undefined;
  if (program.facts.get(only.file)?.language !== program.facts.get(file)?.language) return undefined;
  return { target: only, tier: 'name', confidence: 0.4, reason: 'the only method of this name' };
}

/** A class that is called means its constructor where it declares one. */
function constructed(program: Program, target: Located): Located {
  const fact = program.fact(target);
  if (fact?.kind !== 'Class') return target;
  const name = program.facts.get(target.file)?.language === 'python' ? '__init__' : 'constructor';
  const declared = program.member(target, name);
  return declared ?? target;
}

function reasonOf({ root }: Reference): string {
  if (root.at === 'import') return 'imported by this name';
  if (root.at === 'this') return 'a member of this class';
  if (root.at === 'super') return 'a member of the base class';
  return 'in scope by this name';
}

function addContainment(edges: EdgeList, facts: FileFacts, from: (symbol: number) => string): void {
  facts.symbols.forEach((symbol, i) => {
    if (symbol.parent < 0) return;
    const parent = facts.symbols[symbol.parent];
    const inClass = parent?.kind === 'Class' || parent?.kind === 'Interface';
    const type: EdgeType = !inClass
      ? 'CONTAINS'
      : symbol.kind === 'Field'
        ? 'HAS_FIELD'
        : symbol.kind === 'Method'
          ? 'HAS_METHOD'
          : 'CONTAINS';
    edges.add(
      type,
      from(symbol.parent),
      from(i),
      { line: symbol.startLine, column: 0 },
      'scope',
      1,
      'declared inside',
    );
  });
}

function addOverrides(
  edges: EdgeList,
  program: Program,
  file: string,
  facts: FileFacts,
  from: (symbol: number) => string,
  idOf: (located: Located) => string | undefined,
): void {
  facts.symbols.forEach((method, i) => {
    if (method.kind !== 'Method' || method.name === 'constructor' || method.name === '__init__') return;
    for (const base of program.basesOf({ file, symbol: method.parent })) {
      const target = program.member(base, method.name);
      const id = target && idOf(target);
      if (id !== undefined && id !== from(i))
        edges.add(
          'OVERRIDES',
          from(i),
          id,
          { line: method.startLine, column: 0 },
          'scope',
          0.98,
          'same name in a base',
        );
    }
  });
}

function methodsByName(facts: ReadonlyMap<string, FileFacts>): Map<string, Located[]> {
  const byName = new Map<string, Located[]>();
  for (const [file, { symbols }] of facts) {
    symbols.forEach((symbol, i) => {
      if (symbol.kind !== 'Method') return;
      byName.set(symbol.name, [...(byName.get(symbol.name) ?? []), { file, symbol: i }]);
    });
  }
  return byName;
}

function noteUnresolved(unresolved: Map<string, UnresolvedSite[]>, file: string, call: CallFact): void {
  const { root, members } = call.callee;
  const name = members.at(-1) ?? ('name' in root ? root.name : undefined);
  if (name === undefined || root.at === 'import') return;
  const sites = unresolved.get(name) ?? [];
  sites.push({ file, line: call.line, column: call.column, name });
  unresolved.set(name, sites);
}

/** Edges by (type, from, form, to), each with all its sites. */
class EdgeList {
  readonly #edges = new Map<string, Edge>();

  add(
    kind: EdgeType,
    from: string,
    to: string,
    { line, column }: { line: number; column: number },
    tier: Tier,
    confidence: number,
    reason: string,
    form?: CallForm,
  ): void {
    const key = `${kind}\0${from}\0${form ?? ''}\0${to}`;
    const edge = this.#edges.get(key);
    if (edge) {
      edge.sites.push({ line, column });
      if (confidence > edge.confidence) Object.assign(edge, { tier, confidence, reason });
      return;
    }
    this.#edges.set(key, {
      kind,
      from,
      to,
      ...(form ? { form } : {}),
      sites: [{ line, column }],
      tier,
      confidence,
      reason,
    });
  }

  all(): Edge[] {
    return [...this.#edges.values()];
  }
}
