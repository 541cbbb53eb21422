import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/support/order.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    globalSetup: ['tests/support/globalSetup.ts'],
    setupFiles: ['tests/support/eachFile.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // The server is loaded once a worker: each file has its own apps and databases, and none changes a module.
    isolate: false,
    sequence: { sequencer: LongFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
});
