export { checkTree } from './check-tree.ts';
export { DecisionTreeClassifier, type DecisionTreeClassifierParams } from './decision-tree-classifier.ts';
export { DecisionTreeRegressor, type DecisionTreeRegressorParams } from './decision-tree-regressor.ts';
export { type ExportTextOptions, exportText } from './export-text.ts';
export { type GrowthRules, growTree, type TreeData } from './grow-tree.ts';
export {
  classificationCriterion,
  growthRules,
  growthSpec,
  maxFeaturesRule,
  type OutputClassWeight,
  outputClassWeight,
  regressionCriterion,
  warnOfOldCriterion,
} from './growth-params.ts';
export { treeImportances } from './importances.ts';
export { type PruningPath, pruneTree } from './pruning.ts';
export { type SingleMatrix, toSingle } from './single-matrix.ts';
export { depthBound, staysWithin } from './stays-within.ts';
export { decisionPathOf, leavesOf } from './traverse.ts';
export { type TreeArrays, valueStride } from './tree-arrays.ts';
export { classTreeData, joinWeights, valueTreeData, weighByClass } from './tree-data.ts';
export { addTreeValues, joinColumns, zeroValues } from './tree-predict.ts';
