/** Datasets that can be opened in a worker: a module registered there tells how. */
import type { Task } from '../../parallel/index.ts';
import { RandomState } from '../../random/index.ts';
import { waitFor } from '../../work/index.ts';
import { Tensor } from '../tensor/index.ts';
import type { Dataset } from './dataset.ts';

/** Positions with the seeds of their streams. */
export interface Visits {
  readonly indices: Int32Array;
  readonly seeds: Uint32Array;
}

/** A dataset that knows how workers open it. */
export interface WorkerDataset<S> extends Dataset<S> {
  /** What workers are told. */
  readonly args: unknown;
  readonly task: Task<Visits, unknown, readonly unknown[]>;
}

/** Opens a dataset here; exported from a registered module, also in workers. */
export interface DatasetMaker<A, S> extends Task<Visits, A, readonly unknown[]> {
  open(args: A): WorkerDataset<S>;
}

/**
 * A kind of dataset that loaders can read in workers. Export it from a module of its own, name that module with
 * `registerModule`, and open it.
 *
 * @param id names the kind: `mine/photos`
 * @param make opens the dataset; called once per worker and arguments
 *
 * @example
 * import { datasetMaker } from 'fitwise/nn';
 * const squares = datasetMaker('mine/squares', (n: number) => ({ length: n, get: i => i * i }));
 * squares.open(5).length; // 5
 */
export function datasetMaker<A, S>(id: string, make: (args: A) => Dataset<S>): DatasetMaker<A, S> {
  const opened = new Map<string, Dataset<S>>();
  const openOnce = (args: A): Dataset<S> => {
    const key = JSON.stringify(args);
    const dataset = opened.get(key) ?? make(args);
    opened.set(key, dataset);
    return dataset;
  };
  const task: Task<Visits, A, readonly unknown[]> = {
    id,
    *run(visits, args) {
      const samples = yield* waitFor(() => visit(openOnce(args), visits));
      return samples.map(toPlain);
    },
  };
  const open = (args: A): WorkerDataset<S> => {
    const dataset = make(args);
    const get: Dataset<S>['get'] = (index, random) => dataset.get(index, random);
    return { length: dataset.length, get, args, task: task as Task<Visits, unknown, readonly unknown[]> };
  };
  return { ...task, open };
}

/** Samples at positions, each with the stream of its seed. */
export async function visit<S>(dataset: Dataset<S>, { indices, seeds }: Visits): Promise<S[]> {
  const samples: S[] = [];
  for (const [i, index] of indices.entries()) samples.push(await dataset.get(index, new RandomState(seeds[i]!)));
  return samples;
}

export function isWorkerDataset<S>(dataset: Dataset<S>): dataset is WorkerDataset<S> {
  return 'task' in dataset && 'args' in dataset;
}

/** What crosses threads has no classes: tensors go as their parts. */
interface PlainTensor {
  readonly tensor: Float32Array;
  readonly shape: readonly number[];
}

function toPlain(value: unknown): unknown {
  if (value instanceof Tensor) return { tensor: value.data.slice(), shape: [...value.shape] };
  if (Array.isArray(value)) return value.map(toPlain);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([k, part]) => [k, toPlain(part)])) : value;
}

export function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (!isRecord(value)) return value;
  const { tensor, shape } = value as Partial<PlainTensor>;
  if (tensor instanceof Float32Array && Array.isArray(shape)) return new Tensor(tensor, shape);
  return Object.fromEntries(Object.entries(value).map(([k, part]) => [k, fromPlain(part)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
