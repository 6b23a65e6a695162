/** Where a test's id says that it stands, and by which name. */
export interface TestPlace {
  /** Relative to the workspace, or absolute where the runner says so. */
  file: string;
  name: string;
}

/**
 * Reads a runner's own test id: pytest's `tests/test_a.py::Class::test_b[1]`, and `test/a.test.js > suite > name`
 * of the JavaScript runners. Undefined for an id that names no file.
 */
export function testPlace(id: string): TestPlace | undefined {
  const pytest = /^([^[]+?\.py)::([^[]+)/.exec(id);
  const [file, ...names] = pytest ? [pytest[1], ...(pytest[2] ?? '').split('::')] : id.split(' > ');
  const name = names.at(-1)?.trim();
  return file?.trim() && name ? { file: file.trim(), name } : undefined;
}

/** 0-based line on which a test of this name is declared, or undefined. */
export function lineOfTest(text: string, name: string): number | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const python = new RegExp(`^\\s*(?:async\\s+)?def\\s+${escaped}\\b`);
  const quoted = new RegExp(`(['"\`])${escaped}\\1`);
  for (const declares of [python, quoted]) {
    const line = lines.findIndex((candidate) => declares.test(candidate));
    if (line >= 0) return line;
  }
  return undefined;
}
