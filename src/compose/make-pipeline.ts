import type { AnyEstimator } from '../core/index.ts';
import { automaticNames } from './named-parts.ts';
import { Pipeline } from './pipeline.ts';
import type { CheckSteps, Step, Steps } from './step-types.ts';

/** Steps of a pipeline whose names only exist at run time; the last one's type is kept. */
type AutomaticSteps<E extends readonly unknown[]> = {
  readonly [I in keyof E]: readonly [string, E[I]];
} extends infer T extends Steps
  ? T
  : Steps;

/**
 * A pipeline whose steps are named after their classes in lower case.
 *
 * @example
 * import { makePipeline, PCA, StandardScaler } from 'fitwise';
 * makePipeline(new StandardScaler(), new PCA()).steps.map(([name]) => name); // ['standardscaler', 'pca']
 */
export function makePipeline<const E extends readonly (AnyEstimator | 'passthrough')[]>(
  ...estimators: E
): Pipeline<AutomaticSteps<E>> {
  const names = automaticNames(estimators);
  const steps = estimators.map((estimator, i): Step => [names[i]!, estimator]);
  return new Pipeline(steps as Steps as AutomaticSteps<E> & CheckSteps<AutomaticSteps<E>>);
}
