export type { ForestPaths } from './forest-views.ts';
export { RandomForestClassifier, type RandomForestClassifierParams } from './random-forest-classifier.ts';
export { RandomForestRegressor, type RandomForestRegressorParams } from './random-forest-regressor.ts';
