import { perParameter } from './transform.ts';

/** Adds `decay` times the weights: before a rule the gradient of a squared penalty, after it a decay of its own. */
export function addDecayedWeights(decay: number) {
  return perParameter({
    settings: {},
    start: () => ({}),
    step: (update, slot, _, { data }) => [update.map((value, i) => value + decay * data[i]!), slot],
  });
}
