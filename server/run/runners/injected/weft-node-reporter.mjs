/** A reporter for `node --test`: one JSON object a line, each with the key that only the runner knows. */
const key = process.env.WEFT_RESULTS_KEY;
// The processes of the test files inherit this environment: a test must not find the key there.
delete process.env.WEFT_RESULTS_KEY;

const TOLD = new Set([
  'test:enqueue',
  'test:dequeue',
  'test:start',
  'test:complete',
  'test:pass',
  'test:fail',
]);

export default async function* report(source) {
  for await (const { type, data } of source) {
    if (TOLD.has(type)) yield JSON.stringify({ key, event: type.slice(5), ...describe(data) }) + '\n';
  }
  yield JSON.stringify({ key, event: 'end' }) + '\n';
}

function describe(data) {
  const { name, nesting, file, entryFile, line, testId, parentId, skip, todo, details } = data;
  const error = details?.error;
  return {
    name,
    nesting,
    file: entryFile ?? file,
    definedIn: file,
    line,
    testId,
    parentId,
    suite: (details?.type ?? data.type) === 'suite',
    skipped: skip !== undefined || todo !== undefined,
    ms: details?.duration_ms,
    error: error && describeError(error),
  };
}

function describeError(error) {
  const cause = error.cause ?? error;
  const compared = typeof cause === 'object' && cause !== null && 'expected' in cause && 'actual' in cause;
  return {
    kind: error.failureType,
    message:
      typeof cause === 'object' && cause !== null ? String(cause.message ?? error.message) : String(cause),
    stack: typeof cause?.stack === 'string' ? cause.stack : undefined,
    ...(compared ? { expected: show(cause.expected), actual: show(cause.actual) } : {}),
  };
}

function show(value) {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
