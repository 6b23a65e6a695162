import type { Lens } from '../../server/protocol/graph.ts';

/** "≥ 3 callers · 2 tests (1 failing)". */
export function lensWords({ callers, callersLowerBound, tests, testsFailing }: Lens): string {
  const called = `${callersLowerBound ? '≥ ' : ''}${counted(callers, 'caller')}`;
  const failing = testsFailing > 0 ? ` (${testsFailing} failing)` : '';
  return `${called} · ${counted(tests, 'test')}${failing}`;
}

function counted(n: number, one: string): string {
  return `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;
}
