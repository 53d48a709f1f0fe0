import { Matrix } from '../array/index.ts';
import type { RandomState } from '../random/index.ts';

/** A matrix of standard normals, row by row. */
export function normalMatrix(random: RandomState, rows: number, columns: number): Matrix {
  return new Matrix(random.standardNormal(rows * columns), rows, columns);
}

/** A matrix of uniforms in [0, 1), row by row. */
export function uniformMatrix(random: RandomState, rows: number, columns: number): Matrix {
  return new Matrix(random.randomSample(rows * columns), rows, columns);
}

/** Adds normals of standard deviation `scale` to every element. */
export function addNoise(X: Matrix, scale: number, random: RandomState): void {
  const noise = random.standardNormal(X.data.length);
  for (let i = 0; i < noise.length; i++) X.data[i]! += scale * noise[i]!;
}

/** Rows and their labels in one random order. */
export function shuffleRows<T>(X: Matrix, y: readonly T[], random: RandomState): { X: Matrix; y: T[] } {
  const order = random.permutation(X.rows);
  return { X: X.takeRows(order), y: Array.from(order, i => y[i] as T) };
}
