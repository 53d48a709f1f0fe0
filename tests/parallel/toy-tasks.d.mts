import type { Matrix } from '../../src/array/index.ts';
import type { Task } from '../../src/parallel/index.ts';

interface Echo {
  readonly payload: unknown;
  readonly shared: unknown;
  readonly isShared: boolean;
}
type Failure = 'code' | 'cause' | 'unknown' | 'a string' | null;
type Fault = 'exit' | 'memory' | 'timer' | 'rejection' | null;

export const weightedSums: Task<number, { X: Matrix }, Float64Array>;
export const echo: Task<unknown, unknown, Echo>;
export const whoRuns: Task<number, object, { threadId: number; times: number }>;
export const sharedView: Task<number, { X: Matrix }, Float64Array>;
export const sleep: Task<number, null, number>;
export const fail: Task<{ ms: number; kind: Failure }, null, number>;
export const spin: Task<null, null, never>;
export const hang: Task<null, null, never>;
export const die: Task<Fault, null, 'alive'>;
export const dieLater: Task<null, null, number>;
