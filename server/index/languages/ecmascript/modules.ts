import { FLAG, OP } from '../../facts.ts';
import { assign, declareFunction } from './patterns.ts';
import type { EcmascriptVisitor, EcmascriptWalk } from './walk.ts';

function textOfString(w: EcmascriptWalk, node: number): string | undefined {
  return w.is(node, 'string') ? w.textOf(node).slice(1, -1) : undefined;
}

function bindImport(
  w: EcmascriptWalk,
  from: string,
  imported: string,
  nameNode: number,
  flags: number,
): void {
  const local = w.textOf(nameNode);
  const index = w.facts.addImport({ from, imported, local, at: w.start(nameNode), flags });
  w.facts.bind(local, w.facts.term(OP.import, index), 'module');
}

/** Imports and exports of ES modules; type-only imports count as any other. */
export const moduleVisitors: Record<string, EcmascriptVisitor> = {
  import_statement: (w, n) => {
    const flags = w.has(n, 'type') ? FLAG.typeOnly : 0;
    const required = w.childOf(n, 'import_require_clause');
    if (required >= 0) {
      const [name = -1] = w.children(required);
      bindImport(w, textOfString(w, w.field(required, 'source')) ?? '', '*', name, flags);
      return -1;
    }
    const from = textOfString(w, w.field(n, 'source'));
    if (from === undefined) return -1;
    const clause = w.childOf(n, 'import_clause');
    if (clause < 0) w.facts.addImport({ from, imported: '', local: '', at: w.start(n) });
    for (const part of w.children(clause)) {
      if (w.is(part, 'identifier')) bindImport(w, from, 'default', part, flags);
      else if (w.is(part, 'namespace_import')) bindImport(w, from, '*', w.firstChild(part), flags);
      else if (w.is(part, 'named_imports'))
        for (const specifier of w.children(part)) {
          const name = w.field(specifier, 'name');
          const alias = w.field(specifier, 'alias');
          if (name >= 0) bindImport(w, from, nameOf(w, name), alias >= 0 ? alias : name, flags);
        }
    }
    return -1;
  },
  // `import f = ns.f`
  import_alias: (w, n) => {
    const [name = -1, value = -1] = w.children(n);
    const term = w.type(value);
    if (term < 0) return -1;
    w.facts.bind(w.textOf(name), term);
    w.facts.bindType(w.textOf(name), term);
    return -1;
  },
  export_statement: exportStatement,
};

const nameOf = (w: EcmascriptWalk, node: number) => textOfString(w, node) ?? w.textOf(node);

function exportStatement(w: EcmascriptWalk, n: number): number {
  const from = textOfString(w, w.field(n, 'source'));
  const clause = w.childOf(n, 'export_clause');
  if (clause >= 0) {
    for (const specifier of w.children(clause)) {
      const nameNode = w.field(specifier, 'name');
      if (nameNode < 0) continue;
      const local = nameOf(w, nameNode);
      const alias = w.field(specifier, 'alias');
      const name = alias >= 0 ? nameOf(w, alias) : local;
      if (from !== undefined) w.facts.addExport({ name, from, local });
      else exportName(w, name, local);
    }
    return -1;
  }
  if (from !== undefined) {
    const namespace = w.childOf(n, 'namespace_export');
    const name = namespace >= 0 ? nameOf(w, w.firstChild(namespace)) : '*';
    w.facts.addExport({ name, from, local: '*' });
    return -1;
  }
  const isDefault = w.has(n, 'default');
  const declaration = w.field(n, 'declaration');
  if (declaration >= 0) {
    const outer = w.exporting;
    w.exporting = isDefault ? 'default' : 'named';
    for (const c of w.children(n)) if (w.is(c, 'decorator')) w.visit(c);
    w.visit(declaration);
    w.exporting = outer;
    return -1;
  }
  const value = w.field(n, 'value');
  if (value >= 0) {
    const outer = w.exporting;
    w.exporting = 'default';
    const term = w.visit(value);
    w.exporting = outer;
    if (term >= 0) w.facts.addExport({ name: 'default', term });
    if (w.is(value, 'identifier'))
      w.facts.addExport({ name: 'default', term: w.facts.typeName(w.textOf(value)) });
    return -1;
  }
  // `export = x`, `export as namespace X`
  for (const c of w.children(n)) {
    const term = w.visit(c);
    if (term >= 0) w.facts.addExport({ name: 'default', term });
    if (w.is(c, 'identifier')) w.facts.addExport({ name: 'default', term: w.facts.typeName(w.textOf(c)) });
  }
  return -1;
}

/** A name may be a value and a type at once. */
function exportName(w: EcmascriptWalk, name: string, local: string): void {
  w.facts.addExport({ name, term: w.facts.name(local) });
  w.facts.addExport({ name, term: w.facts.typeName(local) });
}

/** `require('x')` and `import('x')`: the module; -1 where the specifier is computed or the call is another. */
export function requiredModule(w: EcmascriptWalk, fn: number, args: number): number {
  const isImport = w.is(fn, 'import');
  if (!isImport && w.textOf(fn) !== 'require') return -1;
  const [only = -1] = w.children(args);
  const from = textOfString(w, only);
  if (from === undefined) return -1;
  const index = w.facts.addImport({ from, imported: '*', local: '', at: w.start(fn) });
  return w.facts.term(OP.import, index);
}

/** CommonJS: `module.exports = …`, `module.exports.a = …`, `exports.a = …`. True where it was one. */
export function exportAssigned(w: EcmascriptWalk, left: number, right: number): boolean {
  if (!w.is(left, 'member_expression')) return false;
  const text = w.end(left) - w.start(left) < 200 ? w.textOf(left) : '';
  if (!text.startsWith('exports.') && !text.startsWith('module.exports')) return false;
  if (text === 'module.exports') {
    const own = w.is(right, 'identifier') ? '' : w.textOf(w.field(right, 'name'));
    const named = { name: own === '' ? 'default' : own, property: left, owner: -1 };
    const term = w.isFunction(right) ? declareFunction(w, left, right, named) : w.visit(right);
    if (term < 0) return true;
    w.facts.addExport({ name: 'default', term });
    for (const [name, value] of w.facts.objectPairs(term)) w.facts.addExport({ name, term: value });
    return true;
  }
  const [, name] = /^(?:module\.)?exports\.([\w$]+)$/.exec(text) ?? [];
  if (name === undefined) return false;
  const term = w.isFunction(right) ? assign(w, left, right) : w.visit(right);
  if (term >= 0) w.facts.addExport({ name, term });
  return true;
}
