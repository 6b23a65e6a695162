import { FLAG, FUNCTION, OP, SYMBOL } from '../../facts.ts';
import { addClass, addDecorator, addMethodSignature } from './classes.ts';
import { visitStatements } from './functions.ts';
import { instanceTests, narrowed } from './narrowing.ts';
import { bindPattern, eachName } from './patterns.ts';
import { constructorType, functionType } from './types.ts';
import type { EcmascriptVisitor, EcmascriptWalk } from './walk.ts';

/** Declarations and statements. */
export const statementVisitors: Record<string, EcmascriptVisitor> = {
  function_declaration: functionDeclaration,
  generator_function_declaration: functionDeclaration,
  function_signature: functionDeclaration,
  class_declaration: (w, n) => classDeclaration(w, n),
  abstract_class_declaration: (w, n) => classDeclaration(w, n),
  interface_declaration: interfaceDeclaration,
  enum_declaration: enumDeclaration,
  type_alias_declaration: aliasDeclaration,
  internal_module: namespaceDeclaration,
  module: namespaceDeclaration,
  ambient_declaration: (w, n) => {
    w.visitChildren(n);
    return -1;
  },
  variable_declaration: (w, n) => variables(w, n, 'function'),
  lexical_declaration: (w, n) => variables(w, n, 'here'),
  statement_block: (w, n) => {
    w.facts.inScope('block', () => visitStatements(w, w.children(n)));
    return -1;
  },
  if_statement: (w, n) => {
    const condition = w.field(n, 'condition');
    w.visit(condition);
    narrowed(w, condition, true, () => w.visit(w.field(n, 'consequence')));
    narrowed(w, condition, false, () => w.visit(w.field(n, 'alternative')));
    return -1;
  },
  while_statement: (w, n) => {
    const condition = w.field(n, 'condition');
    w.visit(condition);
    if (instanceTests(w, condition).length > 0)
      narrowed(w, condition, true, () => w.visit(w.field(n, 'body')));
    else w.visit(w.field(n, 'body'));
    return -1;
  },
  for_statement: (w, n) => {
    w.facts.inScope('block', () => w.visitChildren(n));
    return -1;
  },
  for_in_statement: (w, n) => {
    const value = w.visit(w.field(n, 'right'));
    const isOf = w.textOf(w.field(n, 'operator')) === 'of';
    const each = !isOf ? w.facts.literal('string') : value < 0 ? -1 : w.facts.term(OP.element, value);
    w.facts.inScope('block', () => {
      const left = w.field(n, 'left');
      if (w.field(n, 'kind') >= 0) bindPattern(w, left, each);
      else w.visit(left);
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  catch_clause: (w, n) => {
    w.facts.inScope('block', () => {
      const parameter = w.field(n, 'parameter');
      if (parameter >= 0) bindPattern(w, parameter, -1);
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  switch_body: (w, n) => {
    w.facts.inScope('block', () => w.visitChildren(n));
    return -1;
  },
  return_statement: (w, n) => {
    const value = w.firstChild(n);
    if (value < 0) return -1;
    const fn = w.facts.function;
    const expected = fn >= 0 ? w.facts.term(OP.returnOf, fn) : -1;
    w.facts.addReturn(w.visitExpecting(value, expected));
    return -1;
  },
  expression_statement: (w, n) => {
    w.visitChildren(n);
    return -1;
  },
  decorator: (w, n) => {
    addDecorator(w, n);
    return -1;
  },
};

/** Takes what an `export` around a declaration says, for this one declaration. */
function exported(w: EcmascriptWalk, name: string, term: number): number {
  const { exporting } = w;
  w.exporting = undefined;
  if (!exporting) return 0;
  w.facts.addExport({ name: exporting === 'default' ? 'default' : name, term });
  return FLAG.exported;
}

function functionDeclaration(w: EcmascriptWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const isDefault = w.exporting === 'default';
  const name = nameNode >= 0 ? w.textOf(nameNode) : isDefault ? 'default' : '';
  if (name === '') return -1;
  const body = w.field(n, 'body');
  const earlier = w.facts.bound(name) ?? -1;
  const signed = earlier >= 0 && w.facts.opOf(earlier) === OP.symbol ? w.facts.operand(earlier, 'a') : -1;
  const before = signed >= 0 ? w.facts.symbolColumn(signed, SYMBOL.function) : -1;
  const isOverload = before >= 0 && w.signatures.has(before);
  const flags =
    (w.has(n, 'async') ? FLAG.async : 0) | (w.is(n, 'generator_function_declaration') ? FLAG.generator : 0);
  const symbol = isOverload
    ? signed
    : w.facts.addSymbol({
        ...{ kind: 'Function', name, start: w.start(n), end: w.end(n), flags, doc: w.docOf(n) },
        nameStart: w.start(nameNode >= 0 ? nameNode : n),
        signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)),
      });
  const term = w.facts.symbolTerm(symbol);
  if (!isOverload) w.facts.bind(name, term);
  w.facts.addFlags(symbol, exported(w, name, term));
  w.facts.setSymbol(symbol, SYMBOL.endLine, w.facts.lines.line(w.end(n)));
  const fn = w.facts.addFunction({ symbol, flags: body < 0 ? flags | FLAG.abstract : flags });
  if (body < 0) w.signatures.add(fn);
  w.withReceiver({ term: -1, superTerm: -1 }, () => w.facts.within(symbol, () => w.functionBody(n, fn)));
  if (body < 0) w.addOverload(symbol, fn);
  else if (isOverload) w.facts.setFunction(fn, FUNCTION.returnType, w.overloadedReturn(symbol));
  return -1;
}

function classDeclaration(w: EcmascriptWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const name = nameNode >= 0 ? w.textOf(nameNode) : w.exporting === 'default' ? 'default' : 'class';
  const { exporting } = w;
  w.exporting = undefined;
  const symbol = addClass(w, n, name, n, exporting ? FLAG.exported : 0);
  const term = w.facts.symbolTerm(symbol);
  w.exporting = exporting;
  exported(w, name, term);
  return term;
}

function interfaceDeclaration(w: EcmascriptWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  const body = w.field(n, 'body');
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Interface', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    ...{ signature: w.signature(w.start(n), body < 0 ? w.end(n) : w.start(body)), doc: w.docOf(n) },
  });
  const term = w.facts.symbolTerm(symbol);
  w.facts.bindType(name, term);
  w.facts.addFlags(symbol, exported(w, name, term));
  w.facts.within(symbol, () =>
    w.facts.inScope(
      'class',
      () => {
        w.facts.setSymbol(symbol, SYMBOL.typeParameters, w.typeParameters(n, symbol));
        const clause = w.childOf(n, 'extends_type_clause');
        for (const type of w.fieldsOf(clause, 'type')) {
          const base = w.type(type);
          if (base >= 0) w.facts.addHeritage(symbol, 'INHERITS', base, w.start(type));
        }
        for (const member of w.children(body)) addInterfaceMember(w, member, symbol);
      },
      symbol,
    ),
  );
  return -1;
}

function addInterfaceMember(w: EcmascriptWalk, n: number, owner: number): void {
  const kind = w.kind(n);
  if (kind === 'method_signature') addMethodSignature(w, n, owner);
  else if (kind === 'construct_signature')
    w.facts.addHeritage(owner, 'INHERITS', constructorType(w, n), w.start(n));
  else if (kind === 'call_signature') w.facts.setSymbol(owner, SYMBOL.type, functionType(w, n));
  else if (kind === 'index_signature') {
    const value = w.annotation(n);
    if (value >= 0) w.facts.setSymbol(owner, SYMBOL.value, w.facts.term(OP.mapType, -1, value));
  } else if (kind === 'property_signature') {
    const nameNode = w.field(n, 'name');
    const name = w.keyOf(nameNode);
    if (name === '') return;
    w.facts.addSymbol({
      ...{ kind: 'Field', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
      ...{
        type: w.annotation(n),
        parent: owner,
        signature: w.signature(w.start(n), w.end(n)),
        doc: w.docOf(n),
      },
    });
  }
}

function enumDeclaration(w: EcmascriptWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Enum', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    ...{ signature: w.signature(w.start(n), w.start(w.field(n, 'body'))), doc: w.docOf(n) },
  });
  const term = w.facts.symbolTerm(symbol);
  w.facts.bind(name, term);
  w.facts.addFlags(symbol, exported(w, name, term));
  for (const member of w.children(w.field(n, 'body'))) {
    const key = w.is(member, 'enum_assignment') ? w.field(member, 'name') : member;
    const text = w.keyOf(key);
    if (text === '') continue;
    w.facts.addSymbol({
      ...{ kind: 'Field', name: text, start: w.start(member), end: w.end(member), nameStart: w.start(key) },
      ...{ flags: FLAG.static, parent: symbol, signature: w.textOf(member) },
    });
    w.facts.within(symbol, () => w.visit(w.field(member, 'value')));
  }
  return -1;
}

function aliasDeclaration(w: EcmascriptWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const name = w.textOf(nameNode);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'TypeAlias', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    ...{ signature: w.signature(w.start(n), w.end(n)), doc: w.docOf(n) },
  });
  const term = w.facts.symbolTerm(symbol);
  w.facts.bindType(name, term);
  w.facts.addFlags(symbol, exported(w, name, term));
  w.facts.within(symbol, () =>
    w.facts.inScope('block', () => {
      w.facts.setSymbol(symbol, SYMBOL.typeParameters, w.typeParameters(n, symbol));
      w.facts.setSymbol(symbol, SYMBOL.type, w.type(w.field(n, 'value')));
    }),
  );
  return -1;
}

function namespaceDeclaration(w: EcmascriptWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const body = w.field(n, 'body');
  const name = w.textOf(nameNode).replace(/^["']|["']$/g, '');
  if (nameNode < 0 || body < 0) {
    w.visitChildren(n);
    return -1;
  }
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Module', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    ...{ signature: w.signature(w.start(n), w.start(body)), doc: w.docOf(n) },
  });
  const term = w.facts.symbolTerm(symbol);
  w.facts.bind(name, term);
  w.facts.bindType(name, term);
  w.facts.addFlags(symbol, exported(w, name, term));
  w.facts.within(symbol, () =>
    w.facts.inScope('block', () => {
      const outer = w.namespaceScope;
      w.namespaceScope = w.facts.scope;
      for (const c of w.children(body)) {
        // Inside, `export` says what the namespace shows, not what the module does.
        w.visit(
          w.is(c, 'export_statement') && w.field(c, 'declaration') >= 0 ? w.field(c, 'declaration') : c,
        );
      }
      w.namespaceScope = outer;
    }),
  );
  return -1;
}

function variables(w: EcmascriptWalk, n: number, where: 'here' | 'function'): number {
  const { exporting } = w;
  w.exporting = undefined;
  for (const c of w.children(n))
    if (w.is(c, 'variable_declarator')) variable(w, c, n, where, exporting !== undefined);
  return -1;
}

/** A module's variable is a symbol; a function's is not, unless it holds a function literal. */
function variable(
  w: EcmascriptWalk,
  n: number,
  statement: number,
  where: 'here' | 'function',
  isExported: boolean,
): void {
  const nameNode = w.field(n, 'name');
  const value = w.field(n, 'value');
  const type = w.annotation(n);
  const atTop = w.facts.atModuleLevel && w.facts.scopeKind !== 'class';
  const isSymbol =
    w.facts.scope === 0 || (atTop && (where === 'function' || w.facts.scope === w.namespaceScope));
  if (!w.is(nameNode, 'identifier')) {
    const term = w.visitExpecting(value, type);
    if (!isSymbol)
      return bindPattern(w, nameNode, type >= 0 ? w.facts.term(OP.cast, type, term) : term, where);
    return modulePattern(w, nameNode, term, isExported);
  }
  const name = w.textOf(nameNode);
  const literal = w.functionLiteral(value);
  if (literal.node >= 0) {
    const own = { nameNode, type: type >= 0 ? type : literal.type, where, isExported, statement };
    return functionVariable(w, n, literal.node, own);
  }
  if (!isSymbol) {
    const term = w.facts.declare({ name, type }, where);
    w.facts.assignVariable(w.facts.operand(term, 'a'), value < 0 ? -1 : w.visitExpecting(value, type));
    return;
  }
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Variable', name, start: w.start(n), end: w.end(n), nameStart: w.start(nameNode) },
    ...{ type, flags: isExported ? FLAG.exported : 0, doc: w.docOf(n) },
    signature: w.signature(w.start(statement), value < 0 ? w.end(n) : w.start(value)),
  });
  const term = w.facts.symbolTerm(symbol);
  w.facts.bind(name, term, where);
  if (isExported) w.facts.addExport({ name, term });
  if (value >= 0) w.facts.within(symbol, () => w.facts.assignSymbol(symbol, w.visitExpecting(value, type)));
}

/** `const { a, b: c } = …` of a module: what `require` gives is bound as it is, the rest makes variables. */
function modulePattern(w: EcmascriptWalk, pattern: number, value: number, isExported: boolean): void {
  const isRequired = value >= 0 && w.facts.opOf(value) === OP.import;
  eachName(w, pattern, value, (nameNode, part) => {
    const name = w.textOf(nameNode);
    if (isRequired && part >= 0) return w.facts.bind(name, part);
    const symbol = w.facts.addSymbol({
      ...{
        kind: 'Variable',
        name,
        start: w.start(nameNode),
        end: w.end(nameNode),
        nameStart: w.start(nameNode),
      },
      ...{ value: part, flags: isExported ? FLAG.exported : 0, signature: name },
    });
    const term = w.facts.symbolTerm(symbol);
    w.facts.bind(name, term);
    if (isExported) w.facts.addExport({ name, term });
  });
}

function functionVariable(
  w: EcmascriptWalk,
  n: number,
  value: number,
  own: { nameNode: number; type: number; where: 'here' | 'function'; isExported: boolean; statement: number },
): void {
  const name = w.textOf(own.nameNode);
  const body = w.field(value, 'body');
  const flags = (own.isExported ? FLAG.exported : 0) | (w.has(value, 'async') ? FLAG.async : 0);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Function', name, start: w.start(n), end: w.end(n), nameStart: w.start(own.nameNode) },
    ...{ flags, type: own.type, doc: w.docOf(n) },
    signature: w.signature(w.start(own.statement), body < 0 ? w.end(n) : w.start(body)),
  });
  const term = w.facts.symbolTerm(symbol);
  w.facts.bind(name, term, own.where);
  if (own.isExported) w.facts.addExport({ name, term });
  const fn = w.facts.addFunction({ symbol, flags, context: own.type });
  const receiver = w.is(value, 'arrow_function') ? w.receiver : { term: -1, superTerm: -1 };
  w.facts.within(symbol, () => w.withReceiver(receiver, () => w.functionBody(value, fn)));
}
