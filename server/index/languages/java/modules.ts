import { FLAG, OP } from '../../facts.ts';
import type { JavaVisitor } from './walk.ts';

/** The package a file belongs to and what it imports. */
export const moduleVisitors: Record<string, JavaVisitor> = {
  package_declaration: (w, n) => {
    const name = w.children(n).find((c) => w.is(c, 'identifier') || w.is(c, 'scoped_identifier')) ?? -1;
    w.facts.package = plainName(w.textOf(name));
    return -1;
  },
  import_declaration: (w, n) => {
    const nameNode = w.children(n).find((c) => w.is(c, 'identifier') || w.is(c, 'scoped_identifier')) ?? -1;
    if (nameNode < 0) return -1;
    const isStatic = w.has(n, 'static');
    const flags = isStatic ? FLAG.static : 0;
    const name = plainName(w.textOf(nameNode));
    const at = w.start(nameNode);
    if (w.has(n, 'asterisk')) {
      w.facts.addImport({ from: name, imported: '*', local: '', at, flags });
      return -1;
    }
    const simple = name.slice(name.lastIndexOf('.') + 1);
    const from = isStatic ? name.slice(0, Math.max(0, name.length - simple.length - 1)) : name;
    const index = w.facts.addImport({ from, imported: simple, local: simple, at, flags });
    // A static import may bring a field, a nested type and methods at once; the methods are looked up by their name.
    w.facts.bindType(simple, w.facts.term(OP.import, index));
    return -1;
  },
  module_declaration: () => -1,
};

/** A dotted name, without the spaces and comments that may stand in it. */
function plainName(text: string): string {
  return /[\s/]/.test(text) ? text.replaceAll(/\/\*[^]*?\*\/|\/\/.*|\s/g, '') : text;
}
