import { type Work, waitFor } from '../../work/index.ts';
import type { GradScaler } from '../mixed-precision/index.ts';
import type { Module } from '../module/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import type { Logs } from './history.ts';

export type AnyModule = Module<readonly unknown[], unknown>;

/** What callbacks see of a training, and how they end it. */
export interface TrainingContext {
  readonly model: AnyModule;
  readonly optimizer: Optimizer;
  /** Where the trainer has one. */
  readonly scaler?: GradScaler | undefined;
  /** Epochs of this fit. */
  readonly epochs: number;
  /** Batches per epoch; undefined where nobody knows. */
  readonly batches: number | undefined;
  /** Whether there are validation data. */
  readonly validates?: boolean | undefined;
  /** Which of two values of a log is the better one. */
  readonly direction: (name: string) => 'min' | 'max' | undefined;
  /** Ends the training after this epoch; within an epoch, after this batch. */
  stop(): void;
}

/** Takes part in a training. Epochs and batches count from 0; what a promise is returned for is waited for. */
export interface Callback {
  onTrainBegin?(context: TrainingContext): void | Promise<void>;
  onEpochBegin?(epoch: number, context: TrainingContext): void | Promise<void>;
  /**
   * Trainings on a device wait for every batch where a callback has it.
   *
   * @param logs means over the epoch's batches so far
   */
  onBatchEnd?(batch: number, logs: Logs, context: TrainingContext): void | Promise<void>;
  onEpochEnd?(epoch: number, logs: Logs, context: TrainingContext): void | Promise<void>;
  onTrainEnd?(context: TrainingContext): void | Promise<void>;
}

/** Calls one after the other. */
export function* inTurn<T>(parts: readonly T[], call: (part: T) => void | Promise<void> | undefined): Work<void> {
  for (const part of parts) {
    const pending = call(part);
    if (pending instanceof Promise) yield* waitFor(() => pending);
  }
}

/** How far a training is: batches over all epochs. */
export function progressOf(epoch: number, done: number, { epochs, batches }: TrainingContext, metrics: Logs) {
  const total = batches === undefined ? {} : { total: epochs * batches };
  return { type: 'step', task: 'Trainer', done: epoch * (batches ?? 0) + done, ...total, metrics } as const;
}
