import { InvalidInputError, show } from '../errors/index.ts';
import { checkLength } from './length.ts';
import { toList } from './list.ts';

/**
 * Sample weights as numbers, copied.
 *
 * @throws InvalidInputError on a wrong length, a negative or non-finite weight, or when all are zero.
 */
export function checkSampleWeight(weights: ArrayLike<number>, rows: number, action: string): Float64Array {
  const list = toList(weights, 'sampleWeight', action);
  checkLength('sampleWeight', list.length, rows, action);
  const copy = Float64Array.from(list, (weight, i) => {
    if (typeof weight === 'number' && Number.isFinite(weight) && weight >= 0) return weight;
    throw new InvalidInputError({
      action,
      rule: 'sampleWeight must be finite and >= 0',
      received: `${show(weight)} at row ${i}`,
    });
  });
  if (copy.some(weight => weight > 0)) return copy;
  throw new InvalidInputError({ action, rule: 'sampleWeight must not be zero everywhere', received: show(copy) });
}
