import { EDGE_COLUMNS, namesOf, NODE_COLUMNS } from '../schema.ts';

const nodeColumns = namesOf(NODE_COLUMNS);
const edgeColumns = namesOf(EDGE_COLUMNS);

interface Entity {
  properties: Record<string, unknown>;
}

/**
 * A driver's value as JSON, as the embedded store gives it: nodes and relationships by all properties that the schema
 * has, paths by their two lists. The workspace is not shown.
 */
export function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (isEntity(value, 'labels')) return shown(value, nodeColumns);
  if (isEntity(value, 'type')) return shown(value, edgeColumns);
  if (isPath(value)) {
    const [first] = value.segments;
    const nodes = [first?.start ?? value.start, ...value.segments.map(({ end }) => end)];
    return {
      nodes: nodes.map(plain),
      relationships: value.segments.map(({ relationship }) => plain(relationship)),
    };
  }
  // Dates, durations, points: no text of Weft's makes one, a query may.
  if (Object.getPrototypeOf(value) !== Object.prototype) return textOf(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function isEntity(value: object, own: 'labels' | 'type'): value is Entity {
  return own in value && 'properties' in value && 'identity' in value;
}

interface Path {
  start: unknown;
  segments: { start: unknown; relationship: unknown; end: unknown }[];
}

function isPath(value: object): value is Path {
  return 'segments' in value && 'start' in value && 'end' in value;
}

function shown({ properties }: Entity, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, plain(properties[column])]));
}

function textOf(value: object): string {
  const text: unknown = (value as { toString(): unknown }).toString();
  return typeof text === 'string' ? text : JSON.stringify(value);
}
