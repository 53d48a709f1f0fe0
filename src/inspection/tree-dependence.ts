/** Partial dependence of trees by one walk per grid point: both sides of other features' splits, by their samples. */
import type { AnyEstimator } from '../core/index.ts';
import type { DecisionTreeRegressor, TreeArrays } from '../tree/index.ts';
import type { Work } from '../work/index.ts';

/** The trees whose mean is the prediction; undefined where an estimator is no such forest, or has several outputs. */
export function treesOf(estimator: AnyEstimator): readonly TreeArrays[] | undefined {
  const { id } = estimator.constructor as { id?: string };
  const { tree_, estimators_ } = estimator as Partial<
    Pick<DecisionTreeRegressor, 'tree_'> & { readonly estimators_: readonly DecisionTreeRegressor[] }
  >;
  const trees =
    id === 'tree/DecisionTreeRegressor' || id === 'tree/ExtraTreeRegressor'
      ? [tree_!]
      : id === 'ensemble/RandomForestRegressor'
        ? estimators_!.map(one => one.tree_)
        : undefined;
  return trees?.every(tree => tree.nOutputs === 1) ? trees : undefined;
}

/** The mean prediction of the trees at each grid point. */
export function* treeDependence(
  trees: readonly TreeArrays[],
  points: readonly ReadonlyMap<number, number>[],
): Work<Float64Array> {
  const averages = new Float64Array(points.length);
  for (const tree of trees) {
    points.forEach((point, i) => {
      averages[i]! += expectedValue(tree, point, 0) / trees.length;
    });
    yield { ops: tree.nodeCount * points.length };
  }
  return averages;
}

/** The mean of the leaves that a point with some known features can reach, weighted by their training samples. */
function expectedValue(tree: TreeArrays, point: ReadonlyMap<number, number>, node: number): number {
  const [left, right] = [tree.childrenLeft[node]!, tree.childrenRight[node]!];
  if (left < 0) return tree.value[node]!;
  const known = point.get(tree.feature[node]!);
  if (known !== undefined) {
    const goesLeft = Number.isNaN(known)
      ? tree.missingGoToLeft[node] === 1
      : Math.fround(known) <= tree.threshold[node]!;
    return expectedValue(tree, point, goesLeft ? left : right);
  }
  const share = tree.weightedNNodeSamples[left]! / tree.weightedNNodeSamples[node]!;
  return share * expectedValue(tree, point, left) + (1 - share) * expectedValue(tree, point, right);
}
