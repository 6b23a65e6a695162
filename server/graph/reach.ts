import { EDGE_TYPES, TIERS, type EdgeType } from '../protocol/graph.ts';
import type { Graph } from './graph.ts';

const NAME_TIER = TIERS.indexOf('name');
const code = (type: EdgeType) => EDGE_TYPES.indexOf(type);
const COVERS = code('COVERS');
const [CALLS, USES, OVERRIDES, INHERITS, IMPLEMENTS, HAS_METHOD, HAS_FIELD, CONTAINS] = (
  ['CALLS', 'USES', 'OVERRIDES', 'INHERITS', 'IMPLEMENTS', 'HAS_METHOD', 'HAS_FIELD', 'CONTAINS'] as const
).map(code) as [number, number, number, number, number, number, number, number];

/** One symbol that was reached, by which edge, and how many steps away. */
export interface Reached {
  symbol: number;
  /** Number of the edge; its other end is what was reached before. */
  edge: number;
  distance: number;
  /** True where the edge was taken through an override: a call of the base may run the implementation. */
  widened: boolean;
}

/** What a person means by a symbol: with a class come its members, its constructors among them. */
export function meantBy(graph: Graph, symbol: number): number[] {
  const { kind, to } = graph.packed;
  const kindOfSymbol = graph.symbols.kind(symbol);
  if (kindOfSymbol !== 'Class' && kindOfSymbol !== 'Interface' && kindOfSymbol !== 'Enum') return [symbol];
  const members = [...graph.outEdges(symbol)].filter((e) =>
    [HAS_METHOD, HAS_FIELD, CONTAINS].includes(kind[e]!),
  );
  return [symbol, ...members.map((e) => to[e]!)];
}

/**
 * Who may break when a symbol changes: callers and users, subclasses and overriding methods, and who calls a
 * method that it overrides; nearest first, each once. Candidates by name alone end the way: they are reached, and
 * nothing is reached through them.
 *
 * @param depth most steps, at least 1.
 */
export function impactOf(graph: Graph, symbol: number, depth: number): Reached[] {
  const { kind, from, to, tier } = graph.packed;
  const start = meantBy(graph, symbol);
  const seen = new Set(start);
  const reached: Reached[] = [];
  let ring = start;
  for (let distance = 1; distance <= depth && ring.length > 0; distance++) {
    const next: number[] = [];
    const take = (at: number, edge: number, widened: boolean) => {
      if (seen.has(at)) return;
      seen.add(at);
      reached.push({ symbol: at, edge, distance, widened });
      if (tier[edge] !== NAME_TIER) next.push(at);
    };
    for (const at of ring) {
      for (const e of graph.inEdges(at))
        if ([CALLS, USES, OVERRIDES, INHERITS, IMPLEMENTS].includes(kind[e]!)) take(from[e]!, e, false);
      for (const base of overridden(graph, at))
        for (const e of graph.inEdges(base)) if (kind[e] === CALLS) take(from[e]!, e, true);
    }
    ring = next;
  }
  return reached;

  function overridden(g: Graph, method: number): number[] {
    return [...g.outEdges(method)].filter((e) => kind[e] === OVERRIDES).map((e) => to[e]!);
  }
}

/** What a symbol calls, and the implementations that may run where it calls a base or interface. */
export function calleesOf(graph: Graph, symbol: number): Reached[] {
  const { kind, from, to } = graph.packed;
  const start = graph.symbols.kind(symbol) === 'Class' ? meantBy(graph, symbol) : [symbol];
  const seen = new Set<number>();
  const reached: Reached[] = [];
  const take = (at: number, edge: number, widened: boolean) => {
    if (seen.has(at)) return;
    seen.add(at);
    reached.push({ symbol: at, edge, distance: widened ? 2 : 1, widened });
  };
  for (const at of start) for (const e of graph.outEdges(at)) if (kind[e] === CALLS) take(to[e]!, e, false);
  for (const { symbol: called, edge } of [...reached])
    for (const e of graph.inEdges(called)) if (kind[e] === OVERRIDES) take(from[e]!, edge, true);
  return reached;
}

/** A test that reaches symbols, and how. */
export interface ReachingTest {
  test: number;
  /** Calls between the test and what it reaches. */
  distance: number;
  /** Product of the confidences on the way; 0 to 1. */
  confidence: number;
}

/** A test that was seen to execute symbols. */
export interface CoveringTest {
  test: number;
  /** How many of the symbols that were asked about it executed. */
  covered: number;
  /** How many symbols it executed in all. */
  executed: number;
}

/** Tests that executed symbols in a run on the contents that are there now. */
export function testsCovering(graph: Graph, symbols: readonly number[]): CoveringTest[] {
  const { kind, from } = graph.packed;
  const covered = new Map<number, number>();
  for (const symbol of symbols)
    for (const e of graph.inEdges(symbol))
      if (kind[e] === COVERS) covered.set(from[e]!, (covered.get(from[e]!) ?? 0) + 1);
  return [...covered].map(([test, count]) => ({
    test,
    covered: count,
    executed: graph.outEdges(test).filter((e) => kind[e] === COVERS).length,
  }));
}

/** A look for tests ends here: what so many symbols reach says little about any of them. */
const MOST_REACHED = 20_000;

/**
 * Tests that reach symbols through calls, nearest first, at most `hops` calls away. A call of a method counts for
 * those that override it. Static: a test that runs may reach more, or less.
 */
export function testsReaching(graph: Graph, symbols: readonly number[], hops: number): ReachingTest[] {
  const { kind, from, to, tier, confidence } = graph.packed;
  const sureness = new Map(symbols.map((s) => [s, 1]));
  const tests: ReachingTest[] = symbols
    .filter((s) => graph.symbols.kind(s) === 'Test')
    .map((test) => ({ test, distance: 0, confidence: 1 }));
  let ring = [...symbols];
  for (let distance = 1; distance <= hops && ring.length > 0 && sureness.size < MOST_REACHED; distance++) {
    const next: number[] = [];
    const take = (at: number, sure: number) => {
      if (sureness.has(at)) return;
      sureness.set(at, sure);
      if (graph.symbols.kind(at) === 'Test') tests.push({ test: at, distance, confidence: sure });
      else next.push(at);
    };
    for (const at of ring) {
      const sure = sureness.get(at)!;
      for (const e of graph.inEdges(at))
        if ((kind[e] === CALLS && tier[e] !== NAME_TIER) || kind[e] === USES)
          take(from[e]!, sure * (confidence[e]! / 100));
      for (const e of graph.outEdges(at)) if (kind[e] === OVERRIDES) take(to[e]!, sure * 0.8);
    }
    ring = next;
  }
  return tests;
}
