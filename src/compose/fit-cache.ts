import type { AnyEstimator } from '../core/index.ts';

/** A fitted transformer, and what it made of the data it was fitted on. */
export interface CachedStep {
  readonly fitted: AnyEstimator;
  readonly output: object;
  /** The `y` of that fit. */
  readonly target: unknown;
}

/**
 * Remembers fitted pipeline steps, so that a step with equal parameters on the very same data (by identity, so the
 * caller must not change them in between) is fitted once. Searches use one per fold.
 *
 * @example
 * import { FitCache, PCA, Pipeline, StandardScaler } from 'fitwise';
 * const memory = new FitCache();
 * const pipeline = new Pipeline([['scaler', new StandardScaler()], ['pca', new PCA()]], { memory });
 */
export class FitCache {
  readonly #byInput = new WeakMap<object, Map<string, CachedStep>>();

  /** What is remembered for an input and a key that stands for step, parameters and target. */
  get(input: object, key: string): CachedStep | undefined {
    return this.#byInput.get(input)?.get(key);
  }

  set(input: object, key: string, step: CachedStep): void {
    const known = this.#byInput.get(input) ?? new Map<string, CachedStep>();
    known.set(key, step);
    this.#byInput.set(input, known);
  }
}
