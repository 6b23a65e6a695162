import type { QueryMatch } from 'web-tree-sitter';
import type { SymbolKind } from '../../protocol/graph.ts';

/** Kinds of symbols by the end of a capture's name, `@definition.…`. */
const KINDS: Readonly<Record<string, SymbolKind>> = {
  ...{ class: 'Class', interface: 'Interface', enum: 'Enum', type: 'TypeAlias', module: 'Module' },
  ...{ function: 'Function', macro: 'Function', method: 'Method', test: 'Test' },
  ...{ field: 'Field', constant: 'Variable', variable: 'Variable' },
};

/** UTF-16 indices. */
export interface Span {
  start: number;
  end: number;
}

export interface Definition extends Span {
  kind: SymbolKind;
  /** Its pattern's place in the query. */
  pattern: number;
  nameStart: number;
  /** As written: with what it is qualified by. */
  name: string;
  /** Where its body begins; -1 where the query does not say. */
  body: number;
  /** Seen in its own file alone. */
  isLocal: boolean;
  /** A signature without a body. */
  isAbstract: boolean;
}

export interface Reference {
  /** `base` is a class that another inherits from, `bare` a word that is a call unless it is a local. */
  kind: 'call' | 'new' | 'base' | 'bare';
  at: number;
  name: string;
  /** What a member is taken from, as written; undefined for a bare name. */
  receiver: string | undefined;
}

export interface Import {
  at: number;
  /** A path of a file, or a qualified name. */
  from: string;
  isPath: boolean;
}

export interface Captures {
  definitions: Definition[];
  references: Reference[];
  imports: Import[];
  comments: Span[];
  /** Names of local variables, where they are bound. */
  locals: { at: number; name: string }[];
  /** What the file says that all of it belongs to. */
  package: string;
}

/**
 * What a query's matches say. Captures of its vocabulary:
 *
 * - `@definition.KIND` with `@name`; `@body` where a signature ends before it; `@private` marks what other files do not
 *   see, `@abstract` what has no body, and `@suite` what a test's name begins with
 * - `@reference.call`, `@reference.new`, `@reference.base` with `@name`; `@receiver` where it is called on something,
 *   `@scope` where that must be a class or namespace
 * - `@reference.bare`, a word that is a call where no `@local.definition` in the function around binds it
 * - `@import` with `@path` (of a file) or `@name` (qualified, `@prefix` before it)
 * - `@package` around nothing: its name is `@name`
 * - `@doc`, a comment
 */
export function readCaptures(text: string, matches: readonly QueryMatch[]): Captures {
  const found: Captures = {
    definitions: [],
    references: [],
    imports: [],
    comments: [],
    locals: [],
    package: '',
  };
  for (const match of matches) readMatch(found, text, match);
  return found;
}

function readMatch(found: Captures, text: string, { captures, patternIndex }: QueryMatch): void {
  let what = '';
  let whole: Span = { start: 0, end: 0 };
  const parts: Partial<Record<string, Span>> = {};
  for (const { name, node } of captures) {
    const span = { start: node.startIndex, end: node.endIndex };
    if (name.includes('.') || name === 'import' || name === 'package' || name === 'doc')
      [what, whole] = [name, span];
    else parts[name] ??= span;
  }
  const { name, path } = parts;
  const written = (span: Span | undefined) => (span ? text.slice(span.start, span.end) : undefined);
  if (what === 'doc') found.comments.push(whole);
  else if (what === 'package') found.package = written(name) ?? '';
  else if (what === 'local.definition') found.locals.push({ at: whole.start, name: written(whole)! });
  else if (what === 'import' && (path || name))
    found.imports.push({
      at: whole.start,
      from: parts.prefix ? `${written(parts.prefix)!}.${written(name)!}` : written(path ?? name)!,
      isPath: path !== undefined,
    });
  else if (!name || name.end === name.start) return;
  else if (what.startsWith('definition.')) {
    const kind = KINDS[what.slice('definition.'.length)];
    const suite = written(parts.suite);
    if (!kind) return;
    found.definitions.push({
      ...{ kind, ...whole, pattern: patternIndex, nameStart: name.start },
      name: suite === undefined ? written(name)! : `${suite}.${written(name)!}`,
      body: parts.body?.start ?? -1,
      isLocal: parts.private !== undefined,
      isAbstract: parts.abstract !== undefined,
    });
  } else if (what.startsWith('reference.')) {
    const kind = what.slice('reference.'.length) as Reference['kind'];
    const scope = written(parts.scope);
    const receiver = scope === undefined ? written(parts.receiver) : `${scope}::`;
    found.references.push({ kind, at: name.start, name: written(name)!, receiver });
  }
}
