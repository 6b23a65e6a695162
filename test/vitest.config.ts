import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { vscode: path.join(import.meta.dirname, 'faults/support/vscode-stand-in.ts') } },
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    dir: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    maxConcurrency: 2,
  },
});
