import { writeFileSync, renameSync } from 'node:fs';
import { activationTests } from './activation.ts';
import { byteTests } from './bytes.ts';
import { confirmationTests } from './confirmations.ts';
import { graphTests } from './graph.ts';
import type { HostTest } from './host-test.ts';
import { mainJobTests } from './main-job.ts';
import { quickFixTests } from './quick-fix.ts';
import { restrictedTests } from './restricted.ts';
import { serverProcessTests } from './server-process.ts';
import { severalFilesTests } from './several-files.ts';
import { stopTests } from './stop.ts';
import { viewTests } from './views.ts';

/** Every test that runs inside VS Code, by the window it runs in. A new file of tests is one line here. */
const SUITES: Record<string, readonly HostTest[]> = {
  trusted: [
    ...activationTests,
    ...graphTests,
    ...confirmationTests,
    ...viewTests,
    ...serverProcessTests,
    ...severalFilesTests,
    ...byteTests,
    ...mainJobTests,
    ...quickFixTests,
    ...stopTests,
  ],
  restricted: restrictedTests,
};

/** Called by VS Code in the extension host; says what came of the tests in the file the launcher waits for. */
export async function run(): Promise<void> {
  const { WEFT_HOST_RESULTS: file, WEFT_HOST_SUITE: suite = '', WEFT_HOST_FILTER: filter = '' } = process.env;
  if (file === undefined) throw new Error('WEFT_HOST_RESULTS is not set');
  const tests = SUITES[suite];
  if (!tests) throw new Error(`there is no suite "${suite}"`);
  const told: { name: string; ms: number; error?: string }[] = [];
  for (const test of tests.filter((t) => t.name.includes(filter))) {
    const start = Date.now();
    try {
      await withTimeLimit(test);
      told.push({ name: test.name, ms: Date.now() - start });
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      told.push({ name: test.name, ms: Date.now() - start, error: text });
    }
  }
  const failed = told.filter((t) => t.error !== undefined).length;
  writeFileSync(`${file}.part`, JSON.stringify({ failed, tests: told }));
  renameSync(`${file}.part`, file);
  if (failed > 0) throw new Error(`${failed} host tests failed`);
}

async function withTimeLimit(test: HostTest): Promise<void> {
  const limit = test.timeoutMs ?? 60_000;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${limit / 1000} s`)), limit);
  });
  try {
    await Promise.race([test.run(), late]);
  } finally {
    clearTimeout(timer);
  }
}
