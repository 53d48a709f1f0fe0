import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multiplySingleInto, multiplySingleWork, type SingleProductOptions } from '../../src/kernels/index.ts';
import { MAX_OPS } from '../../src/work/index.ts';
import { checkpoints } from '../helpers/checkpoints.ts';
import { elementsOf } from './product.ts';

/** Sizes on and beside the edges of registers (4), panels (8) and blocks (256), and none at all. */
const size = fc.oneof(fc.constantFrom(0, 1, 3, 4, 5, 7, 8, 9, 255, 256, 257, 300), fc.integer({ min: 0, max: 40 }));
const shape = fc.record({
  ...{ m: size, n: size, k: size },
  ...{ aTransposed: fc.boolean(), bTransposed: fc.boolean(), isAdded: fc.boolean() },
  ...{ gap: fc.constantFrom(0, 1, 6), offset: fc.constantFrom(0, 3) },
  special: fc.constantFrom(undefined, Number.NaN, Infinity, -0),
});

test('multiplySingleInto equals the definition to the bit, for every shape, layout and transpose', () => {
  fc.assert(
    fc.property(shape, drawn => {
      const product = makeProduct(drawn);
      const expected = byDefinition(product);
      multiplySingleInto(product);
      expect(product.c).toEqual(expected);
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('multiplySingleWork gives the same, and stops at least every 2^22 multiplications', () => {
  const options = { m: 90, n: 260, k: 300, aTransposed: false, bTransposed: true, isAdded: true, gap: 1, offset: 3 };
  const product = makeProduct({ ...options, special: undefined });
  const expected = byDefinition(product);
  let ops = 0;
  for (const checkpoint of checkpoints(multiplySingleWork(product))) {
    expect(checkpoint.ops).toBeLessThanOrEqual(MAX_OPS);
    ops += checkpoint.ops;
  }
  expect(ops).toBe(90 * 260 * 300);
  expect(product.c).toEqual(expected);
});

test('works that take turns do not disturb one another', () => {
  const products = [30, 31, 29].map(m =>
    makeProduct({ m, n: 30, k: 600, aTransposed: true, bTransposed: false, isAdded: false, gap: 0, offset: 0 }),
  );
  const expected = products.map(byDefinition);
  const works = products.map(product => multiplySingleWork(product));
  for (let running = works.length; running > 0; ) running = works.filter(work => !work.next().done).length;
  expect(products.map(({ c }) => c)).toEqual(expected);
});

test('without steps a product is zero, and nothing is added', () => {
  const c = Float32Array.of(1, 2);
  const options = { m: 1, n: 2, k: 0, a: new Float32Array(0), b: new Float32Array(0), c };
  multiplySingleInto({ ...options, isAdded: true });
  expect(c).toEqual(Float32Array.of(1, 2));
  multiplySingleInto(options);
  expect(c).toEqual(Float32Array.of(0, 0));
});

test('an operand that ends outside its array is refused', () => {
  const four = new Float32Array(4);
  expect(() => multiplySingleInto({ m: 2, n: 2, k: 2, a: four, aOffset: 1, b: four, c: new Float32Array(4) })).toThrow(
    'internal: an operand of 2 x 2 ends at 5 of 4 floats',
  );
});

interface Drawn {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly aTransposed: boolean;
  readonly bTransposed: boolean;
  readonly isAdded: boolean;
  readonly gap: number;
  readonly offset: number;
  readonly special?: number | undefined;
}

function makeProduct({ gap, offset, special, ...drawn }: Drawn): Required<SingleProductOptions> {
  const { m, n, k, aTransposed, bTransposed } = drawn;
  const aStride = (aTransposed ? m : k) + gap;
  const bStride = (bTransposed ? k : n) + gap;
  const a = wave(offset + (aTransposed ? k : m) * aStride, 0.7);
  const b = wave(offset + (bTransposed ? n : k) * bStride, 1.3);
  if (special !== undefined) a[a.length >> 1] = special;
  if (special !== undefined) b[b.length >> 2] = special;
  const c = wave(offset + m * (n + gap), 2.1);
  return { ...drawn, a, b, c, aStride, bStride, cStride: n + gap, aOffset: offset, bOffset: offset, cOffset: offset };
}

function wave(length: number, pace: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(1 + i * pace));
}

/** C as it will be. */
function byDefinition(product: Required<SingleProductOptions>): Float32Array {
  const { m, n, k, a, b, aTransposed, bTransposed, aOffset, bOffset, cOffset, aStride, bStride, cStride } = product;
  const before = product.c.slice();
  const c = product.isAdded ? (i: number, j: number) => before[cOffset + i * cStride + j]! : undefined;
  const factors = {
    ...{ m, n, k, c, round: Math.fround },
    a: (i: number, s: number) => a[aOffset + (aTransposed ? s * aStride + i : i * aStride + s)]!,
    b: (s: number, j: number) => b[bOffset + (bTransposed ? j * bStride + s : s * bStride + j)]!,
  };
  const after = before.slice();
  elementsOf(factors).forEach((value, at) => {
    after[cOffset + Math.floor(at / n) * cStride + (at % n)] = value;
  });
  return after;
}
