/** What a forest says of its trees: each as a fitted estimator, and the features that they split by. */
import type { ParamsOf } from '../check/index.ts';
import type { ClassifierLearned, FittedState, RegressorLearned } from '../core/index.ts';
import {
  DecisionTreeClassifier,
  type DecisionTreeClassifierParams,
  DecisionTreeRegressor,
  type DecisionTreeRegressorParams,
  growthSpec,
  type TreeArrays,
  treeImportances,
} from '../tree/index.ts';
import type { Forest } from './grow-forest.ts';

type TreeParams = ParamsOf<typeof growthSpec> & { readonly criterion: unknown; readonly maxFeatures: unknown };

/** Trees that know the labels. */
export function classificationTrees(
  { learned, ...seen }: FittedState<Forest & ClassifierLearned>,
  params: Pick<DecisionTreeClassifierParams, keyof TreeParams>,
): DecisionTreeClassifier[] {
  const { classes, isMultiOutput, trees, seeds } = learned;
  const own = treeParams(params);
  return trees.map((tree, t) => {
    const seed = seeds[t]!;
    const model = new DecisionTreeClassifier({ ...own, randomState: seed });
    return model.importState({ ...seen, learned: { tree, classes, isMultiOutput }, seed });
  });
}

export function regressionTrees(
  { learned, ...seen }: FittedState<Forest & RegressorLearned>,
  params: Pick<DecisionTreeRegressorParams, keyof TreeParams>,
): DecisionTreeRegressor[] {
  const { isMultiOutput, trees, seeds } = learned;
  const own = treeParams(params);
  return trees.map((tree, t) => {
    const seed = seeds[t]!;
    const model = new DecisionTreeRegressor({ ...own, randomState: seed });
    return model.importState({ ...seen, learned: { tree, isMultiOutput }, seed });
  });
}

/** The parameters that a forest hands to its trees. */
function treeParams<P extends TreeParams>(params: P): Pick<P, keyof TreeParams> {
  const names = [...Object.keys(growthSpec), 'criterion', 'maxFeatures'] as const;
  return Object.fromEntries(names.map(name => [name, params[name as keyof P]])) as never;
}

/** Mean share of each feature over the trees that split at all; zeros where none did. */
export function forestImportances(trees: readonly TreeArrays[]): Float64Array {
  const sums = new Float64Array(trees[0]!.nFeatures);
  const split = trees.filter(tree => tree.nodeCount > 1);
  for (const tree of split) {
    const shares = treeImportances(tree);
    for (let j = 0; j < sums.length; j++) sums[j]! += shares[j]!;
  }
  const means = sums.map(sum => sum / Math.max(1, split.length));
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return split.length === 0 ? means : means.map(mean => mean / total);
}
