import type { Matrix } from '../../../src/array/index.ts';
import { sumRoundoff } from '../../../src/kernels/gpu/index.ts';
import { gram, type MatmulOptions, matmul } from '../../../src/kernels/index.ts';
import { gramOnGpu, matmulOnGpu } from '../../../src/kernels/matmul/gpu.ts';
import { demandClose, demandRefusal, type GpuCase, ones, run, wave } from './case.ts';

/** Rows, depth and columns: nothing, single rows and columns, the edges of workgroups (8) and of blocks of sums (64). */
const SHAPES = [
  [0, 3, 4], [3, 0, 4], [3, 4, 0], [1, 1, 1], [1, 5, 1], [1, 1, 7], [9, 1, 1], [7, 8, 9], [8, 64, 16],
  [17, 63, 15], [16, 65, 17], [33, 128, 8], [5, 1500, 3], [130, 20, 70],
] as const; // biome-ignore format: one shape after the other

const TRANSPOSES: readonly MatmulOptions[] = [
  {},
  { transposeA: true },
  { transposeB: true },
  { transposeA: true, transposeB: true },
];

const title = ({ transposeA, transposeB }: MatmulOptions) => `${transposeA ? "A'" : 'A'} ${transposeB ? "B'" : 'B'}`;
const absolute = (X: Matrix) => X.map(Math.abs);

export const matmulCases: readonly GpuCase[] = [
  ...TRANSPOSES.map(
    options =>
      ({
        name: `${title(options)} agrees with the processor's for ${SHAPES.length} shapes`,
        async run(memory) {
          for (const [m, k, n] of SHAPES) {
            const a = options.transposeA ? wave(k, m) : wave(m, k);
            const b = options.transposeB ? wave(n, k, 2) : wave(k, n, 2);
            const size = matmul(absolute(a), absolute(b), options);
            const received = await run(matmulOnGpu(memory, a, b, options));
            demandClose(received, matmul(a, b, options), (i, j) => sumRoundoff(k) * size.get(i, j) + Number.MIN_VALUE);
          }
        },
      }) satisfies GpuCase,
  ),
  {
    name: "X'X agrees with the processor's and is symmetric to the bit",
    async run(memory) {
      for (const [n, p] of [
        [0, 2],
        [1, 1],
        [5, 3],
        [64, 8],
        [200, 9],
        [1500, 17],
        [70, 65],
      ] as const) {
        // biome-ignore format: short
        const X = wave(n, p);
        const size = gram(absolute(X));
        const received = await run(gramOnGpu(memory, X));
        demandClose(received, gram(X), (i, j) => sumRoundoff(n) * size.get(i, j));
        demandClose(received, received.transpose(), () => 0);
      }
    },
  },
  {
    name: 'a product in slices of rows is the product in one piece',
    async run(memory) {
      const [X, Y] = [wave(50, 3), wave(50, 2, 5)];
      memory.keep(X);
      await run(memory.move(X, { height: 7 }));
      const received = await run(matmulOnGpu(memory, X, Y, { transposeA: true }));
      demandClose(received, matmul(X, Y, { transposeA: true }), () => 50 * sumRoundoff(7));
      demandClose(await run(gramOnGpu(memory, X)), gram(X), () => 50 * sumRoundoff(7));
      demandClose(await run(matmulOnGpu(memory, X, ones(3, 2))), matmul(X, ones(3, 2)), () => 3 * sumRoundoff(3));
    },
  },
  {
    name: 'values far outside single precision are scaled: 1e200 * 1e-250',
    async run(memory) {
      const [a, b] = [ones(2, 3).map(() => 1e200), ones(3, 2).map(() => 1e-250)];
      demandClose(await run(matmulOnGpu(memory, a, b)), matmul(a, b), () => 3e-50 * sumRoundoff(3));
    },
  },
  {
    name: 'NaN and infinite values are refused with their place',
    async run(memory) {
      const X = ones(3, 2);
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        X.set(2, 1, value);
        const shown = Number.isNaN(value) ? 'NaN' : 'Infinity';
        const sentence = `Cannot compute on the GPU: values must be finite, received ${shown} at row 2, column 1; use device 'cpu'`;
        await demandRefusal(() => run(gramOnGpu(memory, X)), sentence);
        await demandRefusal(() => run(matmulOnGpu(memory, ones(1, 3), X)), sentence);
      }
    },
  },
  {
    name: 'more shapes than kernels are kept for, while a matrix stays on the device',
    async run(memory) {
      const X = wave(6, 4);
      memory.keep(X);
      for (let n = 1; n <= 70; n++) {
        const B = ones(4, n);
        demandClose(await run(matmulOnGpu(memory, X, B)), matmul(X, B), () => 4 * sumRoundoff(4));
      }
    },
  },
];
