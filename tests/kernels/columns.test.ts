/** The kernels that treat each column by itself, held against their references over shapes around every edge. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { momentSums } from '../../src/kernels/column-moments/reference.ts';
import { emptyRanges, widenRanges } from '../../src/kernels/column-ranges/reference.ts';
import { fillRows } from '../../src/kernels/fill-missing/reference.ts';
import {
  columnRangesWork,
  fillMissingWork,
  type MomentSums,
  momentSumsWork,
  scaleColumnsWork,
} from '../../src/kernels/index.ts';
import { type ColumnScaling, scaleRows } from '../../src/kernels/scale-columns/reference.ts';
import { RandomState } from '../../src/random/index.ts';
import { MAX_OPS, runSync, type Work } from '../../src/work/index.ts';

/** Every small shape, and shapes around the edges of the kernels' blocks. */
const SHAPES = [
  ...[1, 2, 3, 4, 5].flatMap(rows => [1, 2, 3, 5, 8].map(columns => [rows, columns] as const)),
  ...[[16_383, 1], [16_385, 1], [32_769, 1], [511, 32], [513, 32], [300, 131], [1, 40_001], [257, 127]] as const, // biome-ignore format: a list
];

/** Numbers, some of them equal, zero, negative zero or missing; infinite ones where `isHostile`. */
function numbers(rows: number, columns: number, seed: number, isHostile = false): Matrix {
  const random = new RandomState(seed);
  const data = random.standardNormal(rows * columns);
  const kinds = random.randint(0, 20, rows * columns);
  const special = [Number.NaN, 0, -0, 1, ...(isHostile ? [Infinity, -Infinity] : [])];
  return new Matrix(
    data.map((value, at) => special[kinds[at]!] ?? value),
    rows,
    columns,
  );
}

function refuse(position: number): never {
  throw new RangeError(String(position));
}

/** Runs the work and holds its checkpoints to their limit. */
function finish<T>(work: Work<T>): T {
  for (;;) {
    const state = work.next();
    if (state.done) return state.value;
    expect('ops' in state.value ? state.value.ops : Infinity).toBeLessThanOrEqual(MAX_OPS);
  }
}

describe.each(SHAPES)('%i x %i', (rows, columns) => {
  test('momentSumsWork sums as its reference, range by range', () => {
    for (const weights of [undefined, new RandomState(1).randomSample(rows)]) {
      const X = numbers(rows, columns, 2, true);
      const found: MomentSums[] = [];
      finish(momentSumsWork(X, weights, sums => found.push(sums)));
      const height = found.length === 1 ? rows : Math.max(256, Math.floor(32_768 / columns));
      found.forEach((sums, k) => {
        const to = Math.min(rows, (k + 1) * height);
        expect(sums).toEqual(momentSums(X.data, columns, weights, k * height, to));
      });
      expect(found.length).toBe(Math.ceil(rows / height));
    }
  });

  test('columnRangesWork finds what its reference finds', () => {
    const X = numbers(rows, columns, 3, true);
    const expected = emptyRanges(columns);
    widenRanges(expected, X.data, 0, rows);
    expect(finish(columnRangesWork(X))).toEqual(expected);
  });

  test.each(['subtract and divide', 'multiply and add'] as const)('scaleColumnsWork: %s', rule => {
    const X = numbers(rows, columns, 4);
    const random = new RandomState(5);
    const shift = random.standardNormal(columns);
    const scale = random.standardNormal(columns);
    for (const bounds of [undefined, [-0.5, 0] as const]) {
      const scaling: ColumnScaling = { rule, shift, scale, bounds };
      const expected = Matrix.zeros(rows, columns);
      scaleRows(X.data, columns, scaling, 0, rows, expected.data);
      expect(finish(scaleColumnsWork(X, scaling, refuse))).toEqual(expected);
    }
  });

  test('scaleColumnsWork tells where a result is first infinite', () => {
    const X = numbers(rows, columns, 6);
    const position = X.data.length - 1;
    X.data[position] = 1e300;
    const big = new Float64Array(columns).fill(1e10);
    const scaling: ColumnScaling = { rule: 'multiply and add', shift: big, scale: big };
    expect(() => finish(scaleColumnsWork(X, scaling, refuse))).toThrow(new RangeError(String(position)));
    const cut = { ...scaling, bounds: [0, 1] as const };
    expect(() => finish(scaleColumnsWork(X, cut, refuse))).not.toThrow();
  });

  test('fillMissingWork fills as its reference, and stops at infinities', () => {
    const X = numbers(rows, columns, 7);
    const values = new RandomState(8).standardNormal(columns);
    const expected = Matrix.zeros(rows, columns);
    fillRows(X.data, columns, values, 0, rows, expected.data);
    expect(finish(fillMissingWork(X, values))).toEqual(expected);
    X.data[X.data.length - 1] = Number.NEGATIVE_INFINITY;
    expect(finish(fillMissingWork(X, values))).toBeUndefined();
  });
});

test('scaleColumnsWork: there and back is where it came from', () => {
  const shape = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(shape, fc.nat(), ([rows, columns], seed) => {
      const X = numbers(rows, columns, seed);
      const scaling = { shift: new Float64Array(columns).fill(1), scale: new Float64Array(columns).fill(4) };
      const there = runSync(scaleColumnsWork(X, { rule: 'subtract and divide', ...scaling }, refuse));
      const back = runSync(scaleColumnsWork(there, { rule: 'multiply and add', ...scaling }, refuse));
      back.data.forEach((value, at) => {
        if (Number.isNaN(X.data[at])) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(X.data[at]!, 14);
      });
    }),
    { seed: 1, numRuns: 50 },
  );
});
