import { Matrix } from '../../../src/array/index.ts';
import { sumRoundoff } from '../../../src/kernels/gpu/index.ts';
import { softmaxScoresOnGpu } from '../../../src/kernels/linear-probabilities/gpu.ts';
import { softmaxScoresReference } from '../../../src/kernels/linear-probabilities/reference.ts';
import { mapOnGpu, mapTolerance } from '../../../src/kernels/map-elements/gpu.ts';
import { ELEMENT_MAPS, type ElementMap, mapReference } from '../../../src/kernels/map-elements/reference.ts';
import { nearestRowsOnGpu } from '../../../src/kernels/nearest-rows/gpu.ts';
import { nearestRowsReference } from '../../../src/kernels/nearest-rows/reference.ts';
import { squaredDistancesOnGpu } from '../../../src/kernels/pairwise-distances/gpu.ts';
import { squaredDistancesReference } from '../../../src/kernels/pairwise-distances/reference.ts';
import { reduceRowsOnGpu } from '../../../src/kernels/reduce-rows/gpu.ts';
import { type RowReduction, reduceRowsReference } from '../../../src/kernels/reduce-rows/reference.ts';
import { demandClose, demandRefusal, type GpuCase, ones, run, wave } from './case.ts';

/** Rows and columns: nothing, single ones, the edges of workgroups (8, 64) and of blocks of sums (64). */
const SHAPES = [[0, 3], [3, 0], [1, 1], [1, 70], [70, 1], [7, 9], [8, 64], [65, 63], [9, 65], [130, 128], [3, 1500]] as const; // biome-ignore format: one after the other

const asRow = (values: ArrayLike<number>) => new Matrix(Float64Array.from(values), 1, values.length);

/** Single precision rounds both values before they are subtracted. */
const DIFFERENCE = 2 ** -22;

export const rowCases: readonly GpuCase[] = [
  {
    name: 'squared distances agree with the reference, near and far from the origin',
    async run(memory) {
      for (const [rows, columns] of SHAPES) {
        for (const offset of [0, 100]) {
          const a = wave(rows, columns).map(value => value + offset);
          const b = wave(5, columns, 2).map(value => value + offset);
          const expected = squaredDistancesReference(a, b);
          const off = DIFFERENCE * (1 + offset);
          const received = await run(squaredDistancesOnGpu(memory, a, b));
          demandClose(received, expected, (i, j) => {
            const value = expected.get(i, j);
            return sumRoundoff(columns) * value + 2 * off * Math.sqrt(value * columns) + off * off * columns;
          });
        }
      }
    },
  },
  {
    name: 'nearest rows are those of the reference, or left open; on tied targets all are left open',
    async run(memory) {
      for (const [rows, columns] of SHAPES.filter(([, p]) => p > 0)) {
        const [X, targets] = [wave(rows, columns), wave(6, columns, 2)];
        const expected = nearestRowsReference(X, targets);
        const received = await run(nearestRowsOnGpu(memory, X, targets));
        const wrong = received.findIndex((label, i) => label !== -1 && label !== expected[i]);
        if (wrong >= 0) throw new Error(`row ${wrong} has ${received[wrong]} instead of ${expected[wrong]}`);
        const open = received.filter(label => label === -1).length;
        if (open > rows / 10 && columns > 1) throw new Error(`${open} of ${rows} rows are left open`);
        const tied = await run(nearestRowsOnGpu(memory, X, ones(3, columns)));
        if (tied.some(label => label !== -1)) throw new Error('equal targets are told apart');
      }
      const one = await run(nearestRowsOnGpu(memory, wave(9, 3), wave(1, 3)));
      if (one.some(label => label !== 0)) throw new Error('the only target is not the nearest');
    },
  },
  ...(Object.keys(ELEMENT_MAPS) as ElementMap[]).map(
    map =>
      ({
        name: `${map} of every element agrees with the reference, small and large values among them`,
        async run(memory) {
          for (const [rows, columns] of SHAPES) {
            for (const size of [1e-3, 1, 50]) {
              const X = wave(rows, columns).map(value => value * size);
              demandClose(await run(mapOnGpu(memory, X, map)), mapReference(X, map), (i, j) =>
                mapTolerance(X.get(i, j), ELEMENT_MAPS[map](X.get(i, j))),
              );
            }
          }
        },
      }) satisfies GpuCase,
  ),
  {
    name: 'a mapped value beyond single precision is refused with its place',
    async run(memory) {
      const X = Matrix.zeros(3, 2);
      X.set(2, 1, 100);
      const rule = `a sample of its results must agree with the processor's (${Math.exp(100)} at row 2, column 1)`;
      await demandRefusal(
        () => run(mapOnGpu(memory, X, 'exp')),
        `Cannot compute on the GPU: ${rule}, received Infinity; use device 'cpu'`,
      );
    },
  },
  ...(['sum', 'squaredNorm', 'max'] satisfies RowReduction[]).map(
    reduction =>
      ({
        name: `${reduction} of every row agrees with the reference`,
        async run(memory) {
          for (const [rows, columns] of SHAPES) {
            const X = wave(rows, columns);
            const received = asRow(await run(reduceRowsOnGpu(memory, X, reduction)));
            demandClose(received, asRow(reduceRowsReference(X, reduction)), () => sumRoundoff(columns) * columns);
          }
        },
      }) satisfies GpuCase,
  ),
  {
    name: 'softmax of linear scores: a chain that stays on the device',
    async run(memory) {
      for (const [rows, columns] of SHAPES.filter(([, p]) => p > 0)) {
        const [X, weights] = [wave(rows, columns), wave(5, columns, 3)];
        const intercept = Float64Array.of(0.5, -1, 0, 2, -0.25);
        const expected = softmaxScoresReference(X, weights, intercept);
        demandClose(await run(softmaxScoresOnGpu(memory, X, weights, intercept)), expected, () => 1e-6 * (8 + columns));
      }
    },
  },
];
