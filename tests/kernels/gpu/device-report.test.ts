import { expect, test } from 'vitest';
import { deviceReport } from '../../../src/index.ts';

/** The optional peers are not among this repository's own packages; `scripts/check-gpu.mjs` installs them elsewhere. */
test('without gpu.js the report says that it is not installed', async () => {
  expect(await deviceReport()).toEqual({
    backend: null,
    adapter: null,
    isSoftware: false,
    passedOver: { 'gpu.js': 'the package is not installed' },
  });
});
