import { expect, test } from 'vitest';
import { assignNearest } from '../../../src/cluster/kmeans/nearest-centers.ts';
import { Matrix, RandomState } from '../../../src/index.ts';
import { runSync } from '../../../src/work/index.ts';

function noise(rows: number, columns: number, seed: number): Matrix {
  return new Matrix(new RandomState(seed).normal(0, 1, rows * columns), rows, columns);
}

function naive(X: Matrix, centers: Matrix): number[] {
  return Array.from({ length: X.rows }, (_, i) => {
    const distances = Array.from({ length: centers.rows }, (_, j) =>
      X.row(i).reduce((sum, value, k) => sum + (value - centers.get(j, k)) * (value - centers.get(j, k)), 0),
    );
    return distances.indexOf(Math.min(...distances));
  });
}

test('assignNearest: loops and matrix products find what comparing every pair finds', () => {
  for (const [count, columns] of [
    [1, 1],
    [3, 2],
    [6, 5],
    [8, 10],
    [20, 20],
    [70, 4],
  ] as const) {
    const [X, centers] = [noise(1500, columns, count), noise(count, columns, 99)];
    const labels = new Int32Array(X.rows);
    runSync(assignNearest(X, centers, labels));
    expect(Array.from(labels), `${count} x ${columns}`).toEqual(naive(X, centers));
  }
});

test('assignNearest: of equally near centers the first', () => {
  const labels = new Int32Array(1);
  runSync(
    assignNearest(
      Matrix.fromRows([[0, 0]]),
      Matrix.fromRows([
        [2, 0],
        [0, 1],
        [1, 0],
        [0, -1],
      ]),
      labels,
    ),
  );
  expect(Array.from(labels)).toEqual([1]);
});
