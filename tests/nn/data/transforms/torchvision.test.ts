/** Transforms against torchvision.transforms.v2 (make_goldens.py). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as nn from '../../../../src/nn/index.ts';

interface Answer {
  readonly shape: readonly [number, number, number];
  readonly answer: nn.NestedNumbers;
}

const golden = JSON.parse(readFileSync(new URL('torchvision.json', import.meta.url), 'utf8')) as {
  readonly normalize: nn.NestedNumbers;
  readonly flips: readonly nn.NestedNumbers[];
  readonly centerCrop: readonly (Answer & { readonly size: readonly [number, number] })[];
  readonly pad: readonly (Answer & {
    readonly padding: readonly [number, number, number, number];
    readonly mode: nn.PaddingMode;
  })[];
  readonly resize: readonly (Answer & { readonly size: readonly [number, number] | readonly [number] })[];
  readonly rotate: readonly (Answer & {
    readonly angle: number;
    readonly interpolation: 'nearest' | 'bilinear';
    readonly fill: nn.Fill;
  })[];
};

/** What `image` in make_goldens.py makes. */
function image(...shape: readonly [number, number, number]): nn.Tensor {
  const size = shape[0] * shape[1] * shape[2];
  const data = Float32Array.from({ length: size }, (_, at) => ((at * at * 7 + at * 3) % 17) / 16);
  return new nn.Tensor(data, shape);
}

/** Equal but for a few last bits: torch sums in single precision. */
function expectClose(given: nn.Tensor, answer: nn.NestedNumbers, what: string): void {
  const expected = nn.tensor(answer);
  expect(given.shape, what).toEqual(expected.shape);
  const worst = given.data.reduce((most, x, i) => Math.max(most, Math.abs(x - expected.data[i]!)), 0);
  expect(worst, what).toBeLessThan(2e-6);
}

test('normalize: to the bit', () => {
  const scale = nn.normalize({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
  expect(scale(image(3, 2, 3))).toEqual(nn.tensor(golden.normalize));
});

test('horizontalFlip, verticalFlip: to the bit', () => {
  const flips = [nn.horizontalFlip, nn.verticalFlip].map(flip => flip(image(2, 3, 4)));
  expect(flips).toEqual(golden.flips.map(answer => nn.tensor(answer)));
});

test.each(golden.centerCrop)('centerCrop to $size of $shape: to the bit', ({ shape, size, answer }) => {
  expect(nn.centerCrop(size)(image(...shape))).toEqual(nn.tensor(answer));
});

test.each(golden.pad)('pad by $padding, $mode: to the bit', ({ shape, padding, mode, answer }) => {
  expect(nn.pad(padding, { paddingMode: mode, fill: 0.5 })(image(...shape))).toEqual(nn.tensor(answer));
});

test.each(golden.resize)('resize to $size of $shape', ({ shape, size, answer }) => {
  const [h, w] = size;
  expectClose(nn.resize(w === undefined ? h : [h, w])(image(...shape)), answer, 'resized');
});

test.each(golden.rotate)('rotate by $angle, $interpolation, of $shape', ({ shape, angle, answer, ...options }) => {
  const { interpolation, fill } = options;
  const rotated = nn.rotate(image(...shape), angle, { interpolation, fill });
  if (interpolation === 'nearest') expect(rotated).toEqual(nn.tensor(answer));
  else expectClose(rotated, answer, 'rotated');
});
