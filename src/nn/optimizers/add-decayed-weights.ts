import { perParameter } from './transform.ts';

/** Adds `decay` times the weights: before a rule the gradient of a squared penalty, after it a decay of its own. */
export function addDecayedWeights(decay: number) {
  return perParameter({
    settings: {},
    start: () => ({}),
    step: (update, slot, _, { data }) => {
      const sums = new Float32Array(update.length);
      for (let i = 0; i < sums.length; i++) sums[i] = update[i]! + decay * data[i]!;
      return [sums, slot];
    },
    stepOn: (device, update, slot, _, parameter) => [device.map('weightedSum', [update, parameter, 1, decay]), slot],
  });
}
