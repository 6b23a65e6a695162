import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import { linkWorkspace } from '../link-workspace.ts';
import type { WorkspaceModules } from '../module-resolution.ts';

/** The calls of a few files that are known by name or by type, as `from -> to`, sorted. */
async function calls(files: Record<string, string>, modules?: WorkspaceModules): Promise<string[]> {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const graph = new Graph(await linkWorkspace(facts, modules), '');
  return [...graph.edges()]
    .filter((e) => e.kind === 'CALLS' && e.tier !== 'name')
    .map((e) => `${e.from} -> ${e.to}`)
    .sort();
}

const F = 'export function f() {}';
const use = (from: string) => `import { f } from '${from}';\nfunction a() { f(); }`;

describe('a relative specifier', () => {
  it('may leave out the ending, or name the script that is built', async () => {
    for (const [file, specifier] of [
      ...[['m.ts', './m'] as const, ['m.tsx', './m'] as const, ['m.d.ts', './m'] as const],
      ...[['m.js', './m'] as const, ['m.jsx', './m'] as const, ['m.mjs', './m.mjs'] as const],
      ...[['m.ts', './m.js'] as const, ['m.tsx', './m.js'] as const, ['m.tsx', './m.jsx'] as const],
      ...[['m.mts', './m.mjs'] as const, ['m.cts', './m.cjs'] as const, ['m.ts', './m.ts'] as const],
      ...[['m.x.ts', './m.x'] as const, ['m/index.ts', './m'] as const, ['m/index.js', './m/index'] as const],
    ])
      expect(await calls({ [file]: F, 'a.ts': use(specifier) }), `${file} ${specifier}`).toEqual([
        `a.ts#a -> ${file}#f`,
      ]);
  });

  it('is a file before a folder, and a source before what is built of it', async () => {
    expect(await calls({ 'm.ts': F, 'm/index.ts': F, 'a.ts': use('./m') })).toEqual(['a.ts#a -> m.ts#f']);
    expect(await calls({ 'm.ts': F, 'm.js': F, 'a.ts': use('./m.js') })).toEqual(['a.ts#a -> m.ts#f']);
  });

  it('goes up, to the index of the folder, and never out of the workspace', async () => {
    expect(await calls({ 'index.ts': F, 'p/a.ts': use('..') })).toEqual(['p/a.ts#a -> index.ts#f']);
    expect(await calls({ 'm.ts': F, 'p/a.ts': use('../../m') })).toEqual([]);
  });
});

describe('a bare specifier', () => {
  it('is outside of the workspace where nothing says otherwise', async () => {
    expect(await calls({ 'm.ts': F, 'm/index.ts': F, 'a.ts': use('m') })).toEqual([]);
  });

  it('goes through paths, in their order, exact ones and with a star', async () => {
    const paths = { '@m': ['src/m'], '@lib/*': ['none/*', 'src/*'] };
    const modules = { mappings: [{ folder: '', base: '', paths, hasBaseUrl: false }] };
    for (const specifier of ['@m', '@lib/m'])
      expect(await calls({ 'src/m.ts': F, 'a.ts': use(specifier) }, modules), specifier).toEqual([
        'a.ts#a -> src/m.ts#f',
      ]);
    expect(await calls({ 'src/m.ts': F, 'a.ts': use('@m/m') }, modules)).toEqual([]);
  });

  it('may be a path from baseUrl', async () => {
    const mapping = { folder: '', base: 'src', paths: {}, hasBaseUrl: true };
    const files = { 'src/p/m.ts': F, 'a.ts': use('p/m') };
    expect(await calls(files, { mappings: [mapping] })).toEqual(['a.ts#a -> src/p/m.ts#f']);
    expect(await calls(files, { mappings: [{ ...mapping, hasBaseUrl: false }] })).toEqual([]);
  });

  const pack = { folder: 'packages/m', name: 'm', entries: [], exports: {}, imports: {} };

  it('is the source of the package’s entry, or of what its entry is built from', async () => {
    for (const [file, entry] of [
      ...[['lib/main.ts', 'lib/main.js'] as const, ['src/index.ts', 'dist/index.js'] as const],
      ...[['src/m.ts', './dist/esm/m.d.ts'] as const, ['src/index.ts', 'missing.js'] as const],
      ['index.ts', 'dist/index.prod.js'] as const,
    ])
      expect(
        await calls(
          { [`packages/m/${file}`]: F, 'a.ts': use('m') },
          { packages: [{ ...pack, entries: [entry] }] },
        ),
        `${file} ${entry}`,
      ).toEqual([`a.ts#a -> packages/m/${file}#f`]);
  });

  it('takes the exports of a package before its entries, and the longest pattern of them', async () => {
    const exports = { '.': ['./src/x.ts'], './*': ['./no/*.ts'], './parts/*': ['./src/p/*.ts'] };
    const modules = { packages: [{ ...pack, entries: ['src/index.ts'], exports }] };
    const files = { 'packages/m/src/index.ts': F, 'packages/m/src/x.ts': F, 'packages/m/src/p/y.ts': F };
    expect(await calls({ ...files, 'a.ts': use('m') }, modules)).toEqual(['a.ts#a -> packages/m/src/x.ts#f']);
    expect(await calls({ ...files, 'a.ts': use('m/parts/y') }, modules)).toEqual([
      'a.ts#a -> packages/m/src/p/y.ts#f',
    ]);
  });

  it('takes `#` from the imports of the nearest package alone', async () => {
    const modules = { packages: [{ ...pack, imports: { '#m': ['./own.js'] } }] };
    expect(await calls({ 'packages/m/own.ts': F, 'packages/m/a.ts': use('#m') }, modules)).toEqual([
      'packages/m/a.ts#a -> packages/m/own.ts#f',
    ]);
    expect(await calls({ 'packages/m/own.ts': F, 'a.ts': use('#m') }, modules)).toEqual([]);
  });

  it('may have a scope and a path inside of the package', async () => {
    const modules = { packages: [{ ...pack, name: '@s/m' }] };
    expect(await calls({ 'packages/m/src/x.ts': F, 'a.ts': use('@s/m/x') }, modules)).toEqual([
      'a.ts#a -> packages/m/src/x.ts#f',
    ]);
  });
});

describe('what a module exports', () => {
  it('are lists, renamed ones and defaults of every form', async () => {
    for (const [text, imported] of [
      ...[
        ['function f() {}\nexport { f };', '{ f }'] as const,
        ['function g() {}\nexport { g as f };', '{ f }'] as const,
      ],
      ...[
        ['export default function f() {}', 'f'] as const,
        ['function f() {}\nexport default f;', 'f'] as const,
      ],
      ...[
        ['export const f = () => {};', '{ f }'] as const,
        ['function f() {}\nexport { f as default };', 'f'] as const,
      ],
      ...[
        ['export function f() {}', '{ f as h }'] as const,
        ['export default function f() {}', '{ default as f }'] as const,
      ],
      ['export function f() {}', '* as f'] as const,
    ]) {
      const name = /(\w+) ?\}?$/.exec(imported)?.[1] ?? 'f';
      const called = imported.startsWith('*') ? 'f.f' : name;
      const found = await calls({
        'm.ts': text,
        'a.ts': `import ${imported} from './m';\nfunction a() { ${called}(); }`,
      });
      expect(found, text).toHaveLength(1);
      expect(found[0], text).toMatch(/^a\.ts#a -> m\.ts#[fg]$/);
    }
  });

  it('are re-exports: of all, as a namespace, renamed, the nearest name before those of `*`', async () => {
    expect(
      await calls({
        'm.ts': `${F}\nexport function g() {}`,
        'all.ts': "export * from './m';\nexport function g() {}",
        'ns.ts': "export * as m from './m';",
        'one.ts': "export { f as h, default } from './m';",
        'a.ts':
          "import { f, g } from './all';\nimport { m } from './ns';\nimport { h } from './one';\n" +
          'function a() { f(); g(); }\nfunction b() { m.g(); }\nfunction c() { h(); }',
      }),
    ).toEqual(['a.ts#a -> all.ts#g', 'a.ts#a -> m.ts#f', 'a.ts#b -> m.ts#g', 'a.ts#c -> m.ts#f']);
  });

  it('are not defaults through `*`, nor what is not exported', async () => {
    expect(
      await calls({
        'm.ts': 'export default function f() {}\nfunction g() {}',
        'all.ts': "export * from './m';",
        'a.ts':
          "import d, { g } from './all';\nimport { g as h } from './m';\nfunction a() { d(); g(); h(); }",
      }),
    ).toEqual([]);
  });

  it('are found past circles of `*`', async () => {
    expect(
      await calls({
        ...{ 'm.ts': "export * from './n';", 'n.ts': `export * from './m';\n${F}` },
        'a.ts': use('./m'),
      }),
    ).toEqual(['a.ts#a -> n.ts#f']);
  });

  it('are imported lazily, too', async () => {
    expect(
      await calls({
        'm.ts': F,
        'a.ts':
          "async function a() { const m = await import('./m'); m.f(); }\nasync function b() { const { f } = await import('./m'); f(); }",
      }),
    ).toEqual(['a.ts#a -> m.ts#f', 'a.ts#b -> m.ts#f']);
  });
});

describe('CommonJS', () => {
  it('exports by member and by object, and is required whole or in parts', async () => {
    const user =
      "const m = require('./m');\nconst { f: g } = require('./m');\nfunction a() { m.f(); }\nfunction b() { g(); }\nfunction c() { require('./m').f(); }";
    for (const text of [
      'exports.f = function () {};',
      'module.exports.f = () => {};',
      'function f() {}\nmodule.exports = { f };',
      'module.exports = { f() {} };',
      'module.exports = { f: function () {} };',
    ]) {
      const found = await calls({ 'm.js': text, 'a.js': user });
      expect(
        found.map((e) => e.split(' ')[0]),
        text,
      ).toEqual(['a.js#a', 'a.js#b', 'a.js#c']);
      expect(new Set(found.map((e) => e.split(' -> ')[1])).size, text).toBe(1);
    }
  });

  it('may export one function or class', async () => {
    expect(
      await calls({
        'm.js': 'module.exports = function f() {};',
        'c.js': 'class C { m() {} }\nmodule.exports = C;',
        'a.js':
          "const f = require('./m');\nconst C = require('./c');\nfunction a() { f(); }\nfunction b() { new C().m(); }",
      }),
    ).toEqual(['a.js#a -> m.js#f', 'a.js#b -> c.js#C', 'a.js#b -> c.js#C.m']);
  });
});
