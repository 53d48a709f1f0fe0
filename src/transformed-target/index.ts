export {
  type TargetFunction,
  TransformedTargetRegressor,
  type TransformedTargetRegressorParams,
} from './transformed-target-regressor.ts';
