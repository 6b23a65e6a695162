import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Parser, Query } from 'web-tree-sitter';
import { makeParser, makeQuery, type GrammarName } from '../index/grammar.ts';
import { discover } from '../workspace/discover.ts';

/**
 * `node limit.ts CHECKOUT`: what no index written this way can go below. As many workers as Weft's parse each file and run a
 * dozen patterns over it, through the parser's public interface, and hand over where the captures are; nothing else is
 * done with them.
 */
const IN_BATCH = 24;

const ECMASCRIPT = `
  (function_declaration name: (identifier) @d) (class_declaration name: (_) @d)
  (method_definition name: (_) @d) (variable_declarator name: (identifier) @d)
  (arrow_function) @d (import_statement source: (_) @i) (export_statement) @e
  (call_expression function: (_) @c) (new_expression constructor: (_) @c)
  (member_expression property: (_) @m) (class_heritage) @h`;
const TYPESCRIPT = `${ECMASCRIPT} (interface_declaration name: (_) @d) (type_alias_declaration name: (_) @d)`;
const PATTERNS: Partial<Record<GrammarName, string>> = {
  java: `
    (class_declaration name: (_) @d) (interface_declaration name: (_) @d) (enum_declaration name: (_) @d)
    (record_declaration name: (_) @d) (method_declaration name: (_) @d) (constructor_declaration name: (_) @d)
    (field_declaration declarator: (variable_declarator name: (_) @d)) (import_declaration) @i
    (method_invocation name: (_) @c) (object_creation_expression type: (_) @c)
    (superclass (_) @h) (super_interfaces (_) @h)`,
  python: `
    (function_definition name: (_) @d) (class_definition name: (_) @d) (assignment left: (identifier) @d)
    (parameters) @p (import_statement) @i (import_from_statement) @i (call function: (identifier) @c)
    (call function: (attribute attribute: (_) @c)) (attribute attribute: (_) @m) (decorator) @t
    (class_definition superclasses: (_) @h) (return_statement) @r`,
  typescript: TYPESCRIPT,
  tsx: TYPESCRIPT,
  javascript: ECMASCRIPT,
  go: `
    (function_declaration name: (_) @d) (method_declaration name: (_) @d) (type_spec name: (_) @d)
    (field_declaration name: (_) @d) (const_spec name: (_) @d) (var_spec name: (_) @d) (import_spec) @i
    (short_var_declaration left: (_) @d) (call_expression function: (identifier) @c)
    (call_expression function: (selector_expression field: (_) @c)) (composite_literal type: (_) @c)
    (selector_expression field: (_) @m)`,
  rust: `
    (function_item name: (_) @d) (struct_item name: (_) @d) (enum_item name: (_) @d) (trait_item name: (_) @d)
    (impl_item type: (_) @d) (field_declaration name: (_) @d) (let_declaration pattern: (_) @d)
    (use_declaration) @i (call_expression function: (identifier) @c) (macro_invocation macro: (_) @c)
    (call_expression function: (field_expression field: (_) @c)) (field_expression field: (_) @m)`,
};
const GRAMMARS: Record<string, GrammarName> = {
  ...{ java: 'java', py: 'python', pyi: 'python', go: 'go', rs: 'rust' },
  ...{ ts: 'typescript', mts: 'typescript', cts: 'typescript', tsx: 'tsx' },
  ...{ js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascript' },
};

const grammarOf = (file: string) => GRAMMARS[path.extname(file).slice(1).toLowerCase()];

if (isMainThread) await parseAll(process.argv[2] ?? '.');
else startWorker();

async function parseAll(root: string): Promise<void> {
  const { files } = discover(root, (file) => grammarOf(file) !== undefined);
  const names = files.map(({ file }) => file);
  let next = 0;
  let [lines, captures] = [0, 0];
  const run = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { root } });
      const ask = () => {
        const batch = names.slice(next, (next += IN_BATCH));
        if (batch.length > 0) worker.postMessage(batch);
        else void worker.terminate().then(() => resolve(), reject);
      };
      worker.on('error', reject);
      worker.on('message', ({ lines: read, places }: { lines: number; places: Int32Array }) => {
        lines += read;
        captures += places.length / 2;
        ask();
      });
      ask();
    });
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, run));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  console.log(JSON.stringify({ files: names.length, bytes, lines, captures }));
}

function startWorker(): void {
  const { root } = workerData as { root: string };
  const made = new Map<GrammarName, Promise<[Parser, Query]>>();
  const make = async (name: GrammarName): Promise<[Parser, Query]> => [
    await makeParser(name),
    await makeQuery(name, PATTERNS[name] ?? ''),
  ];
  const toolsFor = (name: GrammarName) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
  const answer = async (files: readonly string[]) => {
    const places: number[] = [];
    let lines = 0;
    for (const file of files) {
      const [parser, query] = await toolsFor(grammarOf(file)!);
      const text = readFileSync(path.join(root, file), 'utf8');
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
      const tree = parser.parse(text);
      if (!tree) continue;
      for (const { node } of query.captures(tree.rootNode)) places.push(node.startIndex, node.endIndex);
      tree.delete();
    }
    parentPort?.postMessage({ lines, places: Int32Array.from(places) });
  };
  parentPort?.on('message', (files: readonly string[]) => void answer(files));
}
