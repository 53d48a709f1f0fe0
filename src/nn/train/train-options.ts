import { InvalidParamError, show } from '../../errors/index.ts';
import type { RunOptions } from '../../work/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { BatchSource, TrainingBatch } from './batches.ts';
import type { Callback } from './callback.ts';

export interface TrainOptions<Target = Tensor> extends RunOptions {
  /** Default 1. */
  readonly epochs?: number;
  /** Number of the first epoch, where a training goes on. Default 0. */
  readonly initialEpoch?: number;
  /**
   * Batches of an epoch, for data without end, or for epochs that are shorter than the data: each goes on where the last
   * one stopped. Default: all.
   */
  readonly stepsPerEpoch?: number | undefined;
  readonly validationData?: BatchSource<TrainingBatch<Target>>;
  /** Batches of the validation data that are looked at, from the first one on. Default: all. */
  readonly validationSteps?: number | undefined;
  /** Validate after every so many epochs, or after those of a list, which count from 1. Default 1. */
  readonly validationFreq?: number | readonly number[] | undefined;
  readonly callbacks?: readonly Callback[];
}

export interface EvaluateOptions extends RunOptions {
  /** Batches that are looked at, from the first one on. Default: all. */
  readonly steps?: number | undefined;
}

/** @throws InvalidParamError unless counts are whole numbers, and callbacks a list */
export function checkTrainOptions(options: Omit<TrainOptions<unknown>, keyof RunOptions | 'validationData'>) {
  const { epochs = 1, initialEpoch = 0, stepsPerEpoch, validationSteps, validationFreq = 1, callbacks = [] } = options;
  checkCount('train', 'epochs', epochs, 1);
  checkCount('train', 'initialEpoch', initialEpoch, 0);
  checkSteps('train', 'stepsPerEpoch', stepsPerEpoch);
  checkSteps('train', 'validationSteps', validationSteps);
  if (!Array.isArray(callbacks)) {
    throw new InvalidParamError({ action: 'train', rule: 'callbacks must be a list', received: show(callbacks) });
  }
  const freq = typeof validationFreq === 'number' ? [validationFreq] : validationFreq;
  if (!Array.isArray(freq) || !freq.every(epoch => isCount(epoch, 1))) {
    const rule = 'validationFreq must be a whole number >= 1, or a list of them';
    throw new InvalidParamError({ action: 'train', rule, received: show(validationFreq) });
  }
  return { epochs };
}

export function checkSteps(action: string, name: string, steps: number | undefined): void {
  if (steps !== undefined) checkCount(action, name, steps, 1);
}

/** Whether the model is validated after an epoch, which counts from 0. */
export function isValidated(epoch: number, freq: number | readonly number[]): boolean {
  return typeof freq === 'number' ? (epoch + 1) % freq === 0 : freq.includes(epoch + 1);
}

export function checkCount(action: string, name: string, value: number, least: number): void {
  if (isCount(value, least)) return;
  throw new InvalidParamError({ action, rule: `${name} must be a whole number >= ${least}`, received: show(value) });
}

function isCount(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
