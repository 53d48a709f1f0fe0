export { KNeighborsClassifier, type KNeighborsClassifierParams } from './k-neighbors-classifier.ts';
export { KNeighborsRegressor, type KNeighborsRegressorParams } from './k-neighbors-regressor.ts';
export type { KNeighborsOptions, Neighbors } from './neighbor-index.ts';
export type { MetricParams, WeightFunction } from './neighbor-spec.ts';
export type { KNeighborsGraphOptions } from './neighbors-graph.ts';
