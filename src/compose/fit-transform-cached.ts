import type { MatrixLike } from '../array/index.ts';
import type { Target } from '../check/index.ts';
import { type AnyEstimator, callWork, type FitOptions } from '../core/index.ts';
import type { Work } from '../work/index.ts';
import type { CachedStep, FitCache } from './fit-cache.ts';
import type { Steps } from './step-types.ts';

/**
 * Fits a transformer and transforms its own training data, or takes both from the cache. Only steps that are fully
 * described by plain parameters and a fixed seed, and that were given no options, are remembered.
 */
export function* fitTransformCached(
  memory: FitCache | null,
  transformer: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  options: FitOptions,
): Work<{ fitted: AnyEstimator; output: MatrixLike }> {
  const key = Object.keys(options).length === 0 ? cacheKey(transformer) : undefined;
  const known = key === undefined ? undefined : memory?.get(X, key);
  if (known !== undefined && known.target === y) return known as { fitted: AnyEstimator; output: MatrixLike };
  const output = (yield* callWork(transformer, 'fitTransform', X, y, options)) as MatrixLike & object;
  const step: CachedStep = { fitted: transformer, output, target: y };
  if (key !== undefined) memory?.set(X, key, step);
  return step as { fitted: AnyEstimator; output: MatrixLike };
}

/**
 * Everything but the last step of a pipeline as text: pipelines with the same text share those steps' fits. Undefined
 * where a step cannot be remembered.
 */
export function prefixKey({ steps }: { readonly steps: Steps }): string | undefined {
  const keys = steps.slice(0, -1).map(([, part]) => (part === 'passthrough' ? part : cacheKey(part)));
  return keys.length === 0 || keys.includes(undefined) ? undefined : JSON.stringify(keys);
}

/**
 * Class, parameters and output form as text; undefined where some parameter is not plain. A seed that is left open
 * is no obstacle: one draw then serves all that share the fit.
 */
function cacheKey(transformer: AnyEstimator): string | undefined {
  const params = Object.entries(transformer.getParams());
  if (!params.every(([, value]) => isPlain(value))) return undefined;
  const { outputForm = 'default' } = transformer as { outputForm?: string };
  const texts = params.map(([name, value]) => [
    name,
    typeof value,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return JSON.stringify([classNumber(transformer.constructor), outputForm, texts]);
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(item => !Array.isArray(item) && isPlain(item));
  return value === null || ['number', 'string', 'boolean'].includes(typeof value);
}

const classNumbers = new WeakMap<object, number>();
let classes = 0;

/** Classes are told apart by identity: two of them may share a name. */
function classNumber(constructor: object): number {
  if (!classNumbers.has(constructor)) classNumbers.set(constructor, classes++);
  return classNumbers.get(constructor)!;
}
