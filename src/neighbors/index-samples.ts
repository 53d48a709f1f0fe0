import type { Matrix } from '../array/index.ts';
import { InvalidInputError, showShape } from '../errors/index.ts';
import type { Work } from '../work/index.ts';
import { chooseAlgorithm, type SearchSettings } from './choose-algorithm.ts';
import { settleMetric } from './metric.ts';
import { checkDistances, type NeighborIndex } from './neighbor-index.ts';
import { type Balls, ballsOf } from './tree/ball-bounds.ts';
import type { Boxes } from './tree/box-bounds.ts';
import { growTree } from './tree/grow-tree.ts';

/**
 * Samples of `fit` prepared for the search that `settings` ask for.
 *
 * @throws InvalidParamError on settings that do not fit together. @throws InvalidInputError on distances that are
 * not numbers >= 0.
 */
export function* indexSamples(X: Matrix, settings: SearchSettings, action: string): Work<NeighborIndex> {
  const metric = yield* settleMetric(settings, X, action);
  const algorithm = chooseAlgorithm(settings, X, action);
  if (settings.metric === 'precomputed') checkSquare(X, action);
  if (algorithm === 'brute') {
    return { algorithm, samples: X.clone(), order: Int32Array.from({ length: X.rows }, (_, i) => i), tree: null };
  }
  const { layout, samples, order, lower, upper } = yield* growTree(X, settings.leafSize);
  const bounds: Boxes | Balls =
    algorithm === 'kd_tree' ? { kind: 'boxes', lower, upper } : yield* ballsOf(samples, layout, metric);
  if (bounds.kind === 'balls') checkDistances(bounds.radii, action);
  return { algorithm, samples, order, tree: { layout, bounds } };
}

function checkSquare(X: Matrix, action: string): void {
  if (X.rows !== X.columns) {
    throw new InvalidInputError({
      action,
      rule: "X must be square with the metric 'precomputed'",
      received: showShape(X.rows, X.columns),
    });
  }
  checkDistances(X.data, action);
}
