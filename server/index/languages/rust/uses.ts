import { OP } from '../../facts.ts';
import type { RustWalk } from './walk.ts';

/** `mod name;`: a module in a file of its own. */
export function addFileModule(w: RustWalk, n: number, name: string): void {
  const path = /#\[\s*path\s*=\s*"([^"]+)"/.exec(w.attributes.get(n) ?? '')?.[1];
  const index = w.facts.addImport({
    ...{ from: path === undefined ? '' : path, imported: 'mod', local: name, at: w.start(n) },
    ...{ flags: w.flagsOf(n), module: w.module.symbol },
  });
  w.facts.bindType(name, w.facts.term(OP.import, index));
}

/** `extern crate name as other;` */
export function addExternCrate(w: RustWalk, n: number): void {
  const name = w.textOf(w.field(n, 'name'));
  const alias = w.field(n, 'alias');
  const local = alias < 0 ? name : w.textOf(alias);
  if (local === '_') return;
  const index = w.facts.addImport({
    ...{ from: `::${name}`, imported: 'use', local, at: w.start(n) },
    ...{ flags: w.flagsOf(n), module: w.module.symbol },
  });
  w.facts.bindType(local, w.facts.term(OP.import, index));
}

/** `use a::{b as c, d::*, self};` binds its names in the block around. */
export function addUse(w: RustWalk, n: number): void {
  const flags = w.flagsOf(n);
  const isItem = w.facts.atModuleLevel;
  const add = (from: string, imported: 'use' | '*', local: string, at: number) => {
    // Only what stands between a module's items is a name of the module.
    const named = isItem || imported === '*' ? local : '';
    const index = w.facts.addImport({
      ...{ from, imported, local: named, at: w.start(at) },
      ...{ flags, module: w.module.symbol },
    });
    if (imported === '*' || local === '_' || local === '') return;
    const term = w.facts.term(OP.import, index);
    w.facts.bindType(local, term);
    if (w.facts.bound(local) === undefined) w.facts.bind(local, term);
  };
  const read = (node: number, around: string): void => {
    const path = (part: number) => {
      const text = w.textOf(part).replaceAll(/\s+/g, '');
      return around === '' ? text : `${around}::${text}`;
    };
    switch (w.kind(node)) {
      case 'use_list':
        for (const c of w.children(node)) read(c, around);
        return;
      case 'scoped_use_list': {
        const before = w.field(node, 'path');
        read(w.field(node, 'list'), before < 0 ? around : path(before));
        return;
      }
      case 'use_wildcard': {
        const before = w.firstChild(node);
        add(before < 0 ? around : path(before), '*', '', node);
        return;
      }
      case 'use_as_clause': {
        const whole = w.field(node, 'path');
        const from = w.is(whole, 'self') && around !== '' ? around : path(whole);
        add(from, 'use', w.textOf(w.field(node, 'alias')), node);
        return;
      }
      case 'self':
        add(around, 'use', around.slice(around.lastIndexOf(':') + 1), node);
        return;
      default: {
        const from = path(node);
        add(from, 'use', from.slice(from.lastIndexOf(':') + 1), node);
      }
    }
  };
  read(w.field(n, 'argument'), '');
}
