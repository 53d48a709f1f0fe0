import type { CriterionName, TreeData } from './grow-tree.ts';

/** Whether every sum that the criterion forms, and its square, is a whole number below 2^53, whatever the order. */
export function sumsAreExact({ y, nOutputs }: TreeData, criterion: CriterionName, weights: Float64Array): boolean {
  if (criterion === 'absolute_error') return false;
  const isClassification = criterion === 'gini' || criterion === 'entropy' || criterion === 'log_loss';
  let weight = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    if (!Number.isInteger(w)) return false;
    weight += w;
    if (isClassification) continue;
    for (let k = 0; k < nOutputs; k++) {
      const value = y[i * nOutputs + k]!;
      if (!Number.isInteger(value)) return false;
      squares += w * value * value;
    }
  }
  if (criterion === 'poisson') return false;
  return weight * weight < 2 ** 53 && squares < 2 ** 53;
}
