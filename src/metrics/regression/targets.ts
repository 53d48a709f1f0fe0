/** Checked numeric targets of one or several outputs, and the averages over these outputs. */
import { isListLike } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  badInput,
  badOption,
  checkLengths,
  isTable,
  mean,
  readNumbers,
  readTable,
  readWeights,
  sum,
  type Table,
  type WeightOptions,
} from '../inputs/index.ts';

/** One number per sample, or one row of numbers per sample where there are several outputs. */
export type NumericTarget = ArrayLike<number> | Table;

/** One score per output, their mean, or their mean by given weights. */
export type Multioutput = 'rawValues' | 'uniformAverage' | ArrayLike<number>;

/** What a way of averaging outputs gives: one number, or one per output. */
export type OverOutputs<M> = M extends 'rawValues' ? Float64Array : number;

export interface RegressionOptions<M> extends WeightOptions {
  /** How outputs are averaged; 'rawValues' gives one score per output. @default 'uniformAverage' */
  readonly multioutput?: M;
}

/** True and predicted values, column by column. */
export interface NumericTargets {
  readonly rows: number;
  /** One pair per output. */
  readonly outputs: readonly { readonly yTrue: Float64Array; readonly yPred: Float64Array }[];
  readonly weights: Float64Array | undefined;
}

/**
 * Both targets as columns of finite numbers.
 *
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite, and on weights outside their rule
 */
export function readTargets(
  metric: string,
  yTrue: NumericTarget,
  yPred: NumericTarget,
  sampleWeight: ArrayLike<number> | undefined,
): NumericTargets {
  const [actual, predicted] = [readColumns(metric, 'yTrue', yTrue), readColumns(metric, 'yPred', yPred)];
  const rows = actual[0]!.length;
  checkLengths(metric, ['yTrue', 'yPred'], rows, predicted[0]!.length);
  if (actual.length !== predicted.length) {
    throw badInput(metric, {
      rule: 'yTrue and yPred must have the same number of outputs',
      received: `${actual.length} and ${predicted.length}`,
    });
  }
  return {
    rows,
    outputs: actual.map((column, output) => ({ yTrue: column, yPred: predicted[output]! })),
    weights: readWeights(metric, sampleWeight, rows),
  };
}

/** Targets of metrics that are defined for one output only. */
export function readSingleTargets(
  metric: string,
  yTrue: NumericTarget,
  yPred: NumericTarget,
  sampleWeight: ArrayLike<number> | undefined,
): { readonly yTrue: Float64Array; readonly yPred: Float64Array; readonly weights: Float64Array | undefined } {
  const { outputs, weights } = readTargets(metric, yTrue, yPred, sampleWeight);
  if (outputs.length === 1) return { ...outputs[0]!, weights };
  throw badInput(metric, { rule: 'yTrue must have one output', received: `${outputs.length}` });
}

function readColumns(metric: string, name: string, y: NumericTarget): Float64Array[] {
  if (!isTable(y)) return [readNumbers(metric, name, y)];
  const table = readTable(metric, name, y);
  return Array.from({ length: table.columns }, (_, j) => (table.columns === 1 ? table.data : table.column(j)));
}

/** The mean of a loss over the samples, for each output. */
export function meanLosses(
  { outputs, rows, weights }: NumericTargets,
  loss: (actual: number, predicted: number) => number,
): Float64Array {
  const losses = new Float64Array(rows);
  return Float64Array.from(outputs, ({ yTrue, yPred }) => {
    for (let i = 0; i < rows; i++) losses[i] = loss(yTrue[i]!, yPred[i]!);
    return mean(losses, weights);
  });
}

/**
 * The scores of all outputs as `multioutput` asks.
 *
 * @throws InvalidParamError on weights that do not fit the outputs, and on an unknown name
 */
export function overOutputs<M extends Multioutput>(
  metric: string,
  scores: Float64Array,
  multioutput: M,
): OverOutputs<M> {
  const result =
    multioutput === 'rawValues'
      ? scores
      : mean(scores, multioutput === 'uniformAverage' ? undefined : outputWeights(metric, multioutput, scores.length));
  return result as OverOutputs<M>;
}

/** Weights of the outputs as numbers. */
export function outputWeights(metric: string, multioutput: unknown, outputs: number): Float64Array {
  const isList = isListLike(multioutput);
  const weights = isList && multioutput.length === outputs ? Array.from(multioutput as ArrayLike<number>) : [];
  const areWeights = weights.every(weight => Number.isFinite(weight) && weight >= 0) && sum(weights) > 0;
  if (outputs > 1 && areWeights) return Float64Array.from(weights);
  throw badOption(metric, {
    rule:
      outputs === 1 && isList
        ? 'multioutput must not be weights where there is one output'
        : `multioutput must be a known name, or ${outputs} weights >= 0 that are not all zero`,
    received: show(multioutput),
  });
}
