import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TruthSite } from '../graph-truth.ts';
import { rowsOf, type Program } from './program.ts';

/** A little project with what an oracle must say of its call sites: it judges this before it judges others. */
export interface Sample {
  files: Readonly<Record<string, string>>;
  /** Sorted: `line:column form name class targets < caller`. */
  sites: readonly string[];
}

/** What an oracle says of a sample, in the form and order of `Sample.sites`. */
export async function judgeSample(program: Program, { files }: Sample): Promise<string[]> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'weft-oracle-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    const sites: TruthSite[] = [];
    for await (const row of rowsOf(program, root, ['.'])) if (row.row === 'site') sites.push(row);
    return sites
      .map(({ line, column, form, name, class: judged, targets, callers }) => {
        const to = targets.map((t) => `${t.name}:${t.line}`).join(' ');
        return `${line}:${column} ${form} ${name} ${judged} ${to} < ${callers[0]?.name ?? 'module'}`;
      })
      .sort();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Overloads by type, a missing library, an anonymous class and super. */
export const javaSample: Sample = {
  files: {
    'src/shop/Item.java': [
      'package shop;',
      'import gone.Library;',
      'public class Item {',
      '  Item(int net) { this("x"); }',
      '  Item(String name) { super(); }',
      '  int price(int n) { return Library.round(n); }',
      '  int price(String s) { return price(s.length()); }',
      '  Object lazy() { return new Item(1) { int price(int n) { return super.price(n); } }; }',
      '}',
    ].join('\n'),
  },
  sites: [
    '4:18 call this inProject Item:5 Item:4 Item:3 < Item',
    '5:22 super super external  < Item',
    '6:36 call round external  < price',
    '7:31 call price inProject price:6 price:7 < price',
    '7:39 call length external  < price',
    '8:29 new Item inProject Item:3 Item:4 Item:5 < lazy',
    '8:71 call price inProject price:6 price:7 < price',
  ],
};

/** Methods, embedding, interfaces, closures with names; conversions are no calls. */
export const goSample: Sample = {
  files: {
    'go.mod': 'module shop\n\ngo 1.21\n',
    'shop.go': [
      'package shop',
      'type Priced interface{ Price() int }',
      'type Base struct{}',
      'func (b *Base) Price() int { return int(int8(len("é"))) }',
      'type Item struct{ Base; each func() }',
      'func Total(i Item, p Priced) int {',
      '\tadd := func(a, b int) int { return a + b }',
      '\ti.each()',
      '\treturn add(i.Price(), p.Price())',
      '}',
    ].join('\n'),
  },
  sites: [
    '4:45 call len external  < Price',
    '8:3 call each functionValue  < Total',
    '9:14 call Price inProject Price:4 < Total',
    '9:25 call Price inProject Price:2 < Total',
    '9:8 call add inProject add:7 < Total',
  ],
};

/** Methods, traits, closures with names, and calls in a macro. */
export const rustSample: Sample = {
  files: {
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
    'src/lib.rs': [
      'trait Priced { fn price(&self) -> u32; }',
      'struct Item(u32);',
      'impl Priced for Item { fn price(&self) -> u32 { self.0 } }',
      'impl Item { fn new(net: u32) -> Self { Self(net) } }',
      'fn total(any: &dyn Priced, each: fn(u32)) -> u32 {',
      '    let add = |a: u32, b: u32| a + b;',
      '    each(1);',
      '    assert_eq!(Item::new(2).price(), 2);',
      '    add(any.price(), Item::new(3).price())',
      '}',
    ].join('\n'),
  },
  sites: [
    '4:39 call Self unknown Item:2 < new',
    '7:4 call each functionValue  < total',
    '8:21 call new inProject new:4 < total',
    '8:28 call price inProject price:3 < total',
    '9:12 call price inProject price:1 < total',
    '9:27 call new inProject new:4 < total',
    '9:34 call price inProject price:3 < total',
    '9:4 call add inProject add:6 < total',
  ],
};
