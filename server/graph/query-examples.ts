/** What an agent may be about when it asks the graph. */
export const QUERY_TASKS = ['chat', 'debug', 'test', 'generate', 'comment'] as const;
export type QueryTask = (typeof QUERY_TASKS)[number];

export interface QueryExample {
  task: QueryTask;
  question: string;
  /** Parameters begin with `$`. */
  cypher: string;
}

const example = (task: QueryTask, question: string, cypher: string): QueryExample => ({
  task,
  question,
  cypher,
});

/** Queries to start from, in the Cypher that every store reads the same way. */
export const queryExamples: readonly QueryExample[] = [
  example(
    'chat',
    'Where is it, and what is it?',
    'MATCH (n) WHERE n.name = $name RETURN n.id, n.kind, n.signature, n.file, n.startLine, n.endLine',
  ),
  example(
    'chat',
    'What is a class made of?',
    'MATCH (c:Class)-[:HAS_METHOD|HAS_FIELD]->(m) WHERE c.name = $name RETURN m.id, m.kind, m.signature ORDER BY m.startLine',
  ),
  example(
    'chat',
    'Which files import this one?',
    'MATCH (a:Module)-[:IMPORTS]->(b:Module) WHERE b.file = $file RETURN a.file ORDER BY a.file',
  ),
  example(
    'debug',
    'What did a test execute?',
    'MATCH (t:Test)-[:COVERS]->(s) WHERE t.name = $test RETURN s.id, s.file, s.startLine, s.endLine',
  ),
  example(
    'debug',
    'What may a test reach, over three calls?',
    'MATCH (t:Test)-[:CALLS*1..3]->(s) WHERE t.name = $test RETURN DISTINCT s.id, s.signature',
  ),
  example(
    'debug',
    'Who calls it, candidates by name alone left out?',
    "MATCH (c)-[r:CALLS]->(f) WHERE f.name = $name AND r.tier <> 'name' RETURN c.id, r.form, r.`line`, r.tier, r.reason ORDER BY c.id",
  ),
  example(
    'debug',
    'Who reads or writes a field?',
    'MATCH (u)-[r:USES]->(f:Field) WHERE f.name = $name RETURN u.id, r.`line`, r.`count`',
  ),
  example(
    'test',
    'Which tests executed it?',
    'MATCH (t:Test)-[:COVERS]->(s) WHERE s.name = $name RETURN t.id, t.file, t.startLine',
  ),
  example(
    'test',
    'Which functions of a file did no test execute?',
    'MATCH (f:Function) WHERE f.file = $file AND NOT EXISTS { MATCH (:Test)-[:COVERS]->(f) } RETURN f.id, f.signature',
  ),
  example(
    'test',
    'What does it depend on?',
    'MATCH (f)-[r:CALLS]->(d) WHERE f.name = $name RETURN d.id, d.signature, r.form, r.tier',
  ),
  example(
    'generate',
    'What does a file offer to others?',
    'MATCH (n) WHERE n.file = $file AND n.exported RETURN n.id, n.kind, n.signature ORDER BY n.startLine',
  ),
  example(
    'generate',
    'Is there something like it already?',
    "MATCH (n) WHERE n.kind IN ['Function', 'Method', 'Class'] AND toLower(n.name) CONTAINS toLower($word) RETURN n.id, n.signature LIMIT 20",
  ),
  example(
    'generate',
    'How do others implement or extend it?',
    'MATCH (c)-[:IMPLEMENTS|INHERITS]->(b) WHERE b.name = $name RETURN c.id, c.file, c.startLine',
  ),
  example(
    'comment',
    'Which exported functions say nothing of themselves?',
    'MATCH (f:Function) WHERE f.exported AND f.doc IS NULL RETURN f.id, f.signature LIMIT 50',
  ),
  example(
    'comment',
    'What is said of what a method overrides?',
    'MATCH (m)-[:OVERRIDES]->(b) WHERE m.name = $name RETURN b.id, b.signature, b.doc',
  ),
];
