import { FLAG, FUNCTION, OP, SYMBOL } from '../../facts.ts';
import type { SymbolKind } from '../../../protocol/graph.ts';
import { bindSelf, traitOf, visitFunction } from './functions.ts';
import { bindTypeParameters, parametersOf } from './generics.ts';
import { testName } from './tests.ts';
import { lastName } from './types.ts';
import { addExternCrate, addFileModule, addUse } from './uses.ts';
import type { RustVisitor, RustWalk, Surroundings } from './walk.ts';

const item: RustVisitor = (w, n) => {
  visitItem(w, n);
  return -1;
};

/** Items, visited when those of their block are bound. */
export const itemVisitors: Record<string, RustVisitor> = {
  ...{ function_item: item, function_signature_item: item, struct_item: item, union_item: item },
  ...{ enum_item: item, trait_item: item, type_item: item, const_item: item, static_item: item },
  ...{ mod_item: item, impl_item: item, foreign_mod_item: item },
  ...{ use_declaration: () => -1, extern_crate_declaration: () => -1 },
  ...{ attribute_item: () => -1, inner_attribute_item: () => -1, macro_definition: () => -1 },
  ...{ line_comment: () => -1, block_comment: () => -1 },
};

const KINDS: Record<string, SymbolKind> = {
  ...{ function_item: 'Function', function_signature_item: 'Function' },
  ...{ struct_item: 'Class', union_item: 'Class', enum_item: 'Enum', trait_item: 'Interface' },
  ...{ type_item: 'TypeAlias', const_item: 'Variable', static_item: 'Variable' },
  ...{ mod_item: 'Module', macro_definition: 'Function' },
};

/** Binds the items of a file or block, then visits all that it holds; returns the value of the last expression. */
export function visitItems(w: RustWalk, block: number, expected = -1): number {
  const children = w.children(block);
  let attributes = '';
  for (const c of children) {
    if (w.is(c, 'attribute_item')) {
      attributes += w.textOf(c);
      continue;
    }
    if (attributes !== '') w.attributes.set(c, attributes);
    attributes = '';
    bindItem(w, c);
  }
  for (const c of children)
    if (w.is(c, 'use_declaration')) addUse(w, c);
    else if (w.is(c, 'extern_crate_declaration')) addExternCrate(w, c);
  let value = -1;
  for (const c of children) value = w.visitExpecting(c, expected);
  return value;
}

function bindItem(w: RustWalk, n: number): void {
  const kind = KINDS[w.kind(n)];
  if (w.is(n, 'foreign_mod_item')) for (const c of w.children(w.field(n, 'body'))) bindItem(w, c);
  if (!kind) return;
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  if (name === '' || name === '_') return;
  if (kind === 'Module' && w.field(n, 'body') < 0) {
    addFileModule(w, n, name);
    return;
  }
  const symbol = makeSymbol(w, n, kind, w.is(n, 'macro_definition') ? `${name}!` : name);
  const term = w.facts.symbolTerm(symbol);
  if (w.is(n, 'macro_definition')) w.facts.bind(`${name}!`, term);
  else if (kind === 'Function' || kind === 'Variable') w.bind(name, term);
  else w.facts.bindType(name, term);
}

function makeSymbol(w: RustWalk, n: number, kind: SymbolKind, name: string): number {
  const body = w.field(n, 'body');
  const value = w.field(n, 'value');
  const head = body >= 0 ? w.start(body) : value >= 0 ? w.start(value) : w.end(n);
  const test = kind === 'Function' ? testName(w, n, name) : undefined;
  const symbol = w.facts.addSymbol({
    ...{ kind: test === undefined ? kind : 'Test', name: test ?? name, start: w.start(n), end: w.end(n) },
    nameStart: w.start(w.field(n, 'name')),
    signature: w.signature(w.start(n), head).replace(/\s*[={;]$/, ''),
    ...{ doc: w.docOf(n), flags: w.flagsOf(n) },
    ...(test === undefined ? {} : { qualifiedName: test }),
  });
  w.made.set(n, symbol);
  return symbol;
}

function visitItem(w: RustWalk, n: number): void {
  const kind = w.kind(n);
  if (kind === 'impl_item') return implBlock(w, n);
  if (kind === 'foreign_mod_item') {
    for (const c of w.children(w.field(n, 'body'))) w.visit(c);
    return;
  }
  const symbol = w.made.get(n);
  if (symbol === undefined) return;
  if (kind === 'function_item' || kind === 'function_signature_item') {
    outside(w, () => {
      visitFunction(w, n, symbol);
    });
    return;
  }
  if (kind === 'mod_item') return inlineModule(w, n, symbol);
  w.facts.within(symbol, () => {
    w.facts.inScope('block', () => {
      if (kind === 'const_item' || kind === 'static_item') return constant(w, n, symbol);
      if (kind === 'trait_item') return traitBody(w, n, symbol);
      w.facts.setSymbol(symbol, SYMBOL.typeParameters, bindTypeParameters(w, [n], symbol));
      if (kind === 'type_item') w.facts.setSymbol(symbol, SYMBOL.type, w.type(w.field(n, 'type')));
      else if (kind === 'enum_item') variants(w, n, symbol);
      else {
        bindOwnSelf(w, symbol);
        fields(w, symbol, w.field(n, 'body'));
      }
    });
  });
}

/** A function inside a method sees nothing of its `impl` block. */
function outside(w: RustWalk, work: () => void): void {
  const { around } = w;
  if (w.facts.function >= 0) w.around = undefined;
  work();
  w.around = around;
}

function constant(w: RustWalk, n: number, symbol: number): void {
  const typeNode = w.field(n, 'type');
  const type = w.type(typeNode);
  w.facts.setSymbol(symbol, SYMBOL.type, type);
  const value = w.visitExpecting(w.field(n, 'value'), type);
  if (typeNode < 0) w.facts.setSymbol(symbol, SYMBOL.value, value);
}

function inlineModule(w: RustWalk, n: number, symbol: number): void {
  const outer = { module: w.module, around: w.around };
  w.around = undefined;
  w.path.push(w.textOf(w.field(n, 'name')));
  w.facts.within(symbol, () => {
    w.facts.inScope(
      'module',
      () => {
        w.module = { scope: w.facts.scope, symbol };
        visitItems(w, w.field(n, 'body'));
      },
      symbol,
    );
  });
  w.path.pop();
  w.module = outer.module;
  w.around = outer.around;
}

/** Inside a struct, `Self` is the struct with its own parameters. */
function bindOwnSelf(w: RustWalk, symbol: number): void {
  w.facts.bindType('Self', ownType(w, symbol, symbol));
}

/** A class with the type parameters of `owner`, which has as many. */
function ownType(w: RustWalk, symbol: number, owner: number): number {
  const list = w.facts.symbolColumn(symbol, SYMBOL.typeParameters);
  const count = w.facts.listItems(list).length / 2;
  const term = w.facts.symbolTerm(symbol);
  if (count === 0) return term;
  const args = Array.from({ length: count }, (_, i) => w.facts.term(OP.typeParameter, owner, i));
  return w.facts.term(OP.apply, term, w.facts.list(args));
}

/** Fields of a struct or variant, which are named by their places where they have no names. */
function fields(w: RustWalk, owner: number, body: number): void {
  const isTuple = w.is(body, 'ordered_field_declaration_list');
  const declared = isTuple
    ? w.fieldsOf(body, 'type').map((c, i) => ({ node: c, nameNode: c, name: String(i), type: w.type(c) }))
    : w.children(body).flatMap((c) => {
        if (!w.is(c, 'field_declaration')) return [];
        const nameNode = w.field(c, 'name');
        return [{ node: c, nameNode, name: w.textOf(nameNode), type: w.type(w.field(c, 'type')) }];
      });
  for (const { node, nameNode, name, type } of declared)
    w.facts.addSymbol({
      ...{ kind: 'Field', name, start: w.start(node), end: w.end(node), nameStart: w.start(nameNode) },
      signature: w.signature(w.start(node), w.end(node)),
      ...{ doc: isTuple ? '' : w.docOf(node), flags: w.flagsOf(node), type },
    });
  if (!isTuple) return;
  // A tuple struct or variant is called like a function.
  w.facts.inScope('block', () => {
    const fn = w.facts.addFunction({ symbol: owner });
    const variables = declared.map(({ name, type }, parameter) =>
      w.facts.addVariable({ name, type, parameter }),
    );
    w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list(variables));
    w.facts.setFunction(fn, FUNCTION.returnType, ownType(w, owner, owner));
  });
}

/** Variants that hold something are classes inside their enum; the others are constants of it. */
function variants(w: RustWalk, n: number, owner: number): void {
  for (const c of w.children(w.field(n, 'body'))) {
    if (!w.is(c, 'enum_variant')) continue;
    const nameNode = w.field(c, 'name');
    const body = w.field(c, 'body');
    const name = w.textOf(nameNode);
    const common = {
      ...{ name, start: w.start(c), end: w.end(c), nameStart: w.start(nameNode) },
      ...{ signature: w.signature(w.start(c), w.end(c)), doc: w.docOf(c) },
    };
    if (body < 0) {
      w.facts.addSymbol({ ...common, kind: 'Field', flags: FLAG.static });
      continue;
    }
    const variant = w.facts.addSymbol({ ...common, kind: 'Class' });
    w.facts.within(variant, () => {
      w.facts.inScope('block', () => {
        // The enum's parameters, as the variant's own.
        w.facts.setSymbol(variant, SYMBOL.typeParameters, bindTypeParameters(w, [n], variant));
        w.facts.bindType('Self', ownType(w, owner, variant));
        w.facts.addHeritage(variant, 'INHERITS', ownType(w, owner, variant), w.start(nameNode));
        fields(w, variant, body);
      });
    });
  }
}

/** An associated type is a type parameter of its trait. */
function traitBody(w: RustWalk, n: number, symbol: number): void {
  const body = w.field(n, 'body');
  const own = parametersOf(w, n).length;
  const associated = w.children(body).filter((c) => w.is(c, 'associated_type'));
  const types = new Map(associated.map((c, i) => [w.textOf(w.field(c, 'name')), own + i]));
  const outer = w.around;
  w.around = { trait: symbol, node: -1, types, owner: symbol };
  const more = associated.map((c) => ({
    name: w.textOf(w.field(c, 'name')),
    bounds: w.children(w.field(c, 'bounds')).filter((b) => !w.is(b, 'lifetime')),
  }));
  w.facts.setSymbol(symbol, SYMBOL.typeParameters, bindTypeParameters(w, [n], symbol, { more }));
  bindSelf(w);
  for (const c of w.children(w.field(n, 'bounds'))) {
    const base = w.is(c, 'lifetime') ? -1 : w.type(c);
    if (base >= 0) w.facts.addHeritage(symbol, 'INHERITS', base, w.start(c));
  }
  visitMembers(w, body, symbol, '');
  w.around = outer;
}

function implBlock(w: RustWalk, n: number): void {
  const body = w.field(n, 'body');
  const typeNode = w.field(n, 'type');
  const traitNode = w.field(n, 'trait');
  const types = new Map(
    w
      .children(body)
      .filter((c) => w.is(c, 'type_item') || w.is(c, 'associated_type'))
      .map((c) => [w.textOf(w.field(c, 'name')), w.field(c, 'type')] as const)
      .filter(([, type]) => type >= 0),
  );
  const name = lastName(w, typeNode);
  const bound = w.facts.lookUpType(name);
  const owner = bound !== undefined && w.facts.opOf(bound) === OP.symbol ? w.facts.operand(bound, 'a') : -1;
  const outer: Surroundings | undefined = w.around;
  w.around = { trait: -1, node: n, types, owner: isType(w, owner) ? owner : -1 };
  const self = Math.max(w.around.owner, 0);
  w.facts.within(self === 0 ? w.facts.symbol : self, () => {
    w.facts.inScope('block', () => {
      blockHead(w, n, traitNode);
    });
  });
  visitMembers(w, body, w.around.owner, name);
  w.around = outer;
}

/** What an `impl` block says by itself: its type parameters are numbered through the file. */
function blockHead(w: RustWalk, n: number, traitNode: number): void {
  const list = bindTypeParameters(w, [n], 0, { first: w.implParameters.length / 2 });
  w.implParameters.push(...w.facts.listItems(list));
  bindSelf(w);
  const trait = traitNode < 0 ? -1 : traitOf(w, n);
  if (trait < 0) return;
  w.facts.addMember(w.typeName('Self'), 0, trait);
  const { owner } = w.around!;
  if (owner >= 0) w.facts.addHeritage(owner, 'IMPLEMENTS', trait, w.start(traitNode));
}

function isType(w: RustWalk, symbol: number): boolean {
  if (symbol < 0) return false;
  const kind = w.facts.symbolKind(symbol);
  return kind === 'Class' || kind === 'Enum' || kind === 'Interface';
}

/** Functions and constants of a trait or `impl` block. */
function visitMembers(w: RustWalk, body: number, owner: number, typeName: string): void {
  const around = owner >= 0 ? w.facts.qualifiedName(owner) : typeName;
  for (const c of w.children(body)) {
    const isConstant = w.is(c, 'const_item');
    if (!isConstant && !w.is(c, 'function_item') && !w.is(c, 'function_signature_item')) {
      if (w.is(c, 'macro_invocation')) w.visit(c);
      continue;
    }
    const nameNode = w.field(c, 'name');
    const bodyNode = w.field(c, 'body');
    const name = w.textOf(nameNode);
    const hasSelf = !isConstant && takesSelf(w, c);
    const isBare = w.is(c, 'function_signature_item');
    const symbol = w.facts.addSymbol({
      ...{ kind: isConstant ? 'Variable' : 'Method', name, start: w.start(c), end: w.end(c) },
      nameStart: w.start(nameNode),
      signature: w.signature(w.start(c), bodyNode < 0 ? w.end(c) : w.start(bodyNode)),
      doc: w.docOf(c),
      flags: w.flagsOf(c) | (hasSelf ? 0 : FLAG.static) | (isBare ? FLAG.abstract : 0),
      parent: owner >= 0 ? owner : w.facts.symbol,
      qualifiedName: `${around}.${name}`,
    });
    if (!isConstant) {
      visitFunction(w, c, symbol);
      continue;
    }
    w.facts.within(symbol, () => {
      w.facts.inScope('block', () => {
        bindTypeParameters(w, w.around!.node >= 0 ? [w.around!.node] : [], symbol);
        bindSelf(w);
        if (w.around!.node >= 0) w.facts.addMember(w.typeName('Self'), symbol, -1);
        constant(w, c, symbol);
      });
    });
  }
}

function takesSelf(w: RustWalk, n: number): boolean {
  const [first = -1] = w.children(w.field(n, 'parameters'));
  return w.is(first, 'self_parameter') || w.is(w.field(first, 'pattern'), 'self');
}
