/** Gradients held within bounds: as transforms that compose, and for loops of one's own as functions on parameters. */
import { checkParam, real } from '../../check/index.ts';
import { demandProcessor, Tensor } from '../tensor/index.ts';
import type { Transform } from './transform.ts';

const bound = real({ min: 0, max: Infinity });

/** Scales all updates down so that the norm of all of them together is at most `maxNorm` (R. Pascanu et al., 2013). */
export function clipByNorm(maxNorm: number): Transform<readonly []> {
  checkParam('clipByNorm', 'maxNorm', bound, maxNorm);
  return {
    init: () => [],
    update: (updates, state) => {
      const device = updates.find(update => update instanceof Tensor)?.device ?? null;
      if (device !== null) return { updates: device.composed.heldByNorm(device, updates, maxNorm), state };
      const arrays = updates as Arrays;
      return { updates: scaled(arrays, factorFor(normOf(arrays), maxNorm)), state };
    },
  };
}

/** Holds every value of the updates inside [-limit, limit]. */
export function clipByValue(limit: number): Transform<readonly []> {
  checkParam('clipByValue', 'limit', bound, limit);
  return {
    init: () => [],
    update: (updates, state) => ({ updates: updates.map(update => update && held(update, limit)), state }),
  };
}

/**
 * {@link clipByNorm} on the gradients of parameters, in their place.
 *
 * @param given the parameters, or one alone
 * @returns the norm before
 * @throws UnsupportedError for parameters on a device, where {@link clipByNorm} before a rule does the same
 *
 * @example
 * import { clipGradNorm, mul, sum, tensor } from 'fitwise/nn';
 * const w = tensor([0, 0], { requiresGrad: true });
 * sum(mul(w, tensor([3, 4]))).backward();
 * clipGradNorm([w], 1); // 5
 * w.grad?.toArray(); // [0.5999999, 0.7999998]
 */
export function clipGradNorm(given: Tensor | readonly Tensor[], maxNorm: number): number {
  const parameters = asList(given);
  checkParam('clipGradNorm', 'maxNorm', bound, maxNorm);
  demandProcessor('clip gradients', ...parameters);
  const norm = normOf(gradientsOf(parameters));
  setGradients(parameters, scaled(gradientsOf(parameters), factorFor(norm, maxNorm)));
  return norm;
}

/** {@link clipByValue} on the gradients of parameters, in their place. */
export function clipGradValue(given: Tensor | readonly Tensor[], limit: number): void {
  const parameters = asList(given);
  checkParam('clipGradValue', 'limit', bound, limit);
  demandProcessor('clip gradients', ...parameters);
  setGradients(
    parameters,
    gradientsOf(parameters).map(gradient => gradient && held(gradient, limit)),
  );
}

function asList(given: Tensor | readonly Tensor[]): readonly Tensor[] {
  return given instanceof Tensor ? [given] : given;
}

/** Updates in the processor's memory. */
type Arrays = readonly (Float32Array | null)[];

function gradientsOf(parameters: readonly Tensor[]): Arrays {
  return parameters.map(({ grad }) => grad?.data ?? null);
}

function setGradients(parameters: readonly Tensor[], gradients: Arrays): void {
  for (const [i, parameter] of parameters.entries()) {
    const gradient = gradients[i];
    if (gradient) parameter.grad = parameter.like(gradient);
  }
}

function normOf(updates: Arrays): number {
  let squares = 0;
  for (const update of updates) {
    if (update !== null) for (let i = 0; i < update.length; i++) squares += update[i]! * update[i]!;
  }
  return Math.sqrt(squares);
}

/** torch's factor: a little less than what would meet the bound, and never above 1. */
function factorFor(norm: number, maxNorm: number): number {
  return Math.min(1, maxNorm / (norm + 1e-6));
}

function scaled(updates: Arrays, factor: number): Arrays {
  return factor === 1 ? updates : updates.map(update => (update === null ? null : update.map(value => factor * value)));
}

function held<Update extends Float32Array | Tensor>(update: Update, limit: number): Update;
function held(update: Float32Array | Tensor, limit: number): Float32Array | Tensor {
  if (update instanceof Tensor) return update.device!.map('clamp', [update, -limit, limit]);
  return update.map(value => Math.max(-limit, Math.min(limit, value)));
}
