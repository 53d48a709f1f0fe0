import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { withScratch } from '../../src/kernels/arena.ts';
import { WASM_BASE64 } from '../../src/kernels/generated/linear-loss.ts';
import { logisticHessianWork, logisticLossWork, residentSamples } from '../../src/kernels/index.ts';
import {
  type Block,
  type BlockMath,
  blockLengths,
  fillCoefficients,
  fillRows,
  type LinearProblem,
  lanesFor,
  makeBlock,
  stretchOf,
  takeSums,
} from '../../src/kernels/linear-loss/block.ts';
import { CONSTANTS, expOfNegative, logFromOne, logOnePlus } from '../../src/kernels/linear-loss/elementary.ts';
import { fastMath, type LinearLossExports } from '../../src/kernels/linear-loss/fast.ts';
import { ListedRows } from '../../src/kernels/linear-loss/listed-rows.ts';
import { reference } from '../../src/kernels/linear-loss/reference.ts';
import { lazyKernel } from '../../src/kernels/load.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';

const fast = lazyKernel<LinearLossExports>(WASM_BASE64)()!;

/** A problem without pattern, whose scores reach about `scale`. */
function problemOf(rows: number, columns: number, outputs: number, fitIntercept: boolean): LinearProblem {
  return {
    X: Matrix.zeros(rows, columns).map((_, i, j) => Math.sin(1 + i * 12.9898 + j * 78.233)),
    codes: Int32Array.from({ length: rows }, (_, i) => (i * 7) % Math.max(2, outputs)),
    weights: Float64Array.from({ length: rows }, (_, i) => 0.5 + (i % 3)),
    outputs,
    fitIntercept,
  };
}

const sizeOf = ({ X, outputs, fitIntercept }: LinearProblem) => outputs * (X.columns + (fitIntercept ? 1 : 0));

const point = (size: number, scale: number) =>
  Float64Array.from({ length: size }, (_, i) => scale * Math.sin(3 + i * 1.7));

/** Everything that a version makes of the rows of a problem. */
function work(empty: Block, math: BlockMath, problem: LinearProblem, w: Float64Array) {
  fillCoefficients(empty, w);
  empty.sums.fill(0);
  const { block, rows } = fillRows(empty, problem, 0, problem.X.rows);
  math.multiply(block, rows);
  const scores = block.scores.slice(0, rows * block.lanes);
  const loss = math.loss(block, rows);
  math.addProducts(block, rows);
  const gradient = new Float64Array(w.length);
  takeSums(block, gradient);
  const count = problem.X.rows * block.lanes;
  const [probabilities, derivatives] = [block.probabilities.slice(0, count), block.scores.slice(0, count)];
  return { scores, loss, probabilities, derivatives, gradient };
}

function bothVersions(problem: LinearProblem, w: Float64Array) {
  const lengths = blockLengths(problem, Math.ceil(problem.X.rows / 4) * 4);
  const plain = { float64: (n: number) => new Float64Array(n), int32: (n: number) => new Int32Array(n) };
  const expected = work(makeBlock(problem, lengths, plain), reference, problem, w);
  const bytes = [...Object.values(lengths).map(length => length * 8), CONSTANTS.byteLength];
  const found = withScratch(bytes, scratch => {
    const constants = scratch.float64(CONSTANTS.length);
    constants.set(CONSTANTS);
    return work(makeBlock(problem, lengths, scratch), fastMath(fast, constants.byteOffset), problem, w);
  });
  return { expected, found };
}

test('the fast version equals the reference to the bit, whatever the shape and the size of the scores', () => {
  const shape = fc.record({
    rows: fc.integer({ min: 0, max: 13 }),
    columns: fc.integer({ min: 0, max: 13 }),
    outputs: fc.constantFrom(1, 1, 3, 4, 5, 6, 7, 10),
    fitIntercept: fc.boolean(),
    scale: fc.constantFrom(0, 1e-300, 1e-3, 1, 30, 700, 1e5, 1e300, Infinity, NaN),
  });
  fc.assert(
    fc.property(shape, ({ rows, columns, outputs, fitIntercept, scale }) => {
      const problem = problemOf(rows, columns, outputs, fitIntercept);
      const { expected, found } = bothVersions(problem, point(sizeOf(problem), scale));
      expect(found).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

/** The distance in units of the last place of the expected number. */
function ulps(found: number, expected: number): number {
  const exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(expected) || Number.MIN_VALUE)));
  return Math.abs(found - expected) / 2 ** exponent / Number.EPSILON;
}

test('expOfNegative, logOnePlus and logFromOne are within two units in the last place of Math', () => {
  const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const options = { numRuns: 3000 };
  const check = (range: [number, number], found: (x: number) => number, expected: (x: number) => number) =>
    fc.assert(
      fc.property(real(...range), x => {
        expect(ulps(found(x), expected(x))).toBeLessThanOrEqual(2);
      }),
      options,
    );
  check([-708, 0], expOfNegative, Math.exp);
  check([-1, 0], expOfNegative, Math.exp);
  check([0, 1], logOnePlus, Math.log1p);
  check([1, 3], logFromOne, Math.log);
  check([1, 1e6], logFromOne, Math.log);
});

test('expOfNegative is 1 at 0, 0 below -708 and NaN at NaN', () => {
  expect([-0, 0, -708.1, -Infinity, NaN].map(expOfNegative)).toEqual([1, 1, 0, 0, NaN]);
  expect([logOnePlus(0), logFromOne(1), logFromOne(NaN)]).toEqual([0, 0, NaN]);
});

test('one sample, two classes: at w = 0 the loss is log 2 and the gradient (1/2 - code) x', () => {
  const problem = {
    X: Matrix.fromRows([[3, -5]]),
    codes: Int32Array.of(1),
    weights: Float64Array.of(2),
    outputs: 1,
    fitIntercept: true,
  };
  const gradient = new Float64Array(3);
  expect(runSync(logisticLossWork(problem, new Float64Array(3), gradient))).toBeCloseTo(2 * Math.LN2, 15);
  expect(Array.from(gradient)).toEqual([-3, 5, -1]);
});

test('the gradient is the slope of the loss, and the Hessian that of the gradient', () => {
  const step = 1e-6;
  for (const outputs of [1, 3, 4]) {
    for (const fitIntercept of [true, false]) {
      const problem = problemOf(2500, 5, outputs, fitIntercept);
      const at = point(sizeOf(problem), 0.7);
      const probabilities = new Float64Array(problem.X.rows * outputs);
      const evaluate = (w: Float64Array) => {
        const gradient = new Float64Array(w.length);
        return { value: runSync(logisticLossWork(problem, w, gradient, probabilities)), gradient };
      };
      at.forEach((_, k) => {
        const [less, more] = [at.slice(), at.slice()];
        less[k]! -= step;
        more[k]! += step;
        const [before, after] = [evaluate(less), evaluate(more)];
        const { gradient } = evaluate(at);
        expect((after.value - before.value) / (2 * step)).toBeCloseTo(gradient[k]!, 4);
        const unit = new Float64Array(at.length);
        unit[k] = 1;
        const column = new Float64Array(at.length);
        runSync(logisticHessianWork(problem, probabilities, unit, column));
        column.forEach((value, l) => {
          expect((after.gradient[l]! - before.gradient[l]!) / (2 * step)).toBeCloseTo(value, 4);
        });
      });
    }
  }
});

test('samples that stay in the arena give the same loss and gradient, to the bit', () => {
  for (const [rows, columns, outputs] of [
    [1, 3, 1],
    [2501, 5, 1],
    [2500, 20, 3],
    [3, 1, 4],
  ] as const) {
    // biome-ignore format: sizes
    const problem = problemOf(rows, columns, outputs, true);
    const w = point(sizeOf(problem), 0.7);
    const evaluate = (given: LinearProblem) => {
      const gradient = new Float64Array(w.length);
      return { loss: runSync(logisticLossWork(given, w, gradient)), gradient };
    };
    const resident = residentSamples(problem);
    expect(evaluate({ ...problem, resident })).toEqual(evaluate(problem));
    resident?.close();
  }
});

function relativeError(found: number, expected: number): number {
  return Object.is(found, expected) ? 0 : Math.abs(found - expected) / Math.abs(expected);
}

test('samples of many zeros are listed without them, and give the same gradient and Hessian to the bit', () => {
  const shape = fc.record({
    rows: fc.constantFrom(1, 3, 12, 324, 700),
    columns: fc.constantFrom(1, 2, 3, 7, 40),
    outputs: fc.integer({ min: 3, max: 25 }),
    fitIntercept: fc.boolean(),
    scale: fc.constantFrom(0, 1, 700, 1e300, Infinity, NaN),
  });
  fc.assert(
    fc.property(shape, ({ rows, columns, outputs, fitIntercept, scale }) => {
      const dense = problemOf(rows, columns, outputs, fitIntercept);
      const problem = { ...dense, X: dense.X.map((value, i, j) => ((i * 5 + j) % 7 === 0 ? value : -0)) };
      const w = point(sizeOf(problem), scale);
      const evaluate = (given: LinearProblem) => {
        const [gradient, product] = [new Float64Array(w.length), new Float64Array(w.length)];
        const probabilities = new Float64Array(rows * outputs);
        const loss = runSync(logisticLossWork(given, w, gradient, probabilities));
        runSync(logisticHessianWork(given, probabilities, w, product));
        return { loss, gradient, probabilities, product };
      };
      const resident = new ListedRows(problem.X, lanesFor(outputs), stretchOf(problem));
      try {
        const [found, expected] = [evaluate({ ...problem, resident }), evaluate(problem)];
        // Blocks of other heights: their losses are added up in another order.
        expect(relativeError(found.loss, expected.loss)).toBeLessThan(1e-14);
        expect({ ...found, loss: 0 }).toEqual({ ...expected, loss: 0 });
      } finally {
        resident.close();
      }
    }),
  );
});

test('samples are listed where zeros are many for the number of classes', () => {
  const withZeros = (share: number) => Matrix.zeros(10, 60).map((_, i, j) => (i * 60 + j < share * 600 ? 0 : 1));
  const isListed = (share: number, outputs: number) => {
    const resident = residentSamples({ ...problemOf(10, 60, outputs, true), X: withZeros(share) });
    resident?.close();
    return resident instanceof ListedRows;
  };
  expect([0, 0.1, 0.5, 0.9].map(share => isListed(share, 10))).toEqual([false, false, true, true]);
  expect([0, 0.1, 0.5, 0.9].map(share => isListed(share, 3))).toEqual([false, false, false, true]);
  expect(isListed(0.99, 1)).toBe(false);
});

test('checkpoints are no more than 2^22 element-operations apart', () => {
  const problem = problemOf(3000, 200, 9, true);
  const size = sizeOf(problem);
  let count = 0;
  for (const checkpoint of logisticLossWork(problem, point(size, 1), new Float64Array(size))) {
    expect('ops' in checkpoint ? checkpoint.ops : Infinity).toBeLessThanOrEqual(MAX_OPS);
    count++;
  }
  expect(count).toBeGreaterThan(1);
});
