/** What forests need in `fit` alone, loaded there: a page that only predicts goes without. */
export { RandomStream } from '../random/index.ts';
export {
  classTreeData,
  growthRules,
  joinWeights,
  valueTreeData,
  warnOfOldCriterion,
  weighByClass,
} from '../tree/index.ts';
export { planAndGrow } from './grow-forest.ts';
export { outOfBagValues } from './out-of-bag.ts';
