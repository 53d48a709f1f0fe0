import type { MatrixLike } from '../array/index.ts';
import type { Target } from '../check/index.ts';
import { type AnyEstimator, callWork, Estimator, type FitOptions } from '../core/index.ts';
import type { Work } from '../work/index.ts';
import type { CachedStep, FitCache } from './fit-cache.ts';
import type { Steps } from './step-types.ts';

/**
 * Fits a transformer and transforms its own training data, or takes both from the cache. Only steps that were
 * given no options are remembered.
 */
export function* fitTransformCached(
  memory: FitCache | null,
  transformer: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  options: FitOptions,
): Work<{ fitted: AnyEstimator; output: MatrixLike }> {
  const key = Object.keys(options).length === 0 ? keyOf(transformer) : undefined;
  const known = key === undefined ? undefined : memory?.get(X, key);
  if (known !== undefined && known.target === y) return known as { fitted: AnyEstimator; output: MatrixLike };
  const output = (yield* callWork(transformer, 'fitTransform', X, y, options)) as MatrixLike & object;
  const step: CachedStep = { fitted: transformer, output, target: y };
  if (key !== undefined) memory?.set(X, key, step);
  return step as { fitted: AnyEstimator; output: MatrixLike };
}

/**
 * Everything but the last step of a pipeline as text: pipelines with the same text share those steps' fits. Undefined
 * where there is no other step.
 */
export function prefixKey({ steps }: { readonly steps: Steps }): string | undefined {
  return steps.length < 2 ? undefined : keyOf(steps.slice(0, -1).map(([, part]) => part));
}

/**
 * A parameter as text; an unfitted estimator by its class, its output form and its own parameters. Functions, fitted
 * estimators and other objects are told apart by identity, which copies keep. A seed that is left open is no obstacle:
 * one draw then serves all that share the fit.
 */
export function keyOf(value: unknown): string {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (value instanceof Estimator && !value.isFitted) {
    const { outputForm = 'default' } = value as { outputForm?: string };
    return `#${identity(value.constructor)}${outputForm}${entriesText(value.storedParams())}`;
  }
  const isRecord = Object.getPrototypeOf(value) === Object.prototype;
  return isRecord ? entriesText(value) : `#${identity(value)}`;
}

function entriesText(record: object): string {
  const entries = Object.entries(record).map(([name, value]) => `${JSON.stringify(name)}:${keyOf(value)}`);
  return `{${entries.join()}}`;
}

const identities = new WeakMap<object, number>();
let count = 0;

function identity(object: object): number {
  if (!identities.has(object)) identities.set(object, count++);
  return identities.get(object)!;
}
