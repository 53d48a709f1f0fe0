/**
 * A {@link Trainer}'s steps on a device: losses and metrics are added up there and read every few steps, so that the
 * next steps are under way while the last ones are computed.
 */
import { type Work, waitFor } from '../../../work/index.ts';
import { reshape } from '../../ops/index.ts';
import { copyOfData, type Device, noGrad, Tensor } from '../../tensor/index.ts';
import { mapLeaves, tensorsOf } from '../../tensor/tree.ts';
import type { Logs } from '../../train/history.ts';
import { Mean } from '../../train/mean.ts';
import type { BatchMetric } from '../../train/metrics.ts';
import type { Measurement, Place } from '../../train/place.ts';
import { laidEndToEnd } from './places.ts';

/** Steps whose measurements are added up on the device before they are read. */
const READ_EVERY = 8;

/** Readings that a step may leave behind itself: with those before them they bound how many batches wait for the device. */
const READINGS_AHEAD = 1;

export function placeOn(device: Device): Place {
  const readings = new Readings();
  return {
    *step(batch, body) {
      yield* waitFor(() => device.scope(() => body(onDevice(device, batch))));
      yield* readings.settle(READINGS_AHEAD);
    },
    fetch(output) {
      const fetched = fetchTree(output);
      readings.add(fetched);
      return fetched;
    },
    measure: metrics => new MeasuredOnDevice(device, readings, metrics),
  };
}

/** What has been asked of the device and not come yet, in order. */
class Readings {
  readonly #pending: Promise<unknown>[] = [];

  add(reading: Promise<unknown>): void {
    // Whoever waits for it is told of a failure; nobody may, if another comes first.
    reading.catch(() => {});
    this.#pending.push(reading);
  }

  /** Waits until there are so few left. */
  *settle(left: number): Work<void> {
    while (this.#pending.length > left) yield* waitFor(() => this.#pending.shift()!);
  }
}

/** A sum of values times their weights on the device, and the sum of the weights. */
interface Sum {
  readonly values: Tensor;
  readonly weight: number;
}

class MeasuredOnDevice<Output, Target> implements Measurement<Output, Target> {
  readonly #device: Device;
  readonly #readings: Readings;
  readonly #metrics: readonly [string, BatchMetric<Output, Target>][];
  readonly #means: ReadonlyMap<string, Mean>;
  /** Since the last reading. */
  readonly #sums = new Map<string, Sum>();
  #steps = 0;
  #isRead = false;

  constructor(device: Device, readings: Readings, metrics: Readonly<Record<string, BatchMetric<Output, Target>>>) {
    this.#device = device;
    this.#readings = readings;
    this.#metrics = Object.entries(metrics);
    this.#means = new Map(['loss', ...Object.keys(metrics)].map(name => [name, new Mean()]));
  }

  add(loss: Tensor, output: Output, target: Target, samples: number): void {
    this.#addTo('loss', loss, samples);
    const read: [metric: BatchMetric<Output, Target>, mean: Mean, weight: number][] = [];
    for (const [name, metric] of this.#metrics) {
      const weight = metric.weight?.(originals(target)) ?? samples;
      const { onTensors } = metric;
      if (weight === 0) continue;
      if (onTensors === undefined) read.push([metric, this.#means.get(name)!, weight]);
      else
        this.#addTo(
          name,
          noGrad(() => onTensors(output, target)),
          weight,
        );
    }
    if (read.length > 0) {
      const both = fetchTree([output, originals(target)] as const);
      const measuring = both.then(([output, target]) => {
        for (const [metric, mean, weight] of read) mean.add(metric(output, target), weight);
      });
      this.#readings.add(measuring);
    }
    if (++this.#steps % READ_EVERY === 0) this.#read();
  }

  get known(): Logs {
    return this.#isRead ? Object.fromEntries([...this.#means].map(([name, mean]) => [name, mean.value])) : {};
  }

  *logs(): Work<Logs> {
    if (this.#sums.size > 0) yield* waitFor(() => this.#device.scope(() => this.#read()));
    yield* this.#readings.settle(0);
    return this.known;
  }

  close(): void {
    for (const { values } of this.#sums.values()) this.#device.letGo(values.storage.values!);
    this.#sums.clear();
  }

  #addTo(name: string, value: Tensor, weight: number): void {
    const device = this.#device;
    const before = this.#sums.get(name);
    const own = reshape(value.detach(), []);
    const values =
      before === undefined
        ? device.map('mul', [own, weight], [])
        : device.map('weightedSum', [before.values, own, 1, weight], []);
    device.hold(values.storage.values!);
    if (before !== undefined) device.letGo(before.values.storage.values!);
    this.#sums.set(name, { values, weight: (before?.weight ?? 0) + weight });
  }

  /** Asks for the sums, all at once, and begins anew. */
  #read(): void {
    const sums = [...this.#sums];
    const parts = sums.map(([, { values }]) => new Tensor(values.storage, [1]));
    const all = laidEndToEnd(this.#device, parts, 0, [parts.length]).toCpu();
    const reading = all.then(({ data }) => {
      this.#isRead = true;
      sums.forEach(([name, { weight }], i) => {
        this.#means.get(name)!.add(data[i]! / weight, weight);
      });
    });
    this.#readings.add(reading);
    this.close();
  }
}

function onDevice<Batch>(device: Device, batch: Batch): Batch {
  return mapTensors(batch, x => copyOfData(device, x));
}

/** Data as they were before they came to a device, where that is known. */
function originals<Tree>(tree: Tree): Tree {
  return mapTensors(tree, x => (x.storage.original === undefined ? x : x.like(x.storage.original)));
}

/** A tree with its tensors in the processor's memory; they are asked for before this returns. */
async function fetchTree<Tree>(tree: Tree): Promise<Tree> {
  const tensors = tensorsOf(tree).map(([, x]) => x);
  const copies = await Promise.all(tensors.map(x => (x.device === null ? x : x.toCpu())));
  let at = 0;
  return mapTensors(tree, () => copies[at++]!);
}

function mapTensors<Tree>(tree: Tree, change: (x: Tensor) => Tensor): Tree {
  return mapLeaves(tree, leaf => (leaf instanceof Tensor ? change(leaf) : leaf)) as Tree;
}
