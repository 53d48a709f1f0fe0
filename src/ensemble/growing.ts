/** What forests need in `fit` alone, loaded there: a page that only predicts goes without. */
export { r2Score } from '../metrics/index.ts';
export { RandomStream } from '../random/index.ts';
export {
  classTreeData,
  growthRules,
  joinWeights,
  valueTreeData,
  warnOfOldCriterion,
  weighByClass,
} from '../tree/index.ts';
export { bootstrapOf } from './bootstrap.ts';
export { planAndGrow } from './grow-forest.ts';
export { outOfBagValues } from './out-of-bag.ts';
