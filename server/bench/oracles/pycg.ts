import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../protocol/user-error.ts';
import type { TruthRow } from '../graph-truth.ts';

/** A case of PyCG's micro benchmark: a folder with `main.py` and `callgraph.json`, which is a workspace by itself. */
export interface PycgCase {
  category: string;
  name: string;
  folder: string;
}

/** The cases of a checkout of PyCG, or of a folder laid out like its `micro-benchmark/snippets`. */
export function pycgCases(checkout: string, folders: readonly string[]): PycgCase[] {
  const inner = path.join(checkout, 'micro-benchmark', 'snippets');
  const root = existsSync(inner) ? inner : checkout;
  const chosen = folders.filter((folder) => folder !== '.');
  const cases = foldersIn(root)
    .filter((category) => chosen.length === 0 || chosen.includes(category))
    .flatMap((category) =>
      foldersIn(path.join(root, category)).map((name) => ({
        ...{ category, name, folder: path.join(root, category, name) },
      })),
    )
    .filter(({ folder }) => existsSync(path.join(folder, 'callgraph.json')));
  if (cases.length === 0)
    throw new UserError('badInput', `${root}: no CATEGORY/CASE/callgraph.json; give a checkout of PyCG`);
  return cases;
}

/**
 * The (caller, callee) pairs that PyCG's authors wrote down by hand. Built-ins and externals are left out; a lambda
 * is the function around it.
 */
export function* pycgTruth(checkout: string, folders: readonly string[]): Iterable<TruthRow> {
  for (const { category, name, folder } of pycgCases(checkout, folders)) {
    const text = readFileSync(path.join(folder, 'callgraph.json'), 'utf8');
    const seen = new Set<string>();
    for (const [caller, callees] of Object.entries(JSON.parse(text) as Record<string, string[]>))
      for (const callee of callees) {
        if (!isInProject(folder, callee)) continue;
        const [from, to] = [withoutLambdas(caller), withoutLambdas(callee)];
        const key = `${from}\0${to}`;
        if (!seen.has(key)) yield { row: 'pair', category, case: name, from, to };
        seen.add(key);
      }
  }
}

function isInProject(folder: string, name: string): boolean {
  const [top = ''] = name.split('.');
  return existsSync(path.join(folder, `${top}.py`)) || existsSync(path.join(folder, top));
}

function withoutLambdas(name: string): string {
  return name.replaceAll(/\.<lambda\d+>/g, '');
}

function foldersIn(root: string): string[] {
  return readdirSync(root)
    .filter((name) => statSync(path.join(root, name)).isDirectory())
    .sort();
}
