import { OP, SYMBOL } from '../../facts.ts';
import type { SymbolKind } from '../../../protocol/graph.ts';
import { interfaceMethod, namedLiteral } from './functions.ts';
import { declareLocal } from './statements.ts';
import { lastName } from './types.ts';
import type { GoVisitor, GoWalk } from './walk.ts';

/** Types, constants and variables. */
export const declarationVisitors: Record<string, GoVisitor> = {
  type_declaration: (w, n) => {
    if (w.typesAreDone && w.facts.atModuleLevel) return -1;
    const specs = w.children(n);
    for (const spec of specs) typeSpec(w, spec, specs.length === 1 ? n : spec);
    return -1;
  },
  const_declaration: (w, n) => {
    // A constant without a value has the type and value of the one above it.
    let above = -1;
    for (const spec of w.children(n)) {
      if (w.field(spec, 'value') >= 0) above = w.field(spec, 'type');
      valueSpec(w, spec, above);
    }
    return -1;
  },
  var_spec: (w, n) => valueSpec(w, n, w.field(n, 'type')),
};

function typeSpec(w: GoWalk, n: number, documented: number): void {
  const nameNode = w.field(n, 'name');
  const typeNode = w.field(n, 'type');
  const name = w.textOf(nameNode);
  if (name === '') return;
  const isAlias = w.is(n, 'type_alias');
  const isStruct = w.is(typeNode, 'struct_type');
  const isInterface = w.is(typeNode, 'interface_type');
  const kind: SymbolKind = isInterface ? 'Interface' : isAlias && !isStruct ? 'TypeAlias' : 'Class';
  const symbol = w.facts.addSymbol({
    ...{ kind, name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    signature: `type ${w.signature(w.start(n), isStruct || isInterface ? w.start(typeNode) : w.end(n))}`,
    ...{ doc: w.docOf(documented), flags: w.flagsOf(name) },
  });
  w.bind(name, w.facts.symbolTerm(symbol));
  w.facts.within(symbol, () => {
    w.facts.inScope('block', () => {
      w.facts.setSymbol(symbol, SYMBOL.typeParameters, w.typeParameters(n, symbol));
      if (isStruct) fields(w, symbol, w.childOf(typeNode, 'field_declaration_list'));
      else if (isInterface) interfaceMembers(w, symbol, typeNode);
      else w.facts.setSymbol(symbol, SYMBOL.type, w.type(typeNode));
    });
  });
}

/** An embedded field is a field of its type's name, and a base whose members are promoted. */
function fields(w: GoWalk, owner: number, list: number): void {
  for (const n of w.children(list)) {
    const typeNode = w.field(n, 'type');
    const type = w.type(typeNode);
    const names = w.fieldsOf(n, 'name');
    const add = (name: string, at: number) =>
      w.facts.addSymbol({
        ...{ kind: 'Field', name, start: w.start(n), end: w.end(n), nameStart: at },
        signature: w.signature(w.start(n), w.end(n)),
        ...{ doc: w.docOf(n), flags: w.flagsOf(name), type },
      });
    for (const name of names) add(w.textOf(name), w.start(name));
    if (names.length > 0 || type < 0) continue;
    add(lastName(w, typeNode), w.start(typeNode));
    w.facts.addHeritage(owner, 'INHERITS', type, w.start(typeNode));
  }
}

function interfaceMembers(w: GoWalk, owner: number, list: number): void {
  for (const n of w.children(list)) {
    if (w.is(n, 'method_elem')) interfaceMethod(w, n);
    const embedded = w.is(n, 'type_elem') ? w.children(n) : [];
    // A union or `~T` says which types satisfy a constraint and has no methods.
    if (embedded.length !== 1 || w.is(embedded[0]!, 'negated_type')) continue;
    const type = w.type(embedded[0]!);
    if (type >= 0) w.facts.addHeritage(owner, 'INHERITS', type, w.start(n));
  }
}

/** Constants and variables: symbols at the top of a file, locals inside a function. */
function valueSpec(w: GoWalk, n: number, typeNode: number): number {
  const names = w.fieldsOf(n, 'name').filter((c) => !w.is(c, ','));
  const type = typeNode < 0 ? -1 : w.type(typeNode);
  const values = w.children(w.field(n, 'value'));
  if (!w.facts.atModuleLevel) {
    declareLocal(w, names, values, typeNode < 0 ? undefined : type);
    return -1;
  }
  const symbols = names.map((nameNode, i) => {
    const name = w.textOf(nameNode);
    const literal = values.length === names.length ? values[i]! : -1;
    if (w.is(literal, 'func_literal') && name !== '_') {
      w.bind(name, w.facts.symbolTerm(namedLiteral(w, nameNode, literal)));
      return -1;
    }
    const end = values.length > 0 ? w.start(values[0]!) : w.end(n);
    const symbol = w.facts.addSymbol({
      ...{ kind: 'Variable', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
      signature: w.signature(w.start(n), end).replace(/\s*=$/, ''),
      ...{ doc: w.docOf(n), flags: w.flagsOf(name), type },
    });
    w.bind(name, w.facts.symbolTerm(symbol));
    return symbol;
  });
  values.forEach((value, i) => {
    const symbol = symbols[i] ?? -1;
    if (symbol < 0) return;
    w.facts.within(symbol, () => {
      const term = w.visit(value);
      if (type >= 0) return;
      if (values.length === names.length) w.facts.setSymbol(symbol, SYMBOL.value, term);
      else if (term >= 0)
        symbols.forEach((s, k) => {
          if (s >= 0) w.facts.setSymbol(s, SYMBOL.value, w.facts.term(OP.item, term, k));
        });
    });
  });
  return -1;
}
