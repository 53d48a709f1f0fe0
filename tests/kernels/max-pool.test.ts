import fc from 'fast-check';
import { expect, test } from 'vitest';
import { poolByFourBackInto, poolByFourInto } from '../../src/kernels/index.ts';
import { poolByFour, poolByFourBack } from '../../src/kernels/max-pool/reference.ts';

const side = fc.oneof(fc.integer({ min: 0, max: 21 }), fc.constantFrom(64, 200));
/** Few different values, so that many are equal; and NaN. */
const value = fc.constantFrom(-1, 0, 0.5, 1, 2, Number.NaN, -Infinity);

test('pooling by four and its gradient equal their references, with ties and NaN', () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 0, max: 4 }),
      fc.infiniteStream(value),
      (height, width, images, stream) => {
        const x = Float32Array.from({ length: images * height * width }, () => stream.next().value as number);
        const windows = images * (height >> 1) * (width >> 1);
        const grad = Float32Array.from({ length: windows }, (_, i) => i + 1);
        const [y, back, expected, expectedBack] = [windows, x.length, windows, x.length].map(n => new Float32Array(n));
        poolByFourInto(x, { height, width }, y!);
        poolByFourBackInto(x, grad, { height, width }, back!);
        poolByFour(x, { height, width }, expected!);
        poolByFourBack(x, grad, { height, width }, expectedBack!);
        expect([y, back]).toEqual([expected, expectedBack]);
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});

test('the first of equal values gets the gradient, and a NaN is the largest', () => {
  const back = new Float32Array(8);
  poolByFourBackInto(
    Float32Array.of(1, 3, 7, 1, 3, 2, Number.NaN, 7),
    Float32Array.of(5, 6),
    { height: 2, width: 4 },
    back,
  );
  expect(back).toEqual(Float32Array.of(0, 5, 0, 0, 0, 0, 6, 0));
});
