import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { 'fitwise/testing': new URL('./src/testing/index.ts', import.meta.url).pathname, fitwise: new URL('./src/index.ts', import.meta.url).pathname } },
  test: { include: ['tests/**/*.test.ts'], setupFiles: ['tests/helpers/worker.ts'], testTimeout: 60_000, pool: 'threads' },
});
