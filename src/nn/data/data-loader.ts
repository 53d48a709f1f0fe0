import { checkOptions } from '../../check/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { mapTasks } from '../../parallel/index.ts';
import { RandomState, type RandomStateSnapshot, type Seed, seedOf } from '../../random/index.ts';
import { drive } from '../../work/index.ts';
import { type Collated, collate as defaultCollate } from './collate.ts';
import { asDataset, type Dataset, type IterableDataset, isMapStyle } from './dataset.ts';
import { randomSampler, type Sampler, sequentialSampler } from './samplers.ts';
import { fromPlain, isWorkerDataset, type Visits, visit } from './worker-dataset.ts';

export interface DataLoaderOptions<S, B> {
  /** Samples in a batch. Default 1. */
  readonly batchSize?: number;
  /** Visit the samples in another random order in each epoch. Default false. */
  readonly shuffle?: boolean;
  /** The order, in place of `shuffle`. */
  readonly sampler?: Sampler;
  /** Seed of the order and of the samples' own streams. Default: drawn from the platform's entropy. */
  readonly randomState?: Seed;
  /** Leave out the last batch where it would be smaller. Default false. */
  readonly dropLast?: boolean;
  /** Makes a batch of samples. Default {@link collate}. */
  readonly collate?: (samples: readonly S[]) => B | Promise<B>;
  /** Worker threads that read samples; the dataset must be opened by a {@link datasetMaker}. Default 0. */
  readonly workers?: number;
  /** Batches that are read ahead, per worker. Default 2. */
  readonly prefetch?: number;
}

const OPTIONS = [...['batchSize', 'shuffle', 'sampler', 'randomState', 'dropLast', 'collate', 'workers', 'prefetch']];

/** Where a loader stands: plain data, for checkpoints. */
export interface LoaderState {
  /** The stream at the beginning of the epoch. */
  readonly random: RandomStateSnapshot;
  /** Batches of the epoch that have been handed out. */
  readonly batches: number;
}

/**
 * Batches of a dataset, epoch after epoch: each `for await` is one epoch. The order depends on the seed and on the
 * epoch alone, so it is the same for any number of workers, and every sample has a stream of its own for augmentation.
 *
 * @example
 * import { DataLoader, tensor, TensorDataset } from 'fitwise/nn';
 * const data = new TensorDataset({ x: tensor([[1], [2], [3]]), y: tensor([0, 1, 0]) });
 * const sizes = [];
 * for await (const { x } of new DataLoader(data, { batchSize: 2 })) sizes.push(x.shape[0]);
 * sizes; // [2, 1]
 */
export class DataLoader<S, B = Collated<S>> implements AsyncIterable<B> {
  readonly #dataset: Dataset<S> | IterableDataset<S>;
  readonly #options: Required<Omit<DataLoaderOptions<S, B>, 'sampler' | 'randomState' | 'shuffle'>>;
  readonly #sampler: Sampler | null;
  #random: RandomState;
  /** Where the epoch in progress began, and how far it has come. */
  #epoch: LoaderState;
  /** Batches that the next epoch leaves out, after `setState`. */
  #skipped = 0;

  /** @throws InvalidParamError on options that are wrong or do not fit the dataset. */
  constructor(source: Dataset<S> | IterableDataset<S>, options: DataLoaderOptions<S, B> = {}) {
    checkOptions(options, OPTIONS, 'make a DataLoader');
    const dataset = checkSource(asDataset(source));
    const { batchSize = 1, dropLast = false, workers = 0, prefetch = 2, randomState = null } = options;
    const collate = options.collate ?? (defaultCollate as (samples: readonly S[]) => B);
    if (typeof collate !== 'function') refuseOption('collate must be a function', show(collate));
    checkCount('batchSize', batchSize, 1);
    checkCount('workers', workers, 0);
    checkCount('prefetch', prefetch, 1);
    this.#dataset = dataset;
    this.#options = { batchSize, dropLast, workers, prefetch, collate };
    this.#sampler = chooseSampler(dataset, options);
    checkWorkers(dataset, workers);
    this.#random = new RandomState(seedOf(randomState));
    this.#epoch = { random: this.#random.getState(), batches: 0 };
  }

  /**
   * Batches per epoch.
   *
   * @throws InvalidInputError for an iterable dataset, whose length nobody knows
   */
  get length(): number {
    if (this.#sampler === null) {
      throw new InvalidInputError({
        action: 'count the batches of a DataLoader',
        rule: 'the dataset must have a length',
        received: 'an iterable',
      });
    }
    const { batchSize, dropLast } = this.#options;
    return (dropLast ? Math.floor : Math.ceil)(this.#sampler.length / batchSize);
  }

  /** Where the loader stands; `setState` goes on from there, in the middle of an epoch too. */
  getState(): LoaderState {
    return this.#epoch;
  }

  /** The next epoch is the one that was in progress, without the batches that had been handed out. */
  setState({ random, batches }: LoaderState): void {
    const isState = typeof random === 'object' && random !== null && Number.isSafeInteger(batches) && batches >= 0;
    if (!isState) {
      const rule = 'the state must hold random and batches, as getState gives them';
      throw new InvalidInputError({ action: 'restore a DataLoader', rule, received: show({ random, batches }) });
    }
    this.#random = RandomState.fromState(random);
    this.#epoch = { random, batches };
    this.#skipped = batches;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<B, void, undefined> {
    const done = this.#skipped;
    this.#skipped = 0;
    const random = this.#random.getState();
    const batches = this.#sampler === null ? this.#stream(done) : this.#read(this.#plan(this.#sampler).slice(done));
    this.#epoch = { random, batches: done };
    for await (const samples of batches) {
      const batch = await this.#options.collate(samples);
      this.#epoch = { random, batches: this.#epoch.batches + 1 };
      yield batch;
    }
    this.#epoch = { random: this.#random.getState(), batches: 0 };
  }

  /** What each batch of an epoch reads. */
  #plan(sampler: Sampler): Visits[] {
    const { batchSize, dropLast } = this.#options;
    const order = checkOrder(sampler.indices(this.#random), (this.#dataset as Dataset<S>).length);
    const seeds = Uint32Array.from(this.#random.randint(-(2 ** 31), 2 ** 31, order.length));
    const end = dropLast ? order.length - (order.length % batchSize) : order.length;
    return Array.from({ length: Math.ceil(end / batchSize) }, (_, b) => ({
      indices: order.slice(b * batchSize, (b + 1) * batchSize),
      seeds: seeds.slice(b * batchSize, (b + 1) * batchSize),
    }));
  }

  /** The samples of each batch, a window read ahead while another is handed out. */
  async *#read(plan: readonly Visits[]): AsyncGenerator<S[]> {
    const dataset = this.#dataset as Dataset<S>;
    const { workers, prefetch } = this.#options;
    const size = prefetch * Math.max(1, workers);
    const readWindow = (from: number) => this.#readWindow(dataset, plan.slice(from, from + size));
    let next = readWindow(0);
    for (let from = 0; from < plan.length; from += size) {
      const window = await next;
      if (from + size < plan.length) {
        next = readWindow(from + size);
        // A failure is told when its turn comes.
        next.catch(() => {});
      }
      yield* window;
    }
  }

  async #readWindow(dataset: Dataset<S>, window: readonly Visits[]): Promise<S[][]> {
    const { workers: nJobs } = this.#options;
    if (nJobs > 0 && isWorkerDataset(dataset)) {
      const { task, args: shared } = dataset;
      const plain = await drive(mapTasks(task, window, { shared, nJobs, label: 'DataLoader' }));
      return plain.map(samples => samples.map(fromPlain) as S[]);
    }
    const batches: S[][] = [];
    for (const visits of window) batches.push(await visit(dataset, visits));
    return batches;
  }

  /** Batches of an iterable, without the first ones. */
  async *#stream(skip: number): AsyncGenerator<S[]> {
    const { batchSize, dropLast } = this.#options;
    let samples: S[] = [];
    let batch = 0;
    for await (const sample of this.#dataset as IterableDataset<S>) {
      samples.push(sample);
      if (samples.length < batchSize) continue;
      if (batch++ >= skip) yield samples;
      samples = [];
    }
    if (samples.length > 0 && !dropLast && batch >= skip) yield samples;
  }
}

/** What can be read: by position, or one after the other. */
function checkSource<S>(source: Dataset<S> | IterableDataset<S>): Dataset<S> | IterableDataset<S> {
  const isObject = typeof source === 'object' && source !== null;
  if (isObject && (isMapStyle(source) || Symbol.iterator in source || Symbol.asyncIterator in source)) return source;
  return refuseOption('there must be a list, a dataset with a length and a method get, or an iterable', show(source));
}

function chooseSampler<S, B>(
  dataset: Dataset<S> | IterableDataset<S>,
  { shuffle = false, sampler }: DataLoaderOptions<S, B>,
): Sampler | null {
  if (!isMapStyle(dataset)) {
    if (shuffle || sampler !== undefined)
      refuseOption('shuffle and sampler need a dataset with positions', 'an iterable');
    return null;
  }
  if (typeof shuffle !== 'boolean') refuseOption('shuffle must be true or false', show(shuffle));
  if (sampler !== undefined && (typeof sampler?.indices !== 'function' || !Number.isSafeInteger(sampler.length))) {
    refuseOption('sampler must have a length and a method indices', show(sampler));
  }
  if (shuffle && sampler !== undefined) refuseOption('shuffle must be false where there is a sampler', 'both');
  return sampler ?? (shuffle ? randomSampler(dataset.length) : sequentialSampler(dataset.length));
}

function checkOrder(order: Int32Array, length: number): Int32Array {
  const stray = order.find(index => !(Number.isInteger(index) && index >= 0 && index < length));
  if (stray === undefined) return order;
  const rule = `the sampler must give whole numbers from 0 to ${length - 1}`;
  throw new InvalidInputError({ action: 'read a DataLoader', rule, received: show(stray) });
}

function checkWorkers<S>(dataset: Dataset<S> | IterableDataset<S>, workers: number): void {
  if (workers === 0 || (isMapStyle(dataset) && isWorkerDataset(dataset))) return;
  refuseOption('a dataset for workers must be opened by a datasetMaker', 'another dataset');
}

function checkCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    refuseOption(`${name} must be a whole number >= ${least}`, show(value));
  }
}

function refuseOption(rule: string, received: string): never {
  throw new InvalidParamError({ action: 'make a DataLoader', rule, received });
}
