/**
 * A reporter for vitest that also puts Weft's test runner into every project before tests run: nothing of the
 * project's own configuration has to be replaced for it. vitest 1 to 5.
 */
import { appendFileSync, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeError, describeTest, fileOf, idOf, suitesIn, testsIn } from './weft-vitest-tasks.mjs';

export class WeftReporter {
  #settings;
  #context;
  #ended = false;

  /** `settings`: those of the runner, and the `folder` that is free for files. */
  constructor(settings) {
    this.#settings = settings;
  }

  onInit(context) {
    this.#context = context;
    // Nothing is kept of a run: the folder for it is the user's.
    const { results, dependencies, _results, _dependencies } = context.cache ?? {};
    for (const cache of [results, dependencies, _results, _dependencies])
      for (const name of ['cachePath', 'path']) if (cache?.[name]) cache[name] = null;
    // vitest 5 gives the workers source maps only when a debugger may come.
    if (this.#settings.coverage && context.config.inspector)
      context.config.inspector = { ...context.config.inspector, openInMainProcess: true };
    const projects = context.projects?.length > 0 ? context.projects : [context.getCoreWorkspaceProject?.()];
    projects.filter(Boolean).forEach((project, i) => this.#prepare(project, i));
  }

  /** vitest 1 to 3. */
  onPathsCollected(paths = []) {
    if (this.#context.projects.length <= 1)
      this.#tell({ files: paths.map((filepath) => this.#idOfFile({ filepath })) });
  }

  /** vitest 3 and later. */
  onTestRunStart(specifications) {
    const files = specifications.map((one) => ({ filepath: one.moduleId, projectName: one.project.name }));
    this.#tell({ files: files.map((file) => this.#idOfFile(file)) });
  }

  /** vitest 1 to 3. */
  onFinished(files = [], errors = []) {
    this.#end(files, errors);
  }

  /** vitest 3 and later. */
  onTestRunEnd(modules, errors = []) {
    this.#end(this.#context?.state.getFiles() ?? [], errors);
  }

  #prepare(project, i) {
    const { config } = project;
    const { limitMs, select, root } = this.#settings;
    if (select) onlyFiles(project, new Set(select.map((id) => fileOfId(root, id))));
    if (config.browser?.enabled) return;
    config.includeTaskLocation = true;
    if (limitMs > 0 && config.testTimeout > 0) config.testTimeout = Math.min(config.testTimeout, limitMs);
    config.runner = this.#writeRunner(config.runner, i);
  }

  /** A module that makes Weft's runner of the project's. It must be TypeScript if that may be. */
  #writeRunner(own, i) {
    const { folder, limitMs, ...settings } = this.#settings;
    const { path: base, name } = own ? { path: own, name: 'default' } : vitestRunner();
    const from = own ? base : pathToFileURL(base).href;
    const file = path.join(folder, own ? `runner-${i}.ts` : `runner-${i}.mjs`);
    const weft = new URL('./weft-vitest-runner.mjs', import.meta.url);
    // vitest's own time limit comes first where it can.
    const given = JSON.stringify({ ...settings, limitMs: limitMs > 0 ? limitMs + 1_000 : 0 });
    writeFileSync(
      file,
      `import { withWeft } from ${JSON.stringify(own ? weft.pathname : weft.href)};\n` +
        `import { ${name} as Base } from ${JSON.stringify(from)};\n` +
        `export default withWeft(Base, ${given});\n`,
    );
    return file;
  }

  #end(files, errors) {
    if (this.#ended) return;
    this.#ended = true;
    const { root } = this.#settings;
    for (const file of files) {
      for (const test of testsIn(file)) this.#tell({ ended: describeTest(root, test) });
      for (const suite of suitesIn(file)) {
        const [error] = suite.result?.errors ?? (suite.result?.error ? [suite.result.error] : []);
        if (error)
          this.#tell({
            broken: { id: idOf(root, suite), file: fileOf(root, suite), error: describeError(error) },
          });
      }
    }
    for (const error of errors) {
      const file = error?.VITEST_TEST_PATH;
      const id = typeof file === 'string' ? fileOf(root, { filepath: file }) : 'vitest';
      this.#tell({ unhandled: { id, error: describeError(error) } });
    }
    this.#tell({ end: true });
  }

  #idOfFile(file) {
    return idOf(this.#settings.root, { ...file, tasks: [] });
  }

  #tell(row) {
    const { rows, key } = this.#settings;
    appendFileSync(rows, JSON.stringify({ key, ...row }) + '\n');
  }
}

/** The runner that this vitest would take: since 4.1 its own entry has it. */
function vitestRunner() {
  const home = vitestHome();
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const [major, minor] = version.split('.').map(Number);
  const inEntry = major > 4 || (major === 4 && minor >= 1);
  return inEntry
    ? { path: path.join(home, 'dist', 'index.js'), name: 'TestRunner' }
    : { path: path.join(home, 'dist', 'runners.js'), name: 'VitestTestRunner' };
}

function vitestHome() {
  for (const from of [process.argv[1], path.join(process.cwd(), 'x.js')]) {
    try {
      const real = existsSync(from) ? realpathSync(from) : from;
      const manifest = /[\\/]vitest[\\/]vitest\.mjs$/.test(real)
        ? path.join(path.dirname(real), 'package.json')
        : createRequire(real).resolve('vitest/package.json');
      return path.dirname(manifest);
    } catch {
      // The other way.
    }
  }
  throw new Error('vitest is not installed where the tests are');
}

/** Takes test files out that hold no wanted test; what the project finds stays its own affair. */
function onlyFiles(project, wanted) {
  const find = project.globTestFiles.bind(project);
  const keep = (files) => files?.filter((file) => wanted.has(path.normalize(file)));
  project.globTestFiles = async (...args) => {
    const found = await find(...args);
    if (Array.isArray(found)) return keep(found);
    return { ...found, testFiles: keep(found.testFiles), typecheckTestFiles: keep(found.typecheckTestFiles) };
  };
}

function fileOfId(root, id) {
  return path.resolve(root, (id.split(' > ', 1)[0] ?? '').replace(/^\|[^|]*\| /, ''));
}
