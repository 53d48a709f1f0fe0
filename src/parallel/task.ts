import type { Work } from '../work/index.ts';

/** A piece of parallel work: runs inline here, or by `id` in a worker. */
export interface Task<P, S, R> {
  /** `family/verb-noun`, as in the worker's list of tasks. */
  readonly id: string;
  /** Reads `payload` and `shared`, which are plain data, without writing to them; gives plain data. */
  readonly run: (payload: P, shared: S) => Work<R>;
}

export interface MapOptions<S, R> {
  /** What every payload needs, sent once to each worker; it must not change while this object lives. */
  readonly shared: S;
  /** Number of workers as in joblib: `null` and 1 run inline, -1 uses all cores, -2 all but one. */
  readonly nJobs: number | null;
  /** Name of the whole in its progress events. */
  readonly label: string;
  /** Shared memory that tasks write to: `whenLeft` waits for those that were stopped. */
  readonly memory?: WebAssembly.Memory | undefined;
  /** Called for each result, in order of completion. */
  readonly onResult?: ((index: number, result: R) => void) | undefined;
}
