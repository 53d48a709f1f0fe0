import type { Work } from '../../work/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { Logs } from './history.ts';
import { Mean } from './mean.ts';
import type { BatchMetric } from './metrics.ts';
import type { Measurement } from './place.ts';

/** Means of the loss and of each metric over the batches so far, weighted by their sizes or by the metric's own weight. */
export class Measured<Output, Target> implements Measurement<Output, Target> {
  readonly #metrics: readonly (readonly [string, BatchMetric<Output, Target>, Mean])[];
  readonly #loss = new Mean();

  constructor(metrics: Readonly<Record<string, BatchMetric<Output, Target>>>) {
    this.#metrics = Object.entries(metrics).map(([name, metric]) => [name, metric, new Mean()]);
  }

  add(loss: Tensor, output: Output, target: Target, samples: number): void {
    this.#loss.add(loss.item(), samples);
    for (const [, metric, mean] of this.#metrics) {
      const weight = metric.weight?.(target) ?? samples;
      // A batch without weight may have no value: nothing over nothing.
      if (weight !== 0) mean.add(metric(output, target), weight);
    }
  }

  get known(): Logs {
    return { loss: this.#loss.value, ...Object.fromEntries(this.#metrics.map(([name, , mean]) => [name, mean.value])) };
  }

  // biome-ignore lint/correctness/useYield: nothing is waited for
  *logs(): Work<Logs> {
    return this.known;
  }

  close(): void {}
}
