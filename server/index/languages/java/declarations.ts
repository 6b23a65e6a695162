import { FLAG, OP, SYMBOL } from '../../facts.ts';
import type { SymbolKind } from '../../../protocol/graph.ts';
import { addConstructor, addMethod, addRecordComponents, compactConstructor } from './methods.ts';
import { declaredType } from './types.ts';
import type { JavaVisitor, JavaWalk } from './walk.ts';

const TYPE_KINDS: Record<string, SymbolKind> = {
  class_declaration: 'Class',
  record_declaration: 'Class',
  interface_declaration: 'Interface',
  annotation_type_declaration: 'Interface',
  enum_declaration: 'Enum',
};

/** Types and their members. */
export const declarationVisitors: Record<string, JavaVisitor> = {
  class_declaration: typeDeclaration,
  record_declaration: typeDeclaration,
  interface_declaration: typeDeclaration,
  annotation_type_declaration: typeDeclaration,
  enum_declaration: typeDeclaration,
  method_declaration: (w, n) => {
    addMethod(w, n);
    return -1;
  },
  annotation_type_element_declaration: (w, n) => {
    addMethod(w, n);
    return -1;
  },
  constructor_declaration: (w, n) => {
    addConstructor(w, n);
    return -1;
  },
  field_declaration: fields,
  constant_declaration: fields,
  enum_constant: enumConstant,
  static_initializer: initializer,
};

function initializer(w: JavaWalk, n: number): number {
  w.facts.inScope('block', () => w.visitChildren(n));
  return -1;
}

function typeDeclaration(w: JavaWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const body = w.field(n, 'body');
  const name = w.textOf(nameNode);
  if (name === '') return -1;
  const kind = TYPE_KINDS[w.kind(n)] ?? 'Class';
  const symbol = w.facts.addSymbol({
    ...{ kind, name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)),
    ...{ doc: w.docOf(n), flags: w.modifiers(n) },
  });
  w.facts.bindType(name, w.facts.symbolTerm(symbol));
  w.facts.within(symbol, () => w.annotations(n));
  // Type parameters are seen in the head; the members, inherited ones among them, only in the body.
  w.facts.inScope('block', () => {
    w.facts.within(symbol, () => {
      w.facts.setSymbol(symbol, SYMBOL.typeParameters, w.typeParameters(n, symbol));
      bases(w, w.field(n, 'superclass'), symbol, 'INHERITS');
      const lists = [w.field(n, 'interfaces'), w.childOf(n, 'extends_interfaces')];
      for (const list of lists)
        bases(w, w.childOf(list, 'type_list'), symbol, kind === 'Interface' ? 'INHERITS' : 'IMPLEMENTS');
    });
    inClass(w, name, symbol, () => {
      const header = w.is(n, 'record_declaration') ? w.field(n, 'parameters') : -1;
      if (header >= 0) addRecordComponents(w, header, body);
      visitBody(w, body, header);
    });
  });
  return -1;
}

/** Does work inside a class: its members are named in a scope of their own. */
function inClass(w: JavaWalk, name: string, symbol: number, work: () => void): void {
  w.classes.push({ name, symbol });
  const outer = { expected: w.expected, yielded: w.yielded };
  w.expected = -1;
  w.yielded = undefined;
  w.facts.within(symbol, () => w.facts.inScope('class', work, symbol));
  w.expected = outer.expected;
  w.yielded = outer.yielded;
  w.classes.pop();
}

function bases(w: JavaWalk, list: number, symbol: number, relation: 'INHERITS' | 'IMPLEMENTS'): void {
  for (const c of w.children(list)) {
    const type = w.type(c);
    if (type >= 0) w.facts.addHeritage(symbol, relation, type, w.start(c));
  }
}

function visitBody(w: JavaWalk, body: number, recordHeader: number): void {
  for (const member of w.children(body)) {
    switch (w.kind(member)) {
      case 'block':
        initializer(w, member);
        break;
      case 'enum_body_declarations':
        visitBody(w, member, -1);
        break;
      case 'compact_constructor_declaration':
        compactConstructor(w, member, recordHeader);
        break;
      default:
        w.visit(member);
    }
  }
}

/**
 * The class that `new Base() { … }` and a constant with a body declare; returns its symbol. `base` is the type that
 * it extends or implements.
 */
export function addAnonymousClass(w: JavaWalk, body: number, base: number, named: number): number {
  const name = `new ${w.textOf(named)}`;
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Class', name, start: w.start(named), end: w.end(body), nameStart: w.start(named) },
    signature: w.signature(w.start(named), w.start(body)),
  });
  if (base >= 0) w.facts.addHeritage(symbol, 'INHERITS', base, w.start(named));
  inClass(w, '', symbol, () => {
    visitBody(w, body, -1);
  });
  return symbol;
}

function fields(w: JavaWalk, n: number): number {
  const isConstant = w.is(n, 'constant_declaration');
  const flags = w.modifiers(n) | (isConstant ? FLAG.static | FLAG.exported : 0);
  const type = declaredType(w, w.field(n, 'type'));
  const doc = w.docOf(n);
  for (const declarator of w.fieldsOf(n, 'declarator')) {
    const nameNode = w.field(declarator, 'name');
    const value = w.field(declarator, 'value');
    const name = w.textOf(nameNode);
    const own = w.dimensioned(type, w.field(declarator, 'dimensions'));
    const symbol = w.facts.addSymbol({
      ...{ kind: 'Field', name, start: w.start(n), end: w.end(declarator), nameStart: w.start(nameNode) },
      signature: w.signature(w.start(n), value < 0 ? w.end(declarator) : w.start(value)),
      ...{ doc, flags, type: own },
    });
    w.facts.bind(name, w.facts.symbolTerm(symbol));
    w.facts.within(symbol, () => {
      w.annotations(n);
      if (value >= 0) w.visitExpecting(value, own);
    });
  }
  return -1;
}

/** A constant of an enum is built by its constructor; with a body it is a class of its own. */
function enumConstant(w: JavaWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  const owner = w.facts.class;
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Field', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    ...{ signature: name, doc: w.docOf(n), flags: FLAG.static | FLAG.exported },
  });
  w.facts.bind(name, w.facts.symbolTerm(symbol));
  const enumTerm = w.facts.symbolTerm(owner);
  w.facts.within(symbol, () => {
    w.annotations(n);
    const args = w.field(n, 'arguments');
    if (args >= 0) {
      const site = w.facts.addSite(enumTerm, 'new', w.start(nameNode));
      w.facts.setSiteCall(site, w.withArguments(enumTerm, args, OP.new));
    }
    const body = w.field(n, 'body');
    if (body >= 0) addAnonymousClass(w, body, enumTerm, nameNode);
  });
  return -1;
}
