import type { MatrixLike } from '../array/index.ts';
import type { Target } from '../check/index.ts';
import { type AnyEstimator, callWork, type FitOptions } from '../core/index.ts';
import type { Work } from '../work/index.ts';
import { type CachedStep, FitCache } from './fit-cache.ts';

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

/** Class, parameters and output form as text; undefined where some parameter is not plain, or the seed is not fixed. */
function cacheKey(transformer: AnyEstimator): string | undefined {
  const params = transformer.getParams();
  const isPlain = Object.entries(params).every(([name, value]) => isText(value) && !(name.endsWith('randomState') && value === null));
  if (!isPlain) return undefined;
  const { outputForm = 'default' } = transformer as { outputForm?: string };
  const { id } = transformer.constructor as unknown as { id: string };
  return JSON.stringify([id, transformer.name, outputForm, Object.entries(params).map(([name, value]) => [name, String(value)])]);
}

function isText(value: unknown): boolean {
  return value === null || ['number', 'string', 'boolean'].includes(typeof value);
}
