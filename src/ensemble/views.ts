/** What a fitted forest is asked besides predictions: loaded with the fit or the model. */
export { samplesOf } from './bootstrap.ts';
export { forestLeaves, forestPaths } from './forest-paths.ts';
export { classificationTrees, forestImportances, regressionTrees } from './forest-trees.ts';
export { needsOobScore } from './needs-oob-score.ts';
