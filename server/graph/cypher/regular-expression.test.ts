import { describe, expect, it } from 'vitest';
import { UserError } from '../../protocol/user-error.ts';
import { prepareQuery } from './prepare.ts';

const where = (condition: string) =>
  /WHERE (.*) RETURN/.exec(
    prepareQuery(`MATCH (n) WHERE ${condition} RETURN n`, {
      ...{ engine: { name: 'neo4j', workspace: 'w' }, rowLimit: 1 },
    }).text,
  )?.[1];

describe('a pattern of =~', () => {
  it.each([
    ["n.name =~ 'run'", "`n`.`name` = 'run'"],
    ["n.name =~ '.*Test'", "`n`.`name` ENDS WITH 'Test'"],
    ["n.name =~ 'get.*'", "`n`.`name` STARTS WITH 'get'"],
    ["n.file =~ '.*\\\\.ts'", "`n`.`file` ENDS WITH '.ts'"],
    ["n.doc =~ '^.*to do.*$'", "`n`.`doc` CONTAINS 'to do'"],
    ["n.doc =~ '(?i).*TODO.*'", "toLower(`n`.`doc`) CONTAINS toLower('TODO')"],
    ["n.name =~ '(?:get|set).*'", "(`n`.`name` STARTS WITH 'get') OR (`n`.`name` STARTS WITH 'set')"],
  ])('%s is plain text', (pattern, condition) => {
    expect(where(pattern)).toBe(condition);
  });

  it.each([
    "n.name =~ '[A-Z][a-z]+[0-9]*'",
    "n.doc =~ '[A-Z].*'",
    "n.name =~ '(get|set)[A-Z].*'",
    "n.name =~ 'a{2,3}b?c'",
    "toLower(n.name) =~ '.*a.b.*'",
  ])('%s stays one', (pattern) => {
    expect(where(pattern)).toContain(' =~ ');
  });

  it.each([
    "n.name =~ '(a+)+'",
    "n.name =~ '(a|aa)*'",
    "n.name =~ '(?:a?){20}'",
    "n.name =~ 'a*a*a*b'",
    "n.doc =~ 'a*a*b'",
    "n.doc =~ '.*a.b.*'",
    "n.name + n.doc =~ 'a*b*'",
    "n.name =~ 'a{9000}'",
    "n.name =~ 'a{2,}b{2,}c{2,}'",
    "n.name =~ '(?!x).*'",
    "n.name =~ '(?<=x)y'",
    "n.name =~ '(.)\\\\1'",
    "n.name =~ 'a*+b'",
    "n.name =~ '[a-z&&[^b]]'",
    "n.name =~ '[a'",
    "n.name =~ '('",
    'n.name =~ n.doc',
    `n.name =~ '${'a?'.repeat(101)}'`,
    `n.name =~ '${'a?'.repeat(30)}${'a'.repeat(30)}'`,
    `n.name =~ '${'(a|a)'.repeat(30)}b'`,
    `n.name =~ '${'a{0,20}'.repeat(9)}b'`,
  ])('%s is refused', (pattern) => {
    expect(() => where(pattern)).toThrow(UserError);
  });
});
