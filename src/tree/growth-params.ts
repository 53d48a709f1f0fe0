import {
  type ClassWeight,
  classWeight,
  either,
  integer,
  listOf,
  nullable,
  oneOf,
  type ParamsOf,
  type Rule,
  real,
  share,
  value,
} from '../check/index.ts';
import { InvalidInputError, show, warn } from '../errors/index.ts';
import type { CriterionName, GrowthRules } from './grow-tree.ts';

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

type MaxFeatures = number | 'sqrt' | 'log2' | null;

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

/** What a tree's growth depends on besides its parameters. */
export interface GrowthShape {
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
  /** Number of classes of the first output; 1 for regression. */
  readonly classes: number;
  /** Sum of the weights of all samples. */
  readonly totalWeight: number;
  readonly action: string;
}

interface GrowthParams extends ParamsOf<typeof growthSpec> {
  readonly criterion: CriterionName | 'friedman_mse';
  readonly splitter?: 'best' | 'random';
  readonly maxFeatures: MaxFeatures;
}

/** Parameters as counts: shares are rounded up (features: down, but to 1 at least). */
export function growthRules(params: GrowthParams, shape: GrowthShape): GrowthRules {
  const { minSamplesLeaf, minSamplesSplit, criterion } = params;
  const leaf = Number.isInteger(minSamplesLeaf) ? minSamplesLeaf : Math.ceil(minSamplesLeaf * shape.rows);
  const split = Number.isInteger(minSamplesSplit) ? minSamplesSplit : Math.ceil(minSamplesSplit * shape.rows);
  return {
    criterion: criterion === 'friedman_mse' ? 'squared_error' : criterion,
    splitter: params.splitter ?? 'best',
    maxDepth: params.maxDepth ?? 2 ** 31 - 1,
    minSamplesSplit: Math.max(split, 2 * leaf, 2),
    minSamplesLeaf: leaf,
    minWeightLeaf: params.minWeightFractionLeaf * shape.totalWeight,
    maxFeatures: countFeatures(params.maxFeatures, shape.columns),
    maxLeafNodes: params.maxLeafNodes,
    minImpurityDecrease: params.minImpurityDecrease,
    monotonic: params.monotonicCst === null ? undefined : monotonicSigns(params.monotonicCst, shape),
  };
}

/** The number of features to look at. */
export function countFeatures(maxFeatures: MaxFeatures, columns: number): number {
  if (maxFeatures === null) return columns;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(columns)));
  if (maxFeatures === 'log2') return Math.max(1, Math.floor(Math.log2(columns)));
  return Number.isInteger(maxFeatures) ? maxFeatures : Math.max(1, Math.floor(maxFeatures * columns));
}

/** Constraints as the splitter sees them: for two classes it looks at the share of the first. */
function monotonicSigns(constraints: readonly number[], { columns, outputs, classes, action }: GrowthShape): Int8Array {
  if (constraints.length !== columns) {
    const rule = `monotonicCst must have one value per feature (${columns})`;
    throw new InvalidInputError({ action, rule, received: show(constraints) });
  }
  if (outputs > 1 || classes > 2) {
    throw new InvalidInputError({
      action,
      rule: 'y must have one output and at most two classes where monotonicCst is given',
      received: outputs > 1 ? `${outputs} outputs` : `${classes} classes`,
    });
  }
  return Int8Array.from(constraints, sign => (classes === 2 ? -sign : sign));
}

/** Warns where a criterion's name will go. */
export function warnOfOldCriterion(criterion: string, source: string): void {
  if (criterion !== 'friedman_mse') return;
  const message = "criterion 'friedman_mse' is deprecated and does what 'squared_error' does, which should be used";
  warn({ kind: 'user', source, message });
}
