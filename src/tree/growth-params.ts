import {
  type ClassWeight,
  classWeight,
  either,
  integer,
  listOf,
  nullable,
  oneOf,
  type Rule,
  real,
  share,
  value,
} from '../check/index.ts';
import { isGenerator, type Seed } from '../random/index.ts';

/** The parameters that trees and forests have in common. */
export const growthSpec = {
  /** Most splits on the way to a leaf; null for as many as it takes. */
  maxDepth: nullable(integer({ min: 1, default: 1 })),
  /** Fewest samples a node must have to be split: a count, or a share of all samples. */
  minSamplesSplit: either(integer({ min: 2, default: 2 }), share({ default: 0.5 })),
  /** Fewest samples in a leaf: a count, or a share of all samples. */
  minSamplesLeaf: either(integer({ min: 1, default: 1 }), share({ default: 0.5 })),
  /** Least weight of a leaf, as a share of the weight of all samples. */
  minWeightFractionLeaf: real({ min: 0, max: 0.5, default: 0 }),
  /** Most leaves; the tree then grows best split first. Null for no bound. */
  maxLeafNodes: nullable(integer({ min: 2, default: 2 })),
  /** Least weighted decrease of impurity for which a node is split. */
  minImpurityDecrease: real({ min: 0, default: 0 }),
  /** Branches that save less impurity per leaf than this are pruned (minimal cost-complexity). */
  ccpAlpha: real({ min: 0, default: 0 }),
  /** Per feature: 1 if the prediction (the second class's share) may only rise with it, -1 fall, 0 either. */
  monotonicCst: nullable(listOf(oneOf([-1, 0, 1], { default: 0 }), { default: [] })),
};

/** How a regression tree measures impurity; `'friedman_mse'` is an old name of `'squared_error'`. */
export const regressionCriterion = oneOf(['squared_error', 'absolute_error', 'poisson', 'friedman_mse'], {
  default: 'squared_error',
});

/** How a classification tree measures impurity; `'log_loss'` is another name of `'entropy'`. */
export const classificationCriterion = oneOf(['gini', 'entropy', 'log_loss'], { default: 'gini' });

export type MaxFeatures = number | 'sqrt' | 'log2' | null;

/** The rule of `maxFeatures`. */
export function maxFeaturesRule(options: { readonly default: MaxFeatures }): Rule<MaxFeatures> {
  const number = either(integer({ min: 1, default: 1 }), share({ default: 0.5 }));
  return nullable(either(number, oneOf(['sqrt', 'log2'], { default: 'sqrt' })), options);
}

/** Weights of classes, or a list of those, one per output. */
export type OutputClassWeight = ClassWeight | readonly ClassWeight[];

/** The rule of `classWeight` where there may be several outputs. */
export function outputClassWeight(): Rule<OutputClassWeight> {
  const one = classWeight();
  return value<OutputClassWeight>({
    default: null,
    expected: `${one.expected}, or a list of those with one per output`,
    accepts: given => one.accepts(given) || (Array.isArray(given) && given.every(item => one.accepts(item))),
  });
}

/** The bound of trees (see `Bounds`): pruned ones do not tell how deep they were, and generators give each fit its own seed. */
export function depthBound({
  ccpAlpha,
  randomState,
}: {
  readonly ccpAlpha: number;
  readonly randomState: Seed;
}): 'maxDepth' | undefined {
  return ccpAlpha === 0 && !isGenerator(randomState) ? 'maxDepth' : undefined;
}
