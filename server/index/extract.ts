import type { Parser, Query, QueryMatch } from 'web-tree-sitter';
import type { CallForm } from '../protocol/graph.ts';
import type { ExportFact, FileFacts, ImportFact } from './facts.ts';
import type { Found } from './found.ts';
import { readAssignedExport, readRequire, stringOf } from './languages/ecmascript/statements.ts';
import type { Language } from './languages/language.ts';
import { pathOf, typePath } from './name-path.ts';
import { ScopeTree } from './scopes.ts';
import { collectSymbols } from './symbols.ts';

const CALL_CAPTURES: readonly [string, CallForm][] = [
  ['call', 'call'],
  ['new', 'new'],
  ['jsx', 'jsx'],
  ['tag', 'tag'],
  ['decorator', 'decorator'],
];

/**
 * Text → facts. Never throws on bad source: what parses around an error is kept. Names are looked up in the
 * file's own scopes here; what lies beyond the file is left to the linker.
 */
export function extractFacts(
  file: string,
  text: string,
  language: Language,
  { parser, query }: { parser: Parser; query: Query },
): FileFacts {
  const tree = parser.parse(text);
  if (!tree) throw new Error(`the parser gave no tree for ${file}`);
  try {
    const found = query.matches(tree.rootNode).map(byName);
    const imports = found.flatMap((f) => importsIn(f, language));
    const exports = found.flatMap((f) => exportsIn(f, language));
    const collected = collectSymbols(file, tree.rootNode, found, language, exports);
    const scopes = new ScopeTree(tree.rootNode, found, collected, imports, language);

    const facts: FileFacts = {
      language: language.name,
      lines: text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
      symbols: collected.symbols,
      imports,
      exports,
      heritage: [],
      calls: [],
      hasSyntaxErrors: tree.rootNode.hasError,
    };
    for (const f of found) {
      addHeritage(facts, f, scopes);
      addCall(facts, f, scopes);
    }
    scopes.typeSymbols(found);
    return facts;
  } finally {
    tree.delete();
  }
}

function byName(match: QueryMatch): Found {
  return new Map(match.captures.map(({ name, node }) => [name, node]));
}

function importsIn(found: Found, language: Language): ImportFact[] {
  const statement = found.get('import');
  if (statement) return language.readImport(statement);
  const [name, from] = [found.get('required'), stringOf(found.get('specifier') ?? null)];
  if (name && from !== undefined && found.get('function')?.text === 'require') return readRequire(name, from);
  return [];
}

function exportsIn(found: Found, language: Language): ExportFact[] {
  const statement = found.get('export');
  if (statement) return language.readExport(statement);
  const [assigned, value] = [found.get('assigned'), found.get('value')];
  return assigned && value ? readAssignedExport(assigned.text, value) : [];
}

function addHeritage(facts: FileFacts, found: Found, scopes: ScopeTree): void {
  for (const [capture, relation] of [
    ['inherits', 'INHERITS'],
    ['implements', 'IMPLEMENTS'],
  ] as const) {
    const node = found.get(capture);
    const path = node && typePath(node.text);
    if (!node || !path) continue;
    const symbol = scopes.symbolAround(node);
    const { row: line, column } = node.startPosition;
    facts.heritage.push({ symbol, relation, base: scopes.resolve(path, node), line, column });
  }
}

function addCall(facts: FileFacts, found: Found, scopes: ScopeTree): void {
  const callee = found.get('callee');
  const form = CALL_CAPTURES.find(([capture]) => found.has(capture))?.[1];
  if (!callee || !form) return;
  // A lower-case JSX tag is an element of the page, not a component.
  if (form === 'jsx' && /^[a-z][\w-]*$/.test(callee.text)) return;
  const path = pathOf(callee.text);
  const reference = scopes.resolve(path, callee);
  const isSuper = path[0] === 'super' && path.length === 1;
  // Python's bare `super()` only makes the proxy; the call is the method after it.
  if (isSuper && callee.type !== 'super') return;
  const decorator = found.get('decorator');
  const at = callee.descendantForIndex(callee.endIndex - 1) ?? callee;
  facts.calls.push({
    from: decorator ? scopes.symbolAroundDecorated(decorator) : scopes.symbolAround(callee),
    form: isSuper ? 'super' : form,
    callee: reference,
    line: at.startPosition.row,
    column: at.startPosition.column,
  });
}
