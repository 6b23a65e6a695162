import type { Node } from 'web-tree-sitter';
import type { ExportFact, ImportFact } from '../../facts.ts';

/** ES modules' import statements; type-only imports count as any other. */
export function readImport(statement: Node): ImportFact[] {
  const from = stringOf(statement.childForFieldName('source'));
  const line = statement.startPosition.row;
  if (from === undefined) return [];
  const clause = statement.namedChildren.find((c) => c?.type === 'import_clause');
  if (!clause) return [{ from, imported: '', local: '', line }];
  const facts: ImportFact[] = [];
  for (const part of clause.namedChildren) {
    if (part?.type === 'identifier') facts.push({ from, imported: 'default', local: part.text, line });
    if (part?.type === 'namespace_import')
      facts.push({ from, imported: '*', local: part.firstNamedChild?.text ?? '', line });
    if (part?.type !== 'named_imports') continue;
    for (const specifier of part.namedChildren) {
      const name = specifier?.childForFieldName('name')?.text;
      if (specifier && name !== undefined)
        facts.push({ from, imported: name, local: specifier.childForFieldName('alias')?.text ?? name, line });
    }
  }
  return facts;
}

/** ES modules' export statements: declarations, lists, defaults and re-exports. */
export function readExport(statement: Node): ExportFact[] {
  const from = stringOf(statement.childForFieldName('source'));
  const clause = statement.namedChildren.find((c) => c?.type === 'export_clause');
  if (clause) {
    return clause.namedChildren.flatMap((specifier) => {
      const local = specifier?.childForFieldName('name')?.text;
      if (!specifier || local === undefined) return [];
      const name = specifier.childForFieldName('alias')?.text ?? local;
      return [{ name, local, ...(from === undefined ? {} : { from }) }];
    });
  }
  if (from !== undefined) {
    const namespace = statement.namedChildren.find((c) => c?.type === 'namespace_export');
    return [{ name: namespace?.firstNamedChild?.text ?? '*', local: '*', from }];
  }
  const isDefault = statement.children.some((c) => c?.type === 'default');
  const declaration = statement.childForFieldName('declaration');
  const names = declaration ? declaredNames(declaration) : [];
  if (!isDefault) return names.map((name) => ({ name, local: name }));
  const value = statement.childForFieldName('value');
  const local = names[0] ?? (value?.type === 'identifier' ? value.text : undefined);
  return local === undefined ? [] : [{ name: 'default', local }];
}

function declaredNames(declaration: Node): string[] {
  const name = declaration.childForFieldName('name');
  if (name) return [name.text];
  return declaration.namedChildren.flatMap((child) => {
    const declared = child?.type === 'variable_declarator' ? child.childForFieldName('name') : null;
    return declared?.type === 'identifier' ? [declared.text] : [];
  });
}

/** CommonJS: `module.exports = …`, `module.exports.a = b`, `exports.a = b`. */
export function readAssignedExport(assigned: string, value: Node): ExportFact[] {
  const [, property] = /^(?:module\.)?exports\.([\w$]+)$/.exec(assigned) ?? [];
  if (property !== undefined)
    return [{ name: property, local: value.type === 'identifier' ? value.text : property }];
  if (assigned !== 'module.exports') return [];
  if (value.type === 'identifier') return [{ name: 'default', local: value.text }];
  if (value.type !== 'object') return [];
  return value.namedChildren.flatMap((child) => {
    if (child?.type === 'shorthand_property_identifier') return [{ name: child.text, local: child.text }];
    const [key, bound] = [child?.childForFieldName('key'), child?.childForFieldName('value')];
    return key && bound?.type === 'identifier' ? [{ name: key.text, local: bound.text }] : [];
  });
}

/** CommonJS: `const x = require('y')` and `const {a, b: c} = require('y')`. */
export function readRequire(name: Node, from: string): ImportFact[] {
  const line = name.startPosition.row;
  if (name.type === 'identifier') return [{ from, imported: '*', local: name.text, line }];
  if (name.type !== 'object_pattern') return [];
  return name.namedChildren.flatMap((child) => {
    if (child?.type === 'shorthand_property_identifier_pattern')
      return [{ from, imported: child.text, local: child.text, line }];
    const [key, value] = [child?.childForFieldName('key'), child?.childForFieldName('value')];
    return key && value?.type === 'identifier' ? [{ from, imported: key.text, local: value.text, line }] : [];
  });
}

/** The comment right above a definition, without its marks. */
export function docOf(definition: Node): string {
  const declaration = definition.type === 'variable_declarator' ? definition.parent : definition;
  const statement = declaration?.parent?.type === 'export_statement' ? declaration.parent : declaration;
  const comment = statement?.previousNamedSibling;
  if (comment?.type !== 'comment' || comment.endPosition.row + 1 < (statement?.startPosition.row ?? 0))
    return '';
  return comment.text
    .replace(/^\/\*+|\*+\/$/g, '')
    .replace(/^\s*(\*|\/\/+) ?/gm, '')
    .trim();
}

export function stringOf(node: Node | null): string | undefined {
  return node?.type === 'string' ? node.text.slice(1, -1) : undefined;
}
