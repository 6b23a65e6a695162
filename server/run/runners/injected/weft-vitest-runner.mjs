/**
 * The test runner that vitest's workers load: the one that the project has, which also tells what is collected, which
 * test runs, and how it ended, before anything that follows can end the worker.
 */
import { watchTests } from './weft-test-watch.mjs';
import { describeTest, idOf, suitesIn, testsIn } from './weft-vitest-tasks.mjs';

/** The test that runs alone now: vitest says nothing of its end when it skips itself. */
let alone;
/** One a worker, however many files it runs and however often this is asked for. */
let watch;

/** `settings`: those of `watchTests`, and the ids of tests and whole files of `select`, if not all tests run. */
export function withWeft(Base, settings) {
  const { root } = settings;
  const selected = settings.select && new Set(settings.select);
  watch ??= watchTests(settings);
  return class extends Base {
    async onBeforeRunFiles(files) {
      const tests = files.flatMap(testsIn);
      watch.tell({
        collected: tests.map((test) => ({
          ...describeTest(root, test),
          runs: test.mode !== 'skip' && test.mode !== 'todo',
        })),
      });
      if (selected) for (const file of files) if (!selected.has(idOf(root, file))) select(file);
      await watch.ready;
      return super.onBeforeRunFiles?.(files);
    }

    async onBeforeRunTask(test) {
      await super.onBeforeRunTask?.(test);
      if (!isTest(test) || (test.mode !== 'run' && test.mode !== 'queued')) return;
      const id = idOf(root, test);
      if (alone !== undefined && !test.concurrent) watch.finished(alone);
      if (!test.concurrent) alone = id;
      watch.started(id);
    }

    async onAfterRunTask(test) {
      await super.onAfterRunTask?.(test);
      if (!isTest(test)) return;
      const id = idOf(root, test);
      if (alone === id) alone = undefined;
      watch.finished(id);
      watch.tell({ ended: describeTest(root, test) });
    }

    async onAfterRunFiles(files) {
      if (alone !== undefined) watch.finished(alone);
      alone = undefined;
      watch.end();
      return super.onAfterRunFiles?.(files);
    }
  };

  function select(file) {
    for (const test of testsIn(file))
      if (!selected.has(idOf(root, test)) && test.mode !== 'todo') test.mode = 'skip';
    // Its hooks would run for nothing.
    for (const suite of suitesIn(file).reverse())
      if (suite !== file && suite.tasks.every(({ mode }) => mode === 'skip' || mode === 'todo'))
        suite.mode = 'skip';
  }
}

function isTest(task) {
  return task.type !== 'suite' && !task.meta?.benchmark;
}
