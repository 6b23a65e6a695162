import { callerDepth, isMain, type AnswerEdge, type Judged, type JudgedSite } from './graph-compare.ts';
import type { TruthSite } from './graph-truth.ts';

/** Sites that fail in the same way. */
export interface FailureClass {
  title: string;
  count: number;
  samples: string[];
}

/** In-project sites of the main forms without a right edge, by shape: what to work on next. */
export function missClasses(judged: Judged): FailureClass[] {
  const missed = judged.sites.filter((s) => isMain(s) && s.site.class === 'inProject' && !s.found);
  return classify(
    missed.map(({ site, edges }) => ({
      title: `${titleOf(site)}${edges.length > 0 ? ', answered wrongly' : ''}`,
      text: `${whereIs(site)} → ${targetOf(site)}`,
    })),
  );
}

/** Edges that are wrong, by the class of the site, its shape and the edge's tier. */
export function wrongClasses(judged: Judged): FailureClass[] {
  const atSites = judged.sites.filter(isMain).flatMap(({ site, edges }) => {
    if (site.class === 'functionValue' && site.targets.length === 0) return [];
    return edges
      .filter((e) => !e.right)
      .map(({ edge }) => ({
        title: `${WRONG[site.class]}: ${titleOf(site)}, tier ${edge.tier}`,
        text: `${whereIs(site)} → ${showSymbol(edge)}${site.targets.length > 0 ? `, not ${targetOf(site)}` : ''}`,
      }));
  });
  const elsewhere = judged.elsewhere.map((edge) => ({
    title: `no call site here: form ${edge.site.form ?? 'none'}, tier ${edge.tier}`,
    text: `${edge.from?.file}:${edge.site.line}:${edge.site.column} → ${showSymbol(edge)}`,
  }));
  return classify([...atSites, ...elsewhere]);
}

/** Right edges that leave from another symbol than the innermost named function around the site. */
export function callerClasses(judged: Judged): FailureClass[] {
  return classify(
    judged.sites.filter(isMain).flatMap(({ site, edges }) =>
      edges.flatMap(({ edge, right }) => {
        const depth = callerDepth(site, edge);
        if (!right || depth === 0 || (depth > 0 && site.callers[0]?.kind === 'class')) return [];
        const kind =
          depth > 0 ? 'an outer symbol' : site.callers.length === 0 ? 'no module' : 'another symbol';
        const meant = site.callers[0]?.name ?? 'the module';
        const text = `${whereIs(site)} from ${edge.from?.qualifiedName}, not ${meant}`;
        return [{ title: kind, text }];
      }),
    ),
  );
}

/** Every miss and every wrong edge as a row, for a closer look. */
export function* failureRows(judged: Judged): Iterable<object> {
  for (const { site, edges, found } of judged.sites) {
    if (site.class === 'inProject' && !found)
      yield { failure: 'miss', class: titleOf(site), site, drawn: edges.map(({ edge }) => edge.to) };
    for (const { edge, right } of edges)
      if (!right) yield { failure: 'wrong', class: `${WRONG[site.class]}: ${titleOf(site)}`, site, edge };
  }
  for (const edge of judged.elsewhere) yield { failure: 'wrong', class: 'no call site here', edge };
}

const WRONG: Record<TruthSite['class'], string> = {
  inProject: 'wrong target',
  external: 'target is external',
  functionValue: 'function value',
  unknown: 'unknown to the oracle',
};

export function titleOf({ form, shape, traits }: TruthSite): string {
  const head = form === 'call' || shape.startsWith(form) ? shape : `${form} ${shape}`;
  return traits.length > 0 ? `${head} [${traits.join(', ')}]` : head;
}

/** The largest classes first, each with at most five samples spread over its sites. */
function classify(failures: readonly { title: string; text: string }[]): FailureClass[] {
  const byTitle = new Map<string, string[]>();
  for (const { title, text } of failures) byTitle.set(title, [...(byTitle.get(title) ?? []), text]);
  return [...byTitle]
    .map(([title, texts]) => ({ title, count: texts.length, samples: spread(texts, 5) }))
    .sort((a, b) => b.count - a.count || (a.title < b.title ? -1 : 1));
}

function spread(texts: readonly string[], count: number): string[] {
  const step = Math.max(1, texts.length / count);
  return Array.from({ length: Math.min(count, texts.length) }, (_, i) => texts[Math.floor(i * step)] ?? '');
}

function whereIs({ file, line, column, name }: JudgedSite['site']): string {
  return `${file}:${line}:${column} ${name}`;
}

function targetOf({ targets }: TruthSite): string {
  const [first] = targets;
  return first
    ? `${first.owner === undefined ? '' : `${first.owner}.`}${first.name} (${first.file}:${first.line})`
    : '?';
}

function showSymbol({ to, confidence }: AnswerEdge): string {
  return to ? `${to.qualifiedName} (${to.file}:${to.line}) at ${confidence}` : '?';
}
