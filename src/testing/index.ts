export { type CheckEstimatorOptions, checkEstimator, type EstimatorCheck } from './check-estimator.ts';
export { type Dataset, type DatasetOptions, datasets } from './datasets.ts';
export type { Factory } from './law.ts';
