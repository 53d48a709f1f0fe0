import type { Matrix } from '../../array/index.ts';
import { checkOptions, checkSampleWeight } from '../../check/index.ts';
import type { ScoreOptions } from '../../core/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { ones } from './nearest-centers.ts';
import type { Samples } from './samples.ts';
import { squaredDistance } from './squared-distance.ts';

/** Samples and centers around one origin, and the center of each sample. */
export interface Assigned {
  readonly samples: Matrix;
  readonly centers: Matrix;
  readonly labels: Int32Array;
}

/**
 * Minus the inertia of samples that `assign` finds centers for.
 *
 * @throws InvalidParamError on an unknown option. @throws InvalidInputError on weights outside their rule.
 */
export function* scoreOf(assign: () => Work<Assigned>, options: ScoreOptions, action: string): Work<number> {
  checkOptions(options, ['sampleWeight'], action);
  const { sampleWeight } = options;
  const { samples, centers, labels } = yield* assign();
  const { rows } = samples;
  const weights = sampleWeight === undefined ? ones(rows) : checkSampleWeight(sampleWeight, rows, action);
  return -(yield* inertiaOf({ X: samples, weights }, centers, labels));
}

/** Weighted sum of squared distances of the samples from their centers. */
export function* inertiaOf(
  { X, weights }: Pick<Samples, 'X' | 'weights'>,
  centers: Matrix,
  labels: Int32Array,
): Work<number> {
  let inertia = 0;
  yield* inBlocks(X.rows, X.columns, (from, to) => {
    inertia = addInertia(X, weights, centers, labels, from, to, inertia);
  });
  return inertia;
}

/** A loop of its own, because engines box sums that closures share. */
function addInertia(
  { data, columns }: Matrix,
  weights: Float64Array,
  centers: Matrix,
  labels: Int32Array,
  from: number,
  to: number,
  total: number,
): number {
  let sum = total;
  for (let i = from; i < to; i++) {
    sum += weights[i]! * squaredDistance(data, i, centers.data, labels[i]!, columns);
  }
  return sum;
}
