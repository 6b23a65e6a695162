import { OP, SYMBOL } from '../../facts.ts';
import type { PythonVisitor, PythonWalk } from './walk.ts';

export const moduleVisitors: Record<string, PythonVisitor> = {
  import_statement: (w, n) => {
    for (const name of w.fieldsOf(n, 'name')) importModule(w, name);
    return -1;
  },
  import_from_statement: (w, n) => {
    const from = w.textOf(w.field(n, 'module_name')).replaceAll(/\s+/g, '');
    if (w.has(n, 'wildcard_import')) {
      w.facts.addImport({ from, imported: '*', local: '*', at: w.start(n) });
      w.starImports.push(from);
      w.facts.addExport({ name: '*', from, local: '*' });
      return -1;
    }
    for (const name of w.fieldsOf(n, 'name')) {
      const isAliased = w.is(name, 'aliased_import');
      const imported = w.textOf(isAliased ? w.field(name, 'name') : name);
      const localNode = isAliased ? w.field(name, 'alias') : name;
      const local = w.textOf(localNode);
      const index = w.facts.addImport({ from, imported, local, at: w.start(localNode) });
      // A module may import what it defines itself.
      const before = w.frame.kind === 'module' ? (w.frame.find(local) ?? -1) : -1;
      const own = w.facts.opOf(before) === OP.symbol ? before : -1;
      w.define(local, w.facts.union([own, w.facts.term(OP.import, index)]), w.target);
    }
    return -1;
  },
  future_import_statement: () => -1,
};

/** `import a.b.c` binds `a` and loads the rest; `import a.b.c as d` binds the last. */
function importModule(w: PythonWalk, name: number): void {
  if (w.is(name, 'aliased_import')) {
    const from = w.textOf(w.field(name, 'name'));
    const alias = w.field(name, 'alias');
    const local = w.textOf(alias);
    const index = w.facts.addImport({ from, imported: '*', local, at: w.start(alias) });
    w.define(local, w.facts.term(OP.import, index), w.target);
    return;
  }
  const from = w.textOf(name);
  const [first = ''] = from.split('.');
  if (first !== from) w.facts.addImport({ from, imported: '', local: '', at: w.start(name) });
  const index = w.facts.addImport({ from: first, imported: '*', local: first, at: w.start(name) });
  w.define(first, w.facts.term(OP.import, index), w.target);
}

/** `__all__ = ['a', 'b']`: what `from m import *` brings. */
export function listAll(w: PythonWalk, value: number): void {
  if (!w.is(value, 'list') && !w.is(value, 'tuple')) return;
  const names = w.parts(value).map((c) => w.stringOf(c));
  if (names.every((name) => name !== undefined)) w.allNames = names;
}

/** Says what the module's names mean when all of it has run: for functions, and for those that import them. */
export function closeModule(w: PythonWalk): void {
  const names = new Map<string, number>();
  for (const name of w.module.definitions.keys()) names.set(name, w.module.find(name) ?? -1);
  for (const [name, symbol] of w.moduleVariables) {
    const last = names.get(name) ?? -1;
    const own = w.facts.symbolTerm(symbol);
    if (last >= 0 && last !== own) w.facts.assignSymbol(symbol, last);
    names.set(name, own);
  }
  for (const [name, values] of w.laterValues) {
    const symbol = w.moduleVariables.get(name);
    if (symbol !== undefined) for (const value of values) w.facts.assignSymbol(symbol, value);
    else if (!names.has(name)) names.set(name, w.facts.union(values));
  }
  for (const { owner, name, value } of w.laterFields) {
    const field = w.memberOf(owner, name);
    if (field >= 0 && w.facts.symbolKind(field) === 'Field') w.facts.assignSymbol(field, value);
  }
  for (const [name, term] of names) {
    w.facts.bind(name, term >= 0 ? term : w.facts.unknown);
    if (term >= 0) w.facts.addExport({ name, term });
  }
  for (const name of w.allNames ?? []) w.facts.addExport({ name: '__all__', local: name });
  if (w.facts.symbolColumn(0, SYMBOL.doc) < 0) w.facts.setSymbol(0, SYMBOL.doc, w.facts.text(''));
}
