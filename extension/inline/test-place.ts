import type { Evidence } from '../../server/protocol/evidence.ts';

/** Where a failing test says that it stands, and by which names. */
export interface TestPlace {
  /** Relative to the workspace, or absolute where the runner says so. */
  file: string;
  /** Classes or suites, outermost first, then the test's own name. */
  names: string[];
  /** 0-based line that the runner told: of the declaration or of a decorator above it. */
  line?: number;
}

/**
 * Reads a runner's own test id: pytest's `tests/test_a.py::Class::test_b[1]`, and `test/a.test.js > suite > name`
 * of the JavaScript runners. Undefined for an id that names no file.
 */
export function testPlace({ id, file: told, line }: Evidence['failing'][number]): TestPlace | undefined {
  const pytest = /^([^[]+?\.py)::([^[]+)/.exec(id);
  const [first, ...names] = pytest ? [pytest[1] ?? '', ...(pytest[2] ?? '').split('::')] : id.split(' > ');
  const file = told ?? first?.trim();
  const trimmed = names.map((name) => name.trim()).filter((name) => name !== '');
  if (!file || trimmed.length === 0) return undefined;
  return { file, names: trimmed, ...(line === undefined ? {} : { line }) };
}

/**
 * 0-based line on which a test is declared, or undefined: the first declaration of its name from the line that the
 * runner told, else below the declarations of its suites, else anywhere.
 */
export function lineOfTest(text: string, { names, line }: Omit<TestPlace, 'file'>): number | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const own = names.at(-1) ?? '';
  if (line !== undefined && line < lines.length) return declarationOf(own, lines, line) ?? line;
  let from = 0;
  for (const suite of names.slice(0, -1)) from = declarationOf(suite, lines, from) ?? from;
  return declarationOf(own, lines, from) ?? declarationOf(own, lines, 0);
}

function declarationOf(name: string, lines: readonly string[], from: number): number | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const python = new RegExp(`^\\s*(?:(?:async\\s+)?def|class)\\s+${escaped}\\b`);
  const quoted = new RegExp(`(['"\`])${escaped}\\1`);
  for (const declares of [python, quoted]) {
    const line = lines.findIndex((candidate, at) => at >= from && declares.test(candidate));
    if (line >= 0) return line;
  }
  return undefined;
}
