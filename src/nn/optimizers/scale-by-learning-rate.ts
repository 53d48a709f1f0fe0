import { scaleInto } from '../../kernels/index.ts';
import { perParameter } from './transform.ts';

/** Steps against the gradient: -lr times the update. Schedules change `lr` in its state. */
export function scaleByLearningRate(lr: number) {
  return perParameter({
    settings: { lr },
    start: () => ({}),
    step: (update, slot, { lr }) => {
      const steps = new Float32Array(update.length);
      scaleInto(update, -lr, steps);
      return [steps, slot];
    },
    stepOn: (device, update, slot, { lr }) => [device.map('mul', [update, -lr]), slot],
  });
}
