import { defineConfig } from 'vitest/config';

const here = (path: string): string => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: {
      'fitwise/nn': here('./src/nn/index.ts'),
      'fitwise/testing': here('./src/testing/index.ts'),
      fitwise: here('./src/index.ts'),
    },
  },
  test: {
    setupFiles: ['tests/helpers/worker.ts'],
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'tests', include: ['tests/**/*.test.ts'], exclude: ['tests/examples/**'], pool: 'threads' },
      },
      // A process of their own, because examples write files into the working folder.
      { extends: true, test: { name: 'examples', include: ['tests/examples/**/*.test.ts'], pool: 'forks' } },
    ],
  },
});
