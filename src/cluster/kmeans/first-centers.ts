import { type Matrix, type MatrixLike, toMatrix } from '../../array/index.ts';
import { checkMatrix } from '../../check/index.ts';
import { InvalidInputError, showShape } from '../../errors/index.ts';
import type { RandomState } from '../../random/index.ts';
import { asWork, type Work } from '../../work/index.ts';
import { plusPlusCenters, shares } from './plus-plus.ts';
import type { Samples } from './samples.ts';

/** First centers of one's own choice: nClusters × features. */
export type CentersFunction = (X: Matrix, nClusters: number, random: RandomState) => MatrixLike;

/** How the first centers are chosen. */
export type Init = 'k-means++' | 'random' | MatrixLike | CentersFunction;

/** Draws the first centers of one run, around the samples' mean. */
export type Seeding = (samples: Samples, random: RandomState) => Work<Matrix>;

/**
 * The seeding that `init` names; `X` are the samples as they came.
 *
 * @throws InvalidInputError on given centers of another shape, and on too few samples to draw from.
 */
export function seedingBy(init: Init, X: Matrix, nClusters: number, action: string): Seeding {
  if (init === 'k-means++') return (samples, random) => plusPlusCenters(samples, nClusters, random);
  if (init === 'random') return (samples, random) => asWork(randomCenters(samples, nClusters, random, action));
  const given = (centers: MatrixLike, { mean }: Samples) => {
    const matrix = checkCenters(centers, nClusters, X.columns, action);
    return asWork(matrix.map((value, _, k) => value - mean[k]!));
  };
  if (typeof init === 'function') return (samples, random) => given(init(X, nClusters, random), samples);
  return samples => given(init as MatrixLike, samples);
}

function randomCenters({ rows, weights }: Samples, count: number, random: RandomState, action: string): Matrix {
  const possible = weights.reduce((total, weight) => total + Number(weight > 0), 0);
  if (possible < count) {
    throw new InvalidInputError({
      action,
      rule: `at least nClusters (${count}) samples must have a weight > 0 with init 'random'`,
      received: String(possible),
    });
  }
  return rows.take(random.choice(weights.length, count, { replace: false, p: shares(weights) }));
}

function checkCenters(centers: MatrixLike, rows: number, columns: number, action: string): Matrix {
  const matrix = checkMatrix(toMatrix(centers, `${action} from given centers`).matrix, `${action} from given centers`);
  if (matrix.rows === rows && matrix.columns === columns) return matrix;
  throw new InvalidInputError({
    action,
    rule: `the centers of init must have ${showShape(rows, columns)}, nClusters and the features of X`,
    received: showShape(matrix.rows, matrix.columns),
  });
}
