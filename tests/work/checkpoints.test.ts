/** Work between two checkpoints, counted as the work itself reports it: pages and servers stay awake on large data. */
import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/check/index.ts';
import { type AnyEstimator, callWork, type MethodName } from '../../src/core/index.ts';
import { makeBlobs, makeRegression } from '../../src/datasets/index.ts';
import { captureWarnings } from '../../src/errors/index.ts';
import { MAX_OPS, type Work } from '../../src/work/index.ts';
import { registry } from '../contract/registry.ts';

/** More elements than may be read in one go. */
const ROWS = 2 ** 15;
const COLUMNS = 160;
const ELEMENTS = ROWS * COLUMNS;

/** A few steps of what would take many. */
const SHORT: Readonly<Record<string, unknown>> = { nEstimators: 1, maxDepth: 2, maxIter: 2, nInit: 1, tol: 1e-2 };
/** Rows that neighbours are looked for; all of them would take hours. */
const FEW_QUERIES = 100;

const METHODS: readonly MethodName[] = ['predict', 'predictProba', 'decisionFunction', 'transform'];

const drawn = makeBlobs({ nSamples: ROWS, nFeatures: COLUMNS, centers: 3, clusterStd: 9, randomState: 0 });
/** Whole numbers, so that encoders meet each category often. */
const blobs = { X: drawn.X.map(Math.round), y: drawn.y };
const line = makeRegression({ nSamples: ROWS, nFeatures: COLUMNS, noise: 5, randomState: 0 });

/** As many words as the tables have numbers. */
const texts = Array.from({ length: ROWS }, (_, i) =>
  Array.from({ length: COLUMNS }, (_, j) => `word${(i * 31 + j * j) % 1000}`).join(' '),
);

/** Estimators whose `fit` does not look at every element, with the reason. */
const BLIND: Readonly<Record<string, string>> = {
  ColumnTransformer: 'one column goes to a transformer, the others are kept as they are',
  DummyClassifier: 'it looks at y only',
  DummyRegressor: 'it looks at y only',
  FunctionTransformer: 'the function is the caller’s, and called once',
  KNeighborsClassifier: 'for so many features it only keeps the samples',
  KNeighborsRegressor: 'for so many features it only keeps the samples',
};

describe.each(Object.entries(registry))('%s', (name, { make }) => {
  test('fits and answers in steps of at most MAX_OPS, and counts every element', async () => {
    const estimator = shortened(make());
    const { X: table, y } = estimator.kind === 'regressor' ? line : blobs;
    const X = estimator.traits.input === 'text' ? texts : table;
    await captureWarnings(async () => {
      check('fit', await countOps(estimator.fitWork(X, y as Target)), name in BLIND ? 0 : ELEMENTS);
      const few = Int32Array.from({ length: FEW_QUERIES }, (_, i) => i);
      const queries = name.startsWith('KNeighbors') ? table.takeRows(few) : X;
      for (const method of METHODS.filter(one => estimator.supports(one))) {
        check(method, await countOps(callWork(estimator, method, queries)));
      }
    });
  });
});

/** A remainder of less than MAX_OPS needs no checkpoint, and so is not counted. */
function check(what: string, { most, sum }: Ops, elements = 0): void {
  expect(most, `${what}: most operations between checkpoints`).toBeLessThanOrEqual(1.1 * MAX_OPS);
  expect(sum, `${what}: operations in all`).toBeGreaterThanOrEqual(elements - MAX_OPS);
}

interface Ops {
  readonly most: number;
  readonly sum: number;
}

async function countOps(work: Work<unknown>): Promise<Ops> {
  let [most, sum] = [0, 0];
  let state = work.next();
  while (!state.done) {
    if ('pending' in state.value) {
      state = work.next(state.value.isOptional ? undefined : await state.value.pending(undefined, () => {}));
      continue;
    }
    most = Math.max(most, state.value.ops);
    sum += state.value.ops;
    state = work.next();
  }
  return { most, sum };
}

/** The same estimator with few steps, where it has parameters for that. */
function shortened(estimator: AnyEstimator): AnyEstimator {
  const short = Object.entries(SHORT).filter(([name]) => name in estimator.params);
  return estimator.withParams(Object.fromEntries(short) as never);
}
