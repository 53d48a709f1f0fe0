import type { Work } from '../../work/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { AnyModule } from './callback.ts';
import type { Logs } from './history.ts';
import { Measured } from './measured.ts';
import type { BatchMetric } from './metrics.ts';

/** Means of the loss and of each metric over the batches so far. */
export interface Measurement<Output, Target> {
  add(loss: Tensor, output: Output, target: Target, samples: number): void;
  /** What is known without waiting: of all batches, or on a device of those that have been read. */
  readonly known: Logs;
  /** Of all batches. */
  logs(): Work<Logs>;
  /** Gives back what it holds. */
  close(): void;
}

/** Where the batches of a model are computed. */
export interface Place {
  /** Runs a step with the batch where the model is; what it makes is gone after it, but what somebody owns. */
  step<Batch>(batch: Batch, body: (batch: Batch) => void): Work<void>;
  /** An output in the processor's memory. */
  fetch<Output>(output: Output): Output | Promise<Output>;
  measure<Output, Target>(metrics: Readonly<Record<string, BatchMetric<Output, Target>>>): Measurement<Output, Target>;
}

const HERE: Place = {
  // biome-ignore lint/correctness/useYield: nothing is waited for
  *step(batch, body) {
    body(batch);
  },
  fetch: output => output,
  measure: metrics => new Measured(metrics),
};

/** The processor, or the device on which the model's parameters lie. */
export function placeOf(model: AnyModule): Place {
  const device = model.parameters().find(({ device }) => device !== null)?.device ?? null;
  return device === null ? HERE : device.composed.placeOn(device);
}
