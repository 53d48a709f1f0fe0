import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as reference from '../../src/kernels/channel-lines/reference.ts';
import {
  combineLinesInto,
  scaleLinesInto,
  sumGradientsInto,
  sumLinesInto,
  sumSquaresInto,
} from '../../src/kernels/index.ts';

/** Lines shorter and longer than a register, and than the piece that the arena takes. */
const inner = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(784, 20_003));

test('sums, scalings and gradients by line equal their references to the bit', () => {
  fc.assert(
    fc.property(inner, fc.integer({ min: 1, max: 70 }), fc.integer(), (inner, most, seed) => {
      const lines = Math.min(most, Math.ceil(60_000 / inner));
      const [x, grad] = [wave(lines * inner, seed), wave(lines * inner, seed + 1)].map(values =>
        Float32Array.from(values),
      ) as [Float32Array, Float32Array];
      const [means, slopes, shifts] = [wave(lines, 1), wave(lines, 2), wave(lines, 3)] as [Doubles, Doubles, Doubles];
      const results = [fast, reference].map(versions => {
        const [sums, squares, plain, products] = [0, 1, 2, 3].map(() => new Float64Array(lines)) as Four;
        const [scaled, combined] = [new Float32Array(x.length), new Float32Array(x.length)];
        versions.sumLines(x, inner, sums);
        versions.sumSquares(x, inner, means, squares);
        versions.sumGradients(grad, x, inner, means, plain, products);
        versions.scaleLines(x, inner, slopes, shifts, scaled);
        versions.combineLines(grad, x, inner, means, slopes, shifts, combined);
        return { sums, squares, plain, products, scaled, combined };
      });
      expect(results[0]).toEqual(results[1]);
    }),
    { seed: 1, numRuns: 20 },
  );
});

test('a line by hand: 1 2 3 4 5 sums to 15, and to 10 squared around 3', () => {
  const x = Float32Array.from({ length: 5000 }, (_, i) => 1 + (i % 5));
  const [sums, squares] = [new Float64Array(1000), new Float64Array(1000)];
  sumLinesInto(x, 5, sums);
  sumSquaresInto(x, 5, new Float64Array(1000).fill(3), squares);
  expect(new Set([...sums])).toEqual(new Set([15]));
  expect(new Set([...squares])).toEqual(new Set([10]));
});

const fast = {
  sumLines: sumLinesInto,
  sumSquares: sumSquaresInto,
  sumGradients: sumGradientsInto,
  scaleLines: scaleLinesInto,
  combineLines: combineLinesInto,
};

type Doubles = Float64Array<ArrayBuffer>;
type Four = [Doubles, Doubles, Doubles, Doubles];

function wave(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(seed + i * 0.7));
}
