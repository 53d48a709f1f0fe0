import { expect, test, vi } from 'vitest';
import { readJpeg } from '../../../../src/nn/index.ts';
import { refusal } from '../../../helpers/refusal.ts';

vi.mock('jpeg-js', () => {
  throw new Error("Cannot find package 'jpeg-js'");
});

test('readJpeg says which package to install where it is not', async () => {
  const frame = Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 0, 1, 0, 1, 1);
  expect(await refusal(() => readJpeg(frame))).toMatch(
    /^UnsupportedError: Cannot read a JPEG image: the package jpeg-js must be installed, received '.*'; npm install jpeg-js$/s,
  );
});
