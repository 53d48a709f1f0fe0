import type { Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import {
  asList,
  checkCount,
  checkLengths,
  encodeTogether,
  type LabelOption,
  mean,
  readOptions,
  readWeights,
  refuseContinuous,
  type Table,
  type WeightOptions,
  warnUndefined,
  weightedSum,
} from '../inputs/index.ts';
import { readScoreTable } from './average-labels.ts';
import { columnsOfLabels } from './columns-of-labels.ts';

export interface TopKAccuracyOptions<L extends Label> extends WeightOptions {
  /** How many of the best scored labels count as predicted. @default 2 */
  readonly k?: number;
  /** The share of the samples instead of their number (or weight). @default true */
  readonly normalize?: boolean;
  /** All labels, sorted: the columns of `yScore`. */
  readonly labels?: readonly L[] | undefined;
}

/**
 * The share of samples whose label is among the `k` best scored ones; of equal scores the later columns come first.
 * Time O(n classes).
 *
 * @param yTrue labels
 * @param yScore n × classes in the order of the sorted labels; for two labels n scores of the greater one, which is
 * predicted above 0.5 where all scores lie in [0, 1], and above 0 else
 * @returns a number in [0, 1]; with `normalize: false` the number (or weight) of hits
 * @throws InvalidInputError on labels and columns that do not match
 *
 * @example
 * import { topKAccuracyScore } from 'fitwise';
 * topKAccuracyScore([0, 1, 2, 2], [[0.5, 0.2, 0.2], [0.3, 0.4, 0.2], [0.2, 0.4, 0.3], [0.7, 0.2, 0.1]], { k: 2 }); // 0.75
 */
export function topKAccuracyScore<L extends Label>(
  yTrue: ArrayLike<L>,
  yScore: ArrayLike<number> | Table,
  options: TopKAccuracyOptions<LabelOption<L>> = {},
): number {
  const metric = 'topKAccuracyScore';
  const { k, normalize, labels, sampleWeight } = readOptions(metric, options as TopKAccuracyOptions<L>, {
    k: 2,
    normalize: true,
    labels: undefined,
    sampleWeight: undefined,
  });
  checkCount(metric, 'k', k, 1);
  const list = asList(metric, 'yTrue', yTrue);
  const scores = readScoreTable(metric, yScore);
  checkLengths(metric, ['yTrue', 'yScore'], list.length, scores.rows);
  const { classes, codes } = encodeTogether(metric, [list]);
  refuseContinuous(metric, classes);
  const isBinary = scores.columns === 1 && classes.length <= 2 && (labels?.length ?? 2) <= 2;
  const encoded = { classes, codes: codes[0]! };
  const { columns, count } = columnsOfLabels(metric, encoded, labels, isBinary ? 2 : scores.columns);
  if (k >= count)
    warnUndefined(metric, `k (${k}) is not less than the number of labels (${count}): every sample is a hit`);
  const weights = readWeights(metric, sampleWeight, list.length);
  const hits =
    isBinary && k === 1 ? thresholdHits(scores.data, columns) : rankHits(scores, columns, isBinary ? count : k);
  return normalize ? mean(hits, weights) : weightedSum(hits, weights);
}

function thresholdHits(scores: Float64Array, truth: Int32Array): Uint8Array {
  const threshold = scores.every(score => score >= 0 && score <= 1) ? 0.5 : 0;
  return Uint8Array.from(truth, (label, row) => Number(Number(scores[row]! > threshold) === label));
}

/** A label is a hit if fewer than `k` others are ranked before it. */
function rankHits(scores: Matrix, truth: Int32Array, k: number): Uint8Array {
  return Uint8Array.from(truth, (column, row) => {
    if (k >= scores.columns) return 1;
    const own = scores.get(row, column);
    let before = 0;
    scores.row(row).forEach((score, other) => {
      if (score > own || (score === own && other > column)) before++;
    });
    return Number(before < k);
  });
}
