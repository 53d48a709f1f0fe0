import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { plainSha256, sha256 } from '../../src/core/sha256.ts';
import { DummyClassifier, manifest } from '../../src/index.ts';

test('plainSha256: the digest of "abc" is that of the standard', () => {
  expect(plainSha256(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test("plainSha256 and the host's agree at every length around the edges of blocks", async () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(plainSha256(bytes), `${length} bytes`).toBe(expected);
    expect(await sha256(bytes)).toBe(expected);
  }
});

test('manifests are the same on pages that are not secure, where the host has no digests', async () => {
  const estimator = new DummyClassifier();
  const secure = await manifest({ X: [[1, 2]], y: [0], estimator });
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const insecure = await manifest({ X: [[1, 2]], y: [0], estimator });
  vi.unstubAllGlobals();
  expect(insecure).toEqual(secure);
});
