import type { Warning } from '../errors/index.ts';
import type { KernelInstance } from './units.ts';
import type { Wire } from './wire.ts';
import type { WireError } from './wire-error.ts';

/** Runs a task; a worker has one at a time. */
export interface RunRequest {
  readonly type: 'run';
  readonly task: string;
  readonly payload: Wire;
  /** Key of the shared data, which came before. */
  readonly shared: number;
  /** URLs of the modules that must be loaded by then. */
  readonly modules: readonly string[];
}

/** Takes units from a board, for as long as some are posted; a worker does not help while it runs a task. */
export interface AssistRequest {
  readonly type: 'assist';
  readonly board: SharedArrayBuffer;
  /** Its number among the helpers there. */
  readonly helper: number;
}

/** What the pool tells a worker. `abort` means the running task; without one it means nothing. */
export type Request =
  | RunRequest
  | AssistRequest
  | ({ readonly type: 'kernel' } & KernelInstance)
  | { readonly type: 'share'; readonly key: number; readonly value: Wire }
  | { readonly type: 'forget'; readonly key: number }
  | { readonly type: 'abort' };

/** What became of a task. */
export type RunReply =
  | { readonly type: 'done'; readonly result: Wire; readonly warnings: readonly Warning[] }
  | { readonly type: 'fail'; readonly error: WireError; readonly warnings: readonly Warning[] };

/** What a worker tells the pool. */
export type Reply = { readonly type: 'ready' } | RunReply;
