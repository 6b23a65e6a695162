/** Two files of one JavaScript project, each with a fault that a test of its own shows. */
export const CODE = {
  'a.ts': 'export function f() {}\nexport class A { m() { f(); f(); } }\n',
  'b.ts': "import { f } from './a';\nf();\n",
};

export const CALLERS = 'MATCH (a)-[r:CALLS]->(b) RETURN a.id, r.`count`, b.id ORDER BY a.id';
export const CALLER_ROWS = [
  ['a.ts#A.m', 2, 'a.ts#f'],
  ['b.ts', 1, 'a.ts#f'],
];
