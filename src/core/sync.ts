import { runSync, type Work } from '../work/index.ts';
import { checkModel } from './check-model.ts';
import type { AnyEstimator } from './estimator.ts';

const SYNC_METHODS = [
  'predict',
  'predictProba',
  'predictLogProba',
  'decisionFunction',
  'transform',
  'inverseTransform',
  'score',
] as const;

type SyncMethod = (typeof SYNC_METHODS)[number];

/** The predicting and transforming methods of a model, without promises. */
export type Sync<M> = {
  readonly [K in SyncMethod & keyof M]: M[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never;
};

/**
 * A fitted model's methods for callers that cannot wait: the same work, run straight through.
 *
 * @throws NotFittedError before `fit`. @throws InvalidParamError if it is no estimator.
 *
 * @example
 * import { StandardScaler, sync } from 'fitwise';
 * const scaler = await new StandardScaler().fit([[1], [3]]);
 * sync(scaler).transform([[2]]).toArray(); // [[0]]
 */
export function sync<M extends { readonly nFeaturesIn_: number }>(model: M): Sync<M> {
  checkModel(model, 'model', 'make a model synchronous');
  void model.nFeaturesIn_;
  const methods = SYNC_METHODS.map(method => [method, syncMethod(model, method)] as const);
  return Object.fromEntries(methods.filter(([, call]) => call !== undefined)) as unknown as Sync<M>;
}

function syncMethod(model: AnyEstimator, method: SyncMethod): ((...args: never[]) => unknown) | undefined {
  const work = (model as unknown as Record<string, unknown>)[`${method}Work`];
  if (typeof work !== 'function' || !model.supports(method)) return undefined;
  return (...args) => runSync(work.apply(model, args) as Work<unknown>);
}
