/** What trees need in `fit` alone, loaded there: a page that only predicts goes without. */
export { RandomStream } from '../random/index.ts';
export { growTree } from './grow-tree.ts';
export { growthRules, warnOfOldCriterion } from './growth-rules.ts';
export { pruneTree, pruningPath } from './pruning.ts';
export { staysWithin } from './stays-within.ts';
export { classTreeData, joinWeights, valueTreeData, weighByClass } from './tree-data.ts';
