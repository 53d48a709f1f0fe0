import type { ProgressEvent } from '../work/index.ts';
import type { MapOptions, Task } from './task.ts';

export interface PoolOptions<S, R> extends MapOptions<S, R> {
  readonly jobs: number;
  readonly signal: AbortSignal | undefined;
  readonly report: (event: ProgressEvent) => void;
}

export async function mapInPool<P, S, R>(
  task: Task<P, S, R>,
  payloads: readonly P[],
  _options: PoolOptions<S, R>,
): Promise<R[]> {
  throw new Error(`internal: no pool yet for ${task.id}, ${payloads.length}`);
}
