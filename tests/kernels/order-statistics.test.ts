import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { withScratch } from '../../src/kernels/arena.ts';
import { WASM_BASE64 } from '../../src/kernels/generated/order-statistics.ts';
import { columnNeighboursWork, lazyKernel, select } from '../../src/kernels/index.ts';
import { neighboursBySorting, sift, TALLIES } from '../../src/kernels/order-statistics/reference.ts';
import { RandomState } from '../../src/random/index.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';

const SHARES = [0, 0.25, 0.5, 0.75, 1];
const kernel = lazyKernel<{ sift(...pointers: number[]): void }>(WASM_BASE64);

/** Numbers of every kind: normal, few distinct ones, missing and infinite. */
const hostile = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) },
  { weight: 3, arbitrary: fc.constantFrom(-1, 0, -0, 1) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity) },
);

test('sift: the kernel finds what the reference finds, whatever the width', () => {
  const shape = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }));
  const filled = shape.chain(([rows, width]) => {
    const list = (length: number) => fc.array(hostile, { minLength: length, maxLength: length });
    const ends = fc.array(
      hostile.filter(value => !Number.isNaN(value)),
      { minLength: width, maxLength: width },
    );
    return fc.tuple(fc.constant({ rows, width }), list(rows * width), ends, ends);
  });
  fc.assert(
    fc.property(filled, ([{ rows, width }, values, lower, upper]) => {
      const expected = {
        ...{ block: Float64Array.from(values), rows, width },
        ...{ lower: Float64Array.from(lower), upper: Float64Array.from(upper) },
        ...{ tallies: new Float64Array(width * TALLIES), found: new Float64Array(width * rows) },
      };
      sift(expected);
      const lengths = [values.length + 1, width + 1, width + 1, (width + 1) * TALLIES, (width + 1) * rows + 2];
      withScratch(
        lengths.map(length => length * 8),
        scratch => {
          const views = lengths.map(length => scratch.float64(length));
          views[0]!.set(values);
          views[1]!.set(lower);
          views[2]!.set(upper);
          const [block, low, high, tallies, found] = views.map(view => view.byteOffset);
          kernel()!.sift(block!, rows, width, low!, high!, tallies!, found!);
          expect(views[3]!.subarray(0, width * TALLIES)).toEqual(expected.tallies);
          for (let j = 0; j < width; j++) {
            const [from, to] = [j * rows, j * rows + expected.tallies[j * TALLIES + 4]!];
            expect(views[4]!.slice(from, to)).toEqual(expected.found.slice(from, to));
          }
        },
      );
    }),
    { seed: 1, numRuns: 300 },
  );
});

/** Columns of every shape of distribution: normal, constant, few values, rising, periodic, missing, mostly missing. */
function columnsOf(rows: number, random: RandomState): Matrix {
  const normal = random.standardNormal(rows * 8);
  return Matrix.zeros(rows, 8).map((_, i, j) => {
    const value = normal[i * 8 + j]!;
    return [
      value,
      7.25,
      Math.round(value),
      i,
      i % 7,
      i % 3 === 0 ? Number.NaN : value,
      i % 997 === 5 ? value : Number.NaN,
      Number.NaN,
    ][j]!;
  });
}

test.each([1, 2, 3, 100, 4096, 4097, 10_000, 30_011])('columnNeighboursWork of %i rows equals sorting', rows => {
  const X = columnsOf(rows, new RandomState(rows));
  const found = runSync(columnNeighboursWork(X, SHARES));
  for (let j = 0; j < X.columns; j++) expect(found[j]).toEqual(neighboursBySorting(X.column(j), SHARES));
});

test('columnNeighboursWork finds quantiles that the sample knows nothing of', () => {
  const rows = 20_000;
  // The sample's rows are those of the golden ratio's steps: wherever they fall, values are large.
  const sampled = new Set(
    Array.from({ length: 800 }, (_, i) => Math.floor(rows * ((i * 0.618_033_988_749_894_9) % 1))),
  );
  const X = Matrix.zeros(rows, 1).map((_, i) => (sampled.has(i) ? 1e6 + i : i));
  expect(runSync(columnNeighboursWork(X, SHARES))).toEqual([neighboursBySorting(X.column(0), SHARES)]);
});

test('columnNeighboursWork goes over wide matrices in strips, within checkpoints', () => {
  const X = new Matrix(new RandomState(0).standardNormal(5000 * 131), 5000, 131);
  const work = columnNeighboursWork(X, [0.5]);
  let state = work.next();
  while (!state.done) {
    expect('ops' in state.value ? state.value.ops : Infinity).toBeLessThanOrEqual(MAX_OPS);
    state = work.next();
  }
  expect(state.value).toEqual(Array.from({ length: 131 }, (_, j) => neighboursBySorting(X.column(j), [0.5])));
});

test('select puts each rank where sorting puts it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), fc.nat(), (list, at) => {
      const rank = at % list.length;
      const sorted = Float64Array.from(list).sort();
      expect(select(Float64Array.from(list), rank)).toBe(sorted[rank]);
    }),
  );
});
