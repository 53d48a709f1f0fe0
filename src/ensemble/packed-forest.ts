import { Matrix } from '../array/index.ts';
import { firstPacked, type PackedForest, packForest, sumForestValues } from '../kernels/index.ts';
import { countJobs } from '../parallel/index.ts';
import { type SingleMatrix, type TreeArrays, valueStride } from '../tree/index.ts';
import type { Work } from '../work/index.ts';

const packed = new WeakMap<readonly TreeArrays[], PackedForest>();

/** The forest as kernels walk it, made at the first prediction. */
function packedForest(trees: readonly TreeArrays[]): PackedForest {
  const known = packed.get(trees) ?? packForest(trees, valueStride(trees[0]!));
  packed.set(trees, known);
  return known;
}

/** The first trees of a forest, which find themselves packed if the forest is. */
export function firstOf(trees: readonly TreeArrays[], count: number): readonly TreeArrays[] {
  const first = trees.slice(0, count);
  const whole = packed.get(trees);
  if (whole !== undefined) packed.set(first, firstPacked(whole, count));
  return first;
}

/** Mean prediction of all trees, one matrix per output; up to `nJobs` threads share the rows. */
export function* meanValues(
  trees: readonly TreeArrays[],
  X: SingleMatrix,
  nJobs: number | null,
): Work<readonly Matrix[]> {
  const { nClasses } = trees[0]!;
  const means = yield* sumForestValues(packedForest(trees), X.data, X.rows, X.columns, countJobs(nJobs));
  for (let at = 0; at < means.length; at++) means[at]! /= trees.length;
  if (nClasses.length === 1) return [new Matrix(means, X.rows, nClasses[0]!)];
  const stride = valueStride(trees[0]!);
  const width = stride / nClasses.length;
  return Array.from(nClasses, (columns, k) =>
    Matrix.zeros(X.rows, columns).map((_, i, c) => means[i * stride + k * width + c]!),
  );
}
