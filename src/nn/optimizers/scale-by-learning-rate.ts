import { perParameter } from './transform.ts';

/** Steps against the gradient: -lr times the update. Schedules change `lr` in its state. */
export function scaleByLearningRate(lr: number) {
  return perParameter({
    settings: { lr },
    start: () => ({}),
    step: (update, slot, { lr }) => [update.map(value => -lr * value), slot],
  });
}
