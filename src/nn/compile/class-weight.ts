import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { argmax } from '../ops/index.ts';
import { Tensor } from '../tensor/index.ts';

/** Factors of the losses of samples, by the numbers of their classes; classes that are not named have 1. */
export type ClassWeights = Readonly<Record<number, number>>;

export function checkClassWeight(given: unknown): void {
  const isRecord = typeof given === 'object' && given !== null && !Array.isArray(given);
  const isWeight = ([label, weight]: [string, unknown]) => /^-?\d+$/.test(label) && Number.isFinite(weight);
  if (isRecord && Object.entries(given).every(isWeight)) return;
  const rule = 'classWeight must be a record of finite numbers by the numbers of classes';
  throw new InvalidParamError({ action: 'train a compiled model', rule, received: show(given) });
}

/** The weight of each sample's class: its number, rounded as Keras does, or the place of the greatest of a row. */
export function weightsByClass(y: unknown, classWeight: ClassWeights): Tensor {
  const isOneOutput = y instanceof Tensor && (y.ndim === 1 || y.ndim === 2);
  if (!isOneOutput) {
    const rule = 'classWeight must be left out unless targets are a tensor of shape (N,), (N, 1) or (N, C)';
    throw new InvalidInputError({ action: 'train a compiled model', rule, received: show(y) });
  }
  const labels = y.ndim === 2 && y.shape[1] !== 1 ? argmax(y) : y;
  return new Tensor(
    labels.data.map(label => classWeight[roundHalfToEven(label)] ?? 1),
    [labels.size],
  );
}

function roundHalfToEven(value: number): number {
  const above = Math.round(value);
  return above - value === 0.5 && above % 2 !== 0 ? above - 1 : above;
}
