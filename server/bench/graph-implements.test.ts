import { expect, it } from 'vitest';
import { Graph } from '../graph/graph.ts';
import { parseFile } from '../index/parse-file.ts';
import { linkWorkspace } from '../link/link-workspace.ts';
import { compareImplements } from './graph-implements.ts';
import type { TruthRow } from './graph-truth.ts';

const SOURCE = `package p
type Cart struct{}
func (Cart) Total() int { return 0 }
type Total interface { Total() int }
type Other interface { Other() }
`;

const symbol = (name: string) => ({ file: 'p/a.go', name, startLine: 1, line: 1 });

async function compared(...names: string[]) {
  const facts = new Map([['p/a.go', await parseFile('p/a.go', SOURCE)]]);
  async function* rows(): AsyncIterable<TruthRow> {
    yield { row: 'file', file: 'p/a.go' };
    for (const name of names) yield { row: 'implements', type: symbol('Cart'), interface: symbol(name) };
  }
  return compareImplements(rows(), new Graph(await linkWorkspace(facts), ''));
}

it('counts the pairs of type and interface that both say', async () => {
  expect(await compared('Total', 'Other')).toEqual({ wanted: 2, drawn: 1, right: 1 });
  expect(await compared('Other')).toEqual({ wanted: 1, drawn: 1, right: 0 });
});

it('says nothing where the oracle does not', async () => {
  expect(await compared()).toBeUndefined();
});
