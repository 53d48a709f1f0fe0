import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { StandardScaler } from '../../src/preprocessing/index.ts';
import type { Work } from '../../src/work/index.ts';

const ROWS = 2 ** 18;
const rows = Array.from({ length: ROWS }, (_, i) => [i % 5, i % 3]);
const table = rows.map(([a, b]) => ({ a: a!, b: b! }));
const matrix = new Matrix(Float64Array.from(rows.flat()), ROWS, 2);

/** Element-operations at each checkpoint, and the result; what is waited for is given. */
async function checkpointsOf<T>(work: Work<T>): Promise<{ ops: number[]; result: T }> {
  const ops: number[] = [];
  let state = work.next();
  while (!state.done) {
    if ('pending' in state.value) {
      state = work.next(await state.value.pending(undefined, () => {}));
      continue;
    }
    ops.push(state.value.ops);
    state = work.next();
  }
  return { ops, result: state.value };
}

const total = (ops: readonly number[]) => ops.reduce((sum, own) => sum + own, 0);

test('a long array of rows is converted between checkpoints, by fit and by transform', async () => {
  const model = new StandardScaler();
  const known = await checkpointsOf(model.fitWork(matrix, undefined));
  const { ops } = await checkpointsOf(model.fitWork(rows, undefined));
  expect(total(ops) - total(known.ops)).toBe(2 * ROWS);
  const plain = await checkpointsOf(model.transformWork(matrix));
  const given = await checkpointsOf(model.transformWork(rows));
  expect(total(given.ops) - total(plain.ops)).toBe(2 * ROWS);
  expect(given.result.data.every((value, at) => value === plain.result.data[at])).toBe(true);
});

test('a long table keeps its names, and gives what its numbers give', async () => {
  const model = await new StandardScaler().fit(table);
  expect(model.featureNamesIn_).toEqual(['a', 'b']);
  expect(model.mean_).toEqual((await new StandardScaler().fit(matrix)).mean_);
  const swapped = table.map(({ a, b }) => ({ b, a }));
  await expect(model.transform(swapped)).rejects.toThrow(
    "Cannot transform with StandardScaler: X must have its features in the same order as in fit, received ['b', 'a'] instead of ['a', 'b']",
  );
});

test('a long array is refused by an unfitted model with the sentence of any other', async () => {
  await expect(new StandardScaler().transform(rows)).rejects.toThrow(
    'Cannot transform with StandardScaler: fit must be called first, received an unfitted estimator',
  );
});
