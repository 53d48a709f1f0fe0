export { checkTree } from './check-tree.ts';
export { decisionPathOf } from './decision-path.ts';
export { DecisionTreeClassifier, type DecisionTreeClassifierParams } from './decision-tree-classifier.ts';
export { DecisionTreeRegressor, type DecisionTreeRegressorParams } from './decision-tree-regressor.ts';
export { type ExportTextOptions, exportText } from './export-text.ts';
export { type GrowthRules, growTree, type TreeData } from './grow-tree.ts';
export {
  classificationCriterion,
  depthBound,
  growthSpec,
  maxFeaturesRule,
  type OutputClassWeight,
  outputClassWeight,
  regressionCriterion,
} from './growth-params.ts';
export { growthRules, warnOfOldCriterion } from './growth-rules.ts';
export { treeImportances } from './importances.ts';
export { type PruningPath, pruneTree } from './pruning.ts';
export { type SingleMatrix, toSingle } from './single-matrix.ts';
export { staysWithin } from './stays-within.ts';
export { leavesOf } from './traverse.ts';
export { type TreeArrays, valueStride } from './tree-arrays.ts';
export { classTreeData, joinWeights, valueTreeData, weighByClass } from './tree-data.ts';
export { addTreeValues, joinColumns, zeroValues } from './tree-predict.ts';
