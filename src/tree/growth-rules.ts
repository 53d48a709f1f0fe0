import type { ParamsOf } from '../check/index.ts';
import { InvalidInputError, show, warn } from '../errors/index.ts';
import { countFeatures } from './count-features.ts';
import type { CriterionName, GrowthRules } from './grow-tree.ts';
import type { growthSpec, MaxFeatures } from './growth-params.ts';

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
