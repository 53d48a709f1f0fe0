import { checkSampleWeight, toList } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { badInput } from './refuse.ts';

/** Weights of the samples, where a metric takes any. */
export interface WeightOptions {
  /** One finite weight >= 0 per sample, not all zero; every sample counts once where it is absent. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

/**
 * A list that is read by index: arrays as they are, table columns (read by `at` or `get`) as a copy.
 *
 * @throws InvalidInputError if it is no list.
 */
export function asList<T>(metric: string, name: string, list: ArrayLike<T>): ArrayLike<T> {
  return toList(list, name, `compute ${metric}`);
}

/**
 * Finite numbers, not copied where they are a `Float64Array` already.
 *
 * @throws InvalidInputError on anything else, with its row.
 */
export function readNumbers(metric: string, name: string, values: ArrayLike<number>): Float64Array {
  const list = asList(metric, name, values);
  const numbers = list instanceof Float64Array ? list : new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const value: unknown = list[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw notFinite(metric, name, value, `row ${i}`);
    if (numbers !== list) numbers[i] = value;
  }
  return numbers;
}

/** The error for a value that is not a finite number. */
export function notFinite(metric: string, name: string, value: unknown, where: string) {
  return badInput(metric, { rule: `${name} must hold finite numbers`, received: `${show(value)} at ${where}` });
}

/** @throws InvalidInputError if the first of two lists is empty, or the other is not as long. */
export function checkLengths(metric: string, names: readonly [string, string], first: number, second: number): void {
  if (first === 0) throw badInput(metric, { rule: `${names[0]} must not be empty`, received: 'length 0' });
  if (first === second) return;
  throw badInput(metric, {
    rule: `${names[0]} and ${names[1]} must have the same number of samples`,
    received: `${first} and ${second}`,
  });
}

/**
 * Sample weights, or `undefined` where there are none.
 *
 * @throws InvalidInputError on a wrong length, a negative or non-finite weight, or when all are zero.
 */
export function readWeights(
  metric: string,
  weights: ArrayLike<number> | undefined | null,
  rows: number,
): Float64Array | undefined {
  if (weights === undefined || weights === null) return undefined;
  const list = asList(metric, 'sampleWeight', weights);
  if (list.length !== rows) {
    throw badInput(metric, {
      rule: `sampleWeight must have one weight per sample (${rows})`,
      received: `length ${list.length}`,
    });
  }
  return checkSampleWeight(list, rows, `compute ${metric}`);
}
