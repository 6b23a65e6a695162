import type {
  Group,
  Labels,
  MapEntry,
  MapLiteral,
  NodePattern,
  Path,
  PathElement,
  RelationshipPattern,
  Repeats,
} from './ast.ts';
import type { Grammar } from './parse.ts';
import { Refusal } from './refusal.ts';

/** `p = shortestPath((a)-[:CALLS*1..3]->(b))`, with or without its parts. */
export function parsePath(g: Grammar): Path {
  const { tokens } = g;
  const { start } = tokens.peek();
  return tokens.nested(() => {
    const variable = tokens.isName() && tokens.isMark('=', 1) ? tokens.name('a path') : undefined;
    if (variable !== undefined) tokens.next();
    const call = shortestCall(g);
    if (call) {
      tokens.next();
      tokens.expectMark('(', `behind ${call.name}`);
      const { elements } = parseElements(g);
      tokens.expectMark(')', `at the end of ${call.name}`);
      return { kind: 'path', variable, shortest: call.shortest, elements, ...tokens.spanFrom(start) };
    }
    const shortest = shortestWords(g);
    const { elements } = parseElements(g);
    return { kind: 'path', variable, shortest, elements, ...tokens.spanFrom(start) };
  });
}

function shortestCall({ tokens }: Grammar): { name: string; shortest: 'one' | 'all' } | undefined {
  if (!tokens.isMark('(', 1)) return undefined;
  if (tokens.isWord('SHORTESTPATH')) return { name: 'shortestPath', shortest: 'one' };
  if (tokens.isWord('ALLSHORTESTPATHS')) return { name: 'allShortestPaths', shortest: 'all' };
  return undefined;
}

/** `ANY SHORTEST`, `SHORTEST 1` and `ALL SHORTEST`, between the name and the pattern. */
function shortestWords({ tokens }: Grammar): 'one' | 'all' | undefined {
  if (tokens.words('ANY', 'SHORTEST')) return 'one';
  if (tokens.words('ALL', 'SHORTEST')) return 'all';
  if (!tokens.isWord('SHORTEST')) return undefined;
  const word = tokens.next();
  if (tokens.peek().text !== '1')
    throw new Refusal('only SHORTEST 1 and ALL SHORTEST can be asked for', word, {
      hint: 'write MATCH p = shortestPath((a)-[:CALLS*1..6]->(b))',
    });
  tokens.next();
  return 'one';
}

function parseElements(g: Grammar): { elements: PathElement[] } {
  const { tokens } = g;
  const elements: PathElement[] = [parseNodeOrGroup(g)];
  for (;;) {
    tokens.chain(elements.length);
    if (tokens.isMark('-') || tokens.isMark('<')) elements.push(parseRelationship(g), parseNode(g));
    else if (tokens.isMark('(')) elements.push(parseNodeOrGroup(g));
    else break;
  }
  elements.forEach((element, i) => {
    if (element.kind === 'node' && elements[i - 1]?.kind === 'node')
      throw new Refusal('two nodes stand side by side', element, {
        hint: 'join them, as in (a)-[:CALLS]->(b)',
      });
  });
  return { elements };
}

function parseNodeOrGroup(g: Grammar): NodePattern | Group {
  const { tokens } = g;
  const isGroup =
    tokens.isMark('(') &&
    (tokens.isMark('(', 1) || (tokens.isName(1) && tokens.isMark('=', 2) && tokens.isMark('(', 3)));
  return isGroup ? tokens.nested(() => parseGroup(g)) : parseNode(g);
}

function parseGroup(g: Grammar): Group {
  const { tokens } = g;
  const { start } = tokens.next();
  const path = g.path();
  const where = tokens.words('WHERE') ? g.expression() : undefined;
  tokens.expectMark(')', 'at the end of the group');
  const repeats = parseQuantifier(g);
  if (!repeats)
    throw tokens.unexpected('how often the group repeats', {
      hint: 'write {1,3} behind it, or leave its brackets out',
    });
  return { kind: 'group', path, where, repeats, ...tokens.spanFrom(start) };
}

function parseNode(g: Grammar): NodePattern {
  const { tokens } = g;
  const { start } = tokens.expectMark('(', 'of a node');
  const variable = tokens.isName() ? tokens.name('a variable') : undefined;
  const labels = tokens.mark(':') ? parseLabels(g) : undefined;
  const properties = parseProperties(g);
  const where = tokens.words('WHERE') ? g.expression() : undefined;
  tokens.expectMark(')', 'at the end of the node');
  return { kind: 'node', variable, labels, properties, where, ...tokens.spanFrom(start) };
}

function parseRelationship(g: Grammar): RelationshipPattern {
  const { tokens } = g;
  const { start } = tokens.peek();
  const isLeft = tokens.mark('<');
  tokens.expectMark('-', 'of a relationship');
  const inner = tokens.mark('[') ? parseInner(g) : {};
  tokens.expectMark('-', 'of a relationship');
  const isRight = tokens.mark('>');
  const quantifier = parseQuantifier(g);
  if (quantifier && 'repeats' in inner && inner.repeats)
    throw new Refusal('a relationship repeats twice', tokens.spanFrom(start), {
      hint: 'write either *1..3 or {1,3}',
    });
  return {
    kind: 'relationship',
    direction: isLeft === isRight ? 'both' : isLeft ? 'left' : 'right',
    ...inner,
    ...(quantifier ? { repeats: quantifier } : {}),
    ...tokens.spanFrom(start),
  };
}

function parseInner(g: Grammar): Partial<RelationshipPattern> {
  const { tokens } = g;
  const variable = tokens.isName() ? tokens.name('a variable') : undefined;
  const types = tokens.mark(':') ? parseLabels(g) : undefined;
  const repeats = tokens.mark('*') ? parseStar(g) : undefined;
  const properties = parseProperties(g);
  const where = tokens.words('WHERE') ? g.expression() : undefined;
  tokens.expectMark(']', 'at the end of the relationship');
  return { variable, types, repeats, properties, where };
}

/** What follows `*`: nothing, `2`, `1..3`, `..3` or `1..`. */
function parseStar(g: Grammar): Repeats {
  const { tokens } = g;
  const word = tokens.peek();
  if (word.kind === 'word' && /^(TRAIL|ACYCLIC|WALK|SHORTEST|ALL|WSHORTEST)$/i.test(word.text))
    throw new Refusal(`"*${word.text}" is read by one store only`, word, {
      hint: 'write shortestPath((a)-[:CALLS*1..6]->(b)), or count paths by their DISTINCT ends',
    });
  const least = count(g);
  if (!tokens.mark('..')) return { star: true, least, most: least };
  return { star: true, least, most: count(g) };
}

/** `{1,3}`, `{2}`, `{,3}`, `+` or `*` behind an arrow or a group. */
function parseQuantifier(g: Grammar): Repeats | undefined {
  const { tokens } = g;
  if (tokens.mark('+')) return { star: false, least: 1 };
  if (tokens.mark('*')) return { star: false, least: 0 };
  if (!tokens.mark('{')) return undefined;
  const least = count(g);
  const most = tokens.mark(',') ? count(g) : least;
  tokens.expectMark('}', 'at the end of how often it repeats');
  return { star: false, least: least ?? 0, most };
}

function count({ tokens }: Grammar): number | undefined {
  const { kind, text } = tokens.peek();
  if (kind !== 'number') return undefined;
  if (!/^\d{1,6}$/.test(text)) throw tokens.unexpected('a count');
  tokens.next();
  return Number(text);
}

function parseProperties(g: Grammar): MapLiteral | undefined {
  if (g.tokens.peek().kind === 'parameter')
    throw new Refusal('a parameter cannot hold the properties of a pattern', g.tokens.peek(), {
      hint: 'name each, as in {name: $name}',
    });
  return g.tokens.isMark('{') ? g.map() : undefined;
}

export function parseMap(g: Grammar): MapLiteral {
  const { tokens } = g;
  const { start } = tokens.expectMark('{', 'of a map');
  return tokens.nested(() => {
    const entries: MapEntry[] = [];
    while (!tokens.isMark('}')) {
      if (entries.length > 0) tokens.expectMark(',', 'between entries');
      const entry = tokens.peek().start;
      const key = tokens.key('a key');
      if (entries.some((other) => other.key === key))
        throw new Refusal(`"${key}" stands twice in a map`, tokens.spanFrom(entry));
      tokens.expectMark(':', `behind the key "${key}"`);
      const value = g.expression();
      entries.push({ kind: 'entry', key, value, ...tokens.spanFrom(entry) });
    }
    tokens.next();
    return { kind: 'map', entries, ...tokens.spanFrom(start) };
  });
}

/** `A|B`, `A:B`, `A&!B`, `%`, with brackets; the colon before them is read already. */
export function parseLabels(g: Grammar): Labels {
  const { tokens } = g;
  return tokens.nested(() => {
    const any = [parseAllLabels(g)];
    while (tokens.mark('|')) {
      tokens.mark(':');
      any.push(parseAllLabels(g));
      tokens.chain(any.length);
    }
    return any.length === 1 ? any[0]! : { kind: 'orLabels', of: any };
  });
}

function parseAllLabels(g: Grammar): Labels {
  const { tokens } = g;
  const all = [parseLabel(g)];
  while (tokens.mark('&') || tokens.mark(':')) {
    all.push(parseLabel(g));
    tokens.chain(all.length);
  }
  return all.length === 1 ? all[0]! : { kind: 'andLabels', of: all };
}

function parseLabel(g: Grammar): Labels {
  const { tokens } = g;
  if (tokens.mark('!')) return { kind: 'notLabel', of: tokens.nested(() => parseLabel(g)) };
  if (tokens.mark('%')) return { kind: 'anyLabel' };
  if (tokens.mark('(')) {
    const labels = parseLabels(g);
    tokens.expectMark(')', 'at the end of the labels');
    return labels;
  }
  const span = tokens.peek();
  const name = tokens.key('a label or a type');
  return { kind: 'label', name, span: { start: span.start, end: span.end } };
}
