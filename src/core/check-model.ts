import { InvalidParamError, show } from '../errors/index.ts';
import { type AnyEstimator, Estimator } from './estimator.ts';

/** @throws InvalidParamError if it is not an estimator. */
export function checkModel(model: unknown, name: string, action: string): asserts model is AnyEstimator {
  if (model instanceof Estimator) return;
  throw new InvalidParamError({ action, rule: `${name} must be an estimator`, received: show(model) });
}
