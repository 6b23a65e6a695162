import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TruthRow, TruthSite } from '../graph-truth.ts';
import { typescriptTruth } from './typescript.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

function truthOf(files: Record<string, string>): TruthRow[] {
  root = mkdtempSync(path.join(os.tmpdir(), 'weft-oracle-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return [...typescriptTruth(root, ['.'])];
}

test('the compiler’s targets, callers and shapes become rows, one a call site', () => {
  const rows = truthOf({
    'shop.ts': [
      'export interface Priced { price(): number }',
      'export class Item implements Priced {',
      '  constructor(readonly net: number) {}',
      '  price() { return this.net }',
      '  get tax() { return this.net / 5 }',
      '}',
      'export class Plain extends Item { price() { return super.price() } }',
    ].join('\n'),
    'app.ts': [
      "import { Plain, type Priced } from './shop'",
      "import { missing } from 'not-installed'",
      'declare const loose: any',
      'export function total(items: Priced[], each: (i: Priced) => void) {',
      '  const add = (a: number, b: number) => a + b',
      '  return items.map((𝑖tem) => { each(𝑖tem); return add(0, 𝑖tem.price()) })',
      '}',
      'missing(new Plain(1).tax.toFixed(), loose.m())',
    ].join('\n'),
  });
  const sites = rows.filter((row): row is TruthSite => row.row === 'site');
  const show = (s: TruthSite) => {
    const targets = s.targets.map((t) => `${t.file}:${t.line}`).join(' ');
    return `${s.file}:${s.line}:${s.column} ${s.form} ${s.name} ${s.class} ${targets} < ${s.callers.map((c) => c.name).join(' < ')}`;
  };
  expect(sites.map(show)).toEqual([
    'app.ts:6:15 call map external  < total',
    'app.ts:6:32 call each functionValue  < total',
    'app.ts:6:52 call add inProject app.ts:5 < total',
    // Columns count UTF-16 units: the letter 𝑖 is two.
    'app.ts:6:65 call price inProject shop.ts:1 < total',
    'app.ts:8:0 call missing external  < ',
    'app.ts:8:25 call toFixed external  < ',
    'app.ts:8:21 accessor tax inProject shop.ts:5 < ',
    'app.ts:8:12 new Plain inProject shop.ts:3 shop.ts:2 shop.ts:7 < ',
    'app.ts:8:42 call m unknown  < ',
    'shop.ts:7:57 call price inProject shop.ts:4 < price < Plain',
  ]);
  const overrides = rows.flatMap((r) => (r.row === 'override' ? [`${r.base.line} by ${r.by.line}`] : []));
  expect(overrides.sort()).toEqual(['1 by 4', '1 by 7', '4 by 7']);
});
