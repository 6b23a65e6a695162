import { writeFileSync } from 'node:fs';
import { CALL_FORMS } from '../protocol/graph.ts';
import { callerClasses, failureRows, missClasses, wrongClasses, type FailureClass } from './graph-classes.ts';
import {
  callerDepth,
  isMain,
  judge,
  MAIN_FORMS,
  ofClass,
  tally,
  type AnswerEdge,
  type Judged,
  type Truth,
} from './graph-compare.ts';
import { pairScore } from './graph-rivals.ts';
import { printTable } from './report.ts';

const LEVELS: readonly [title: string, confidence: number][] = [
  ['confidence ≥ .8', 0.8],
  ['all edges', 0],
];

/** The accuracy table, the other forms, the rivals' unit, and what to work on next. */
export function printAccuracy(truth: Truth, edges: readonly AnswerEdge[], classes: number): void {
  const judged = LEVELS.map(([title, confidence]) => ({ title, judged: judge(truth, edges, confidence) }));
  console.log(`\n${truth.files.size} files, ${truth.sites.length} sites in the truth`);
  printTable(
    [
      'call, new, super',
      'sites',
      'recall',
      'precision',
      'exact of right',
      'external sites',
      'false edges',
      'unknown sites',
      'with edges',
    ],
    judged.map(({ title, judged }) => mainRow(title, judged)),
  );
  for (const { title, judged: j } of judged) {
    console.log(`\n${title}, by form`);
    printTable(['form', 'in-project sites', 'recall', 'precision'], formRows(j));
  }
  console.log('\nfunction values (a parameter, field or variable is called)');
  printTable(
    ['', 'sites', 'target known', 'recall of those', 'edges', 'right'],
    judged.map(({ title, judged }) => functionValueRow(title, judged)),
  );
  console.log('\n(caller file, name) → (callee file, name), the unit of other indexers');
  printTable(
    ['', 'edges of the truth', 'edges drawn', 'recall', 'precision', 'F1'],
    LEVELS.map(([title, confidence]) => {
      const { truth: wanted, answered, recall, precision, f1 } = pairScore(truth, edges, confidence);
      return [title, String(wanted), String(answered), ...[recall, precision, f1].map((x) => x.toFixed(3))];
    }),
  );
  const [facts, all] = judged.map((j) => j.judged);
  if (!facts || !all) return;
  printCallers(all);
  printClasses(
    'misses (in-project sites without a right edge of confidence ≥ .8)',
    missClasses(facts),
    classes,
  );
  printClasses('wrong edges', wrongClasses(all), classes);
}

/** Every miss and wrong edge, as JSON lines. */
export function writeFailures(file: string, truth: Truth, edges: readonly AnswerEdge[]): void {
  const rows = [...failureRows(judge(truth, edges, 0))];
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function mainRow(title: string, judged: Judged): string[] {
  const inside = tally(ofClass(judged, 'inProject'));
  const outside = tally(ofClass(judged, 'external'));
  const unknown = tally(ofClass(judged, 'unknown'));
  return [
    title,
    String(inside.sites),
    ratio(inside.found, inside.sites),
    ratio(inside.right, inside.edges),
    ratio(inside.exact, inside.right),
    String(outside.sites),
    percent(outside.answered, outside.sites),
    String(unknown.sites),
    String(unknown.answered),
  ];
}

function formRows(judged: Judged): string[][] {
  return CALL_FORMS.flatMap((form) => {
    const own = judged.sites.filter((s) => s.site.form === form && s.site.class === 'inProject');
    const { sites, found, edges, right } = tally(own);
    const mark = MAIN_FORMS.includes(form) ? '' : ' (apart)';
    return sites === 0 ? [] : [[form + mark, String(sites), ratio(found, sites), ratio(right, edges)]];
  });
}

function functionValueRow(title: string, judged: Judged): string[] {
  const all = ofClass(judged, 'functionValue');
  const known = tally(all.filter((s) => s.site.targets.length > 0));
  const { sites, edges, right } = tally(all);
  return [
    title,
    String(sites),
    String(known.sites),
    ratio(known.found, known.sites),
    String(edges),
    String(right),
  ];
}

function printCallers(judged: Judged): void {
  const right = judged.sites.filter(isMain).flatMap(({ site, edges }) => edges.map((e) => ({ site, ...e })));
  const counted = right.filter((e) => e.right);
  const agreeing = counted.filter(({ site, edge }) => callerDepth(site, edge) === 0);
  console.log(
    `\ncallers: ${agreeing.length} of ${counted.length} right edges leave from the innermost named symbol`,
  );
  printClasses('other callers', callerClasses(judged), 5);
}

function printClasses(title: string, classes: readonly FailureClass[], most: number): void {
  const total = classes.reduce((sum, c) => sum + c.count, 0);
  console.log(`\n${title}: ${total} in ${classes.length} classes`);
  for (const { title: name, count, samples } of classes.slice(0, most)) {
    console.log(`${String(count).padStart(6)}  ${name}`);
    for (const sample of samples) console.log(`          ${sample}`);
  }
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '–' : (part / whole).toFixed(4);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
}
