import { Parser } from 'web-tree-sitter';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadSyntax, type GrammarName } from '../grammar.ts';
import { ERROR_KIND, parseTape, type Grammar, type Tape } from './tape.ts';

/** A tape as an indented list: field, kind, and the text of nodes without children. */
function drawn(grammar: Grammar, tape: Tape): string[] {
  const depths: number[] = [];
  return Array.from({ length: tape.count }, (_, node) => {
    const depth = (depths[tape.parent[node] ?? -1] ?? -1) + 1;
    depths[node] = depth;
    const kind = tape.kind[node] ?? 0;
    const field = grammar.language.fieldNameForId(tape.field[node] ?? 0);
    const name = kind === ERROR_KIND ? 'ERROR' : (grammar.kindNames[kind] ?? '?');
    const leaf =
      tape.after[node] === node + 1 ? ` ‹${tape.text.slice(tape.start[node], tape.end[node])}›` : '';
    return `${'  '.repeat(depth)}${field ? `${field}: ` : ''}${name}${leaf}`;
  });
}

let typescript: Grammar;
let python: Grammar;
beforeAll(async () => {
  typescript = await loadSyntax('typescript');
  python = await loadSyntax('python');
});

describe('a tape', () => {
  it('holds named nodes, words, and tokens under a field', () => {
    expect(drawn(typescript, parseTape(typescript, 'async function f(a = 1) { return a + b; }'))).toEqual([
      'program',
      '  function_declaration',
      '    async ‹async›',
      '    function ‹function›',
      '    name: identifier ‹f›',
      '    parameters: formal_parameters',
      '      required_parameter',
      '        pattern: identifier ‹a›',
      '        value: number ‹1›',
      '    body: statement_block',
      '      return_statement',
      '        return ‹return›',
      '        binary_expression',
      '          left: identifier ‹a›',
      '          operator: + ‹+›',
      '          right: identifier ‹b›',
    ]);
  });

  it('hangs what a token holds under the token or the node above', () => {
    expect(drawn(python, parseTape(python, 'a not in b'))).toEqual([
      'module',
      '  expression_statement',
      '    comparison_operator',
      '      identifier ‹a›',
      '      operators: not in',
      '        not ‹not›',
      '        in ‹in›',
      '      identifier ‹b›',
    ]);
  });

  it('keeps what parses around an error', () => {
    const tape = parseTape(typescript, 'class A { m() { this.; } }\nlet b = f(§);');
    const lines = drawn(typescript, tape);
    expect(tape.hasError).toBe(true);
    expect(lines).toContain('    name: type_identifier ‹A›');
    expect(lines).toContain('        function: identifier ‹f›');
    expect(lines.some((line) => line.trim().startsWith('ERROR'))).toBe(true);
  });

  it('leaves out what the parser made up to go on', () => {
    const tape = parseTape(typescript, 'class A { x = 1; (y) { return y + ; } }');
    expect(tape.hasError).toBe(true);
    expect(drawn(typescript, tape).slice(5)).toEqual([
      '      public_field_definition',
      '        name: property_identifier ‹x›',
      '        value: number ‹1›',
      '      method_definition',
      '        parameters: formal_parameters',
      '          required_parameter',
      '            pattern: identifier ‹y›',
      '        body: statement_block',
      '          return_statement',
      '            return ‹return›',
      '            binary_expression',
      '              left: identifier ‹y›',
      '              operator: + ‹+›',
    ]);
  });

  it('counts in UTF-16, behind a byte order mark too', () => {
    const text = '\ufeffconst 𝒜 = "😀"; // é\r\nf(𝒜);\r\n';
    const lines = drawn(typescript, parseTape(typescript, text));
    expect(lines).toContain('      name: identifier ‹𝒜›');
    expect(lines).toContain('        string_fragment ‹😀›');
    expect(lines).toContain('      function: identifier ‹f›');
  });

  it('is a root alone for an empty file', () => {
    const tape = parseTape(typescript, '');
    expect({ ...tape, kind: typescript.kindNames[tape.kind[0] ?? 0] }).toEqual({
      text: '',
      count: 1,
      kind: 'program',
      field: Uint16Array.of(0),
      start: Int32Array.of(0),
      end: Int32Array.of(0),
      after: Int32Array.of(1),
      parent: Int32Array.of(-1),
      hasError: false,
    });
  });

  it('is not touched by a text in which the parser was stopped before', () => {
    const text = 'let a = 1;';
    const expected = parseTape(typescript, text);
    const stopping = vi.spyOn(Parser.prototype, 'parse').mockImplementation(function (this: Parser) {
      stopping.mockRestore();
      return this.parse((index) => {
        if (index > 0) throw new Error('out of memory');
        return 'function f() { b(';
      });
    });
    expect(() => parseTape(typescript, text)).toThrow(
      'the typescript parser stopped in 10 characters: out of',
    );
    expect(parseTape(typescript, text)).toEqual(expected);
  });

  it('owns its memory', () => {
    const first = parseTape(typescript, 'a;');
    const copy = structuredClone(first);
    parseTape(typescript, 'function b() { return [1, 2, 3]; }');
    expect(first).toEqual(copy);
  });
});

describe('a grammar', () => {
  it('knows its names, and says so when it does not', () => {
    expect(typescript.kindNames[typescript.kindId('class_declaration')]).toBe('class_declaration');
    expect(typescript.kindNames[typescript.tokenId('async')]).toBe('async');
    expect(typescript.language.fieldNameForId(typescript.fieldId('name'))).toBe('name');
    expect(typescript.kindId('ERROR')).toBe(ERROR_KIND);
    expect(() => typescript.kindId('clas_declaration')).toThrow('no kind “clas_declaration”');
    expect(() => typescript.kindId('async')).toThrow('no kind “async”');
    expect(() => typescript.tokenId('asinc')).toThrow('no token “asinc”');
    expect(() => typescript.fieldId('nam')).toThrow('no field “nam”');
  });

  it.each<GrammarName>(['typescript', 'tsx', 'javascript', 'python', 'java', 'go', 'rust'])(
    'has one id for each name: %s',
    async (name) => {
      const grammar = await loadSyntax(name);
      const { language } = grammar;
      // One name can stand at several ids; on a tape is the one that a look-up gives.
      const publicIds = new Set<number>();
      grammar.kindNames.forEach((kind, id) => {
        if (kind) publicIds.add(language.nodeTypeIsNamed(id) ? grammar.kindId(kind) : grammar.tokenId(kind));
      });
      const words = [...publicIds].map((id) => `${language.nodeTypeIsNamed(id)} ${grammar.kindNames[id]}`);
      expect(new Set(words).size).toBe(words.length);
      expect(grammar.reader).toBe('heap');
    },
  );
});
