import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readWorkspaceModules } from './workspace-modules.ts';

let root = '';
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

it('reads the path of every go.mod around sources of Go', () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'weft-modules-'));
  mkdirSync(path.join(root, 'tools/gen'), { recursive: true });
  writeFileSync(path.join(root, 'go.mod'), '// the module\nmodule example.org/m // here\n\ngo 1.22\n');
  writeFileSync(path.join(root, 'tools/go.mod'), 'module "example.org/m/tools"\n');
  expect(readWorkspaceModules(root, ['a.go', 'tools/gen/b.go']).goModules).toEqual([
    { folder: '', path: 'example.org/m' },
    { folder: 'tools', path: 'example.org/m/tools' },
  ]);
  expect(readWorkspaceModules(root, ['a.py']).goModules).toEqual([{ folder: '', path: 'example.org/m' }]);
});

it('takes what a broken tsconfig still says, and leaves the rest out', () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'weft-modules-'));
  const mappingOf = (text: string) => {
    writeFileSync(path.join(root, 'tsconfig.json'), text);
    return readWorkspaceModules(root, ['a.ts']).mappings;
  };
  const found = { folder: '', base: 'src', hasBaseUrl: true };
  expect(
    mappingOf('{ "compilerOptions": { "baseUrl": "src", "paths": { "@/*": ["*"] } // unfinished'),
  ).toEqual([{ ...found, paths: { '@/*': ['*'] } }]);
  expect(
    mappingOf('{ "compilerOptions": { "baseUrl": "src", "paths": { "@/*": [1, "x/*", null] } } }'),
  ).toEqual([{ ...found, paths: { '@/*': ['x/*'] } }]);
  for (const text of [
    ...['', '{{{', '[]', 'null', '{ "compilerOptions": 3 }', '{ "compilerOptions": { "paths": "x" } }'],
    ...['{ "extends": "./tsconfig.json" }', '{ "extends": ["./nothing", 4], "references": [{}, null] }'],
  ])
    expect(mappingOf(text)).toEqual([]);
});

it('follows what a tsconfig extends, and the projects that it refers to where it says nothing itself', () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'weft-modules-'));
  const put = (file: string, config: object) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), JSON.stringify(config));
  };
  put('base/tsconfig.base.json', { compilerOptions: { baseUrl: '.', paths: { '~/*': ['lib/*'] } } });
  put('app/tsconfig.json', { extends: '../base/tsconfig.base.json' });
  put('site/tsconfig.json', { references: [{ path: './tsconfig.app.json' }] });
  put('site/tsconfig.app.json', { compilerOptions: { paths: { '@/*': ['./src/*'] } } });
  const { mappings } = readWorkspaceModules(root, ['app/a.ts', 'site/b.ts']);
  expect(mappings).toEqual([
    { folder: 'app', base: 'base', hasBaseUrl: true, paths: { '~/*': ['lib/*'] } },
    { folder: 'site', base: 'site', hasBaseUrl: false, paths: { '@/*': ['./src/*'] } },
  ]);
});
