import { FLAG, type FileFacts } from '../index/facts.ts';
import { addCalls, type LinkedCalls } from './call-edges.ts';
import { addDeclarations } from './declaration-edges.ts';
import { EdgeTable, type PackedEdges } from './edges.ts';
import { Evaluator } from './evaluator.ts';
import { addMentions } from './mention-edges.ts';
import { packSymbols } from './pack-symbols.ts';
import { Program } from './program.ts';
import type { LanguageRules } from './evaluation.ts';
import { finish, type Steps } from './steps.ts';
import type { SymbolTable } from './symbol-table.ts';
import { MethodNames, type PackedSites } from './unresolved.ts';

export interface Linked {
  readonly symbols: SymbolTable;
  readonly edges: PackedEdges;
  readonly unresolved: PackedSites;
}

/** Links facts to edges. A site that cannot be resolved stays a site: a wrong edge is worse than a missing one. */
export function link(
  facts: ReadonlyMap<string, FileFacts>,
  builtIns: ReadonlyMap<string, FileFacts>,
  rulesOf: (language: string) => LanguageRules,
): Linked {
  const program = new Program(facts, builtIns);
  const { symbols, edges, unresolved } = finish(
    linkProgram(startEvaluation(program, rulesOf), new MethodNames(program)),
  );
  return { symbols, edges, unresolved };
}

/** An evaluator that knows what stands outside classes and what its languages prepare. */
export function startEvaluation(program: Program, rulesOf: (language: string) => LanguageRules): Evaluator {
  const ev = new Evaluator(program, rulesOf);
  program.forgetExtensions();
  attachMembers(ev);
  for (const rules of ev.allRules()) rules.prepare?.(ev);
  return ev;
}

/** The edges of all files. */
export function* linkProgram(
  ev: Evaluator,
  methods: MethodNames,
  edges: EdgeTable = new EdgeTable(),
): Steps<Linked & LinkedCalls> {
  const { program } = ev;
  const files = program.workspaceFiles();
  const { unresolved, flows, rounds } = yield* linkFiles(edges, ev, methods, files);
  return { symbols: packSymbols(program), edges: edges.finish(), unresolved, flows, rounds };
}

/** Adds the edges that some files make. */
function* linkFiles(
  edges: EdgeTable,
  ev: Evaluator,
  methods: MethodNames,
  files: readonly number[],
): Steps<LinkedCalls> {
  for (const file of files) {
    yield;
    addDeclarations(edges, ev, file);
  }
  const calls = yield* addCalls(edges, ev, methods, files);
  for (const file of files) {
    yield;
    addMentions(edges, ev, file);
  }
  ev.program.reads?.at(-1);
  return calls;
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
