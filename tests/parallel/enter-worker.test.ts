import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { enterWorker, mapTasks } from '../../src/parallel/index.ts';
import { runSync } from '../../src/work/index.ts';
import { weightedSums } from './toy-tasks.mjs';

const shared = { X: Matrix.fromRows([[1, 2], [3, 4]]) }; // biome-ignore format: a matrix reads by rows

test('mapTasks inside a worker runs inline whatever nJobs says', () => {
  const options = { shared, nJobs: 4, label: 'nested' };
  expect(() => runSync(mapTasks(weightedSums, [1, 2], options))).toThrow(
    'Cannot run without promises: the work must not wait for other threads or a GPU; use the asynchronous method, or nJobs 1',
  );
  enterWorker();
  expect(runSync(mapTasks(weightedSums, [1, 2], options)).map(sums => [...sums])).toEqual([[4, 6], [8, 12]]); // biome-ignore format: by rows
});
