import { describe, expect, it } from 'vitest';
import { looksLikeAddress, parseAddress } from './address.ts';

describe('the address of a Neo4j', () => {
  it.each([
    ['neo4j://me@host:7687/graph', 'neo4j://host:7687', 'me', 'graph'],
    ['bolt://host', 'bolt://host', 'neo4j', undefined],
    ['neo4j+s://a%40b@host/db', 'neo4j+s://host', 'a@b', 'db'],
    ['bolt+ssc://[::1]:7687/', 'bolt+ssc://[::1]:7687', 'neo4j', undefined],
  ])('is read: %s', (text, uri, user, database) => {
    expect(parseAddress(text)).toMatchObject({ uri, user, database });
    expect(parseAddress(parseAddress(text).text)).toMatchObject({ uri, user, database });
  });

  it.each([
    'neo4j://me:secret@host',
    'neo4j://:secret@host/db',
    'http://me:secret@host',
    'neo4j://secret@',
    'neo4j://host/db/secret',
    'neo4j://host?password=secret',
    'neo4j:secret',
    'secret',
  ])('is refused without being repeated: %s', (text) => {
    expect(() => parseAddress(text)).toThrow(/^(?!.*secret).*(write it as neo4j|leave it out)/);
  });

  it('is told from other words', () => {
    expect(['neo4j://x', 'bolt+s://x', 'neo4j'].every(looksLikeAddress)).toBe(true);
    expect(['ladybug', 'sqlite', 'neo4jays'].some(looksLikeAddress)).toBe(false);
  });
});
