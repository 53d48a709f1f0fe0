/** Tasks for the tests of the pool; workers load this file as a registered module. */
import { threadId } from 'node:worker_threads';

const task = (id, run) => ({ id: `toy/${id}`, run });

/** Weighted column sums of the shared matrix, in many steps. */
export const weightedSums = task('weighted-sums', function* (weight, { X }) {
  const sums = new Float64Array(X.columns);
  for (let i = 0; i < X.rows; i++) {
    X.row(i).forEach((value, j) => {
      sums[j] += weight * value;
    });
    yield { ops: X.columns };
  }
  return sums;
});

export const echo = task('echo', function* (payload, shared) {
  yield { ops: 1 };
  return { payload, shared, isShared: shared?.X?.data.buffer instanceof SharedArrayBuffer };
});

/** Which worker runs this, and whether it has seen this very shared object before. */
const seen = new WeakMap();
export const whoRuns = task('who-runs', function* (_, shared) {
  yield { ops: 1 };
  const times = (seen.get(shared) ?? 0) + 1;
  seen.set(shared, times);
  return { threadId, times };
});

export const sharedView = task('shared-view', function* (_, { X }) {
  yield { ops: 1 };
  return X.row(1);
});

/** Waits for `ms`, so that a test may say which payload ends first. */
export const sleep = task('sleep', function* (ms) {
  yield { pending: () => new Promise(resolve => setTimeout(resolve, ms)) };
  return ms;
});

/** Waits for `ms`, then throws what `kind` says. */
export const fail = task('fail', function* ({ ms, kind }) {
  yield { pending: () => new Promise(resolve => setTimeout(resolve, ms)) };
  if (kind === null) return ms;
  if (kind === 'code') throw Object.assign(new TypeError('not a number'), { code: 'E_TOY' });
  if (kind === 'cause') throw new RangeError('outer', { cause: new SyntaxError('inner') });
  if (kind === 'unknown') throw Object.assign(new Error('strange'), { name: 'ToyError' });
  throw kind;
});

/** Runs until it is aborted. */
export const spin = task('spin', function* () {
  for (;;) yield { ops: 1000 };
});

/** Runs for ever without a checkpoint. */
// biome-ignore lint/correctness/useYield: that is its fault
export const hang = task('hang', function* () {
  for (;;);
});

const faults = {
  exit: () => process.exit(3),
  memory: () => {
    const hold = [];
    for (;;) hold.push(new Array(1e5).fill(hold.length));
  },
  timer: () => {
    setTimeout(() => {
      throw new RangeError('in a timer');
    });
  },
  rejection: () => {
    Promise.reject(new RangeError('nobody caught this'));
  },
};

/** Dies as `fault` says, or gives 'alive' where that is null. */
export const die = task('die', function* (fault) {
  yield { ops: 1 };
  if (fault === null) return 'alive';
  faults[fault]();
  yield { pending: () => new Promise(() => {}) };
});

/** Ends well, and lets its worker die a moment later. */
export const dieLater = task('die-later', function* () {
  setTimeout(() => process.exit(4), 20);
  yield { ops: 1 };
  return threadId;
});
