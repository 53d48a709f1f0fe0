export type { ForestPaths } from './forest-paths.ts';
export { RandomForestClassifier, type RandomForestClassifierParams } from './random-forest-classifier.ts';
export { RandomForestRegressor, type RandomForestRegressorParams } from './random-forest-regressor.ts';
