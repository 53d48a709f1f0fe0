import type { Traits } from '../core/index.ts';
import type { DistanceChoice } from '../metrics/index.ts';

/** One metric knows missing values. */
export function neighborTraits(traits: Traits, metric: DistanceChoice): Traits {
  return metric === 'nanEuclidean' ? { ...traits, allowNaN: true } : traits;
}
