/** How well scores rank the true labels of each sample before the others. */
import type { Matrix } from '../../array/index.ts';
import {
  badInput,
  checkLengths,
  type Indicator,
  mean,
  readIndicator,
  readOptions,
  readTable,
  readWeights,
  type Table,
  type WeightOptions,
} from '../inputs/index.ts';

/**
 * How many of the best scored labels have to be taken, on average, to cover all true ones. Time O(n labels).
 *
 * @param yTrue n × labels, 0 and 1
 * @param yScore n × labels
 * @returns a number from the mean count of true labels (the best) to the number of labels
 * @throws InvalidInputError on tables of different shapes
 *
 * @example
 * import { coverageError } from 'fitwise';
 * coverageError([[1, 0, 0], [0, 1, 1]], [[1, 0, 0], [0, 1, 1]]); // 1.5
 */
export function coverageError(yTrue: Indicator, yScore: Table, options: WeightOptions = {}): number {
  return meanOverRows('coverageError', SEVERAL, yTrue, yScore, options, (truth, scores) => {
    const least = scores.reduce((lowest, score, j) => (truth[j] === 1 ? Math.min(lowest, score) : lowest), Infinity);
    return scores.filter(score => score >= least).length;
  });
}

/**
 * For each true label the share of true ones among the labels ranked no lower, averaged over labels and samples; ties
 * count against it. Time O(n labels^2).
 *
 * @param yTrue n × labels, 0 and 1; rows of zeros or of ones only score 1
 * @param yScore n × labels
 * @returns a number in (0, 1]
 * @throws InvalidInputError on tables of different shapes
 *
 * @example
 * import { labelRankingAveragePrecisionScore } from 'fitwise';
 * labelRankingAveragePrecisionScore([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]]); // 0.416...
 */
export function labelRankingAveragePrecisionScore(
  yTrue: Indicator,
  yScore: Table,
  options: WeightOptions = {},
): number {
  return meanOverRows('labelRankingAveragePrecisionScore', 1, yTrue, yScore, options, (truth, scores) => {
    const relevant = scores.filter((_, j) => truth[j] === 1);
    if (relevant.length === 0 || relevant.length === scores.length) return 1;
    const atLeast = (list: Float64Array, score: number) => list.filter(other => other >= score).length;
    return mean(relevant.map(score => atLeast(relevant, score) / atLeast(scores, score)));
  });
}

/**
 * The share of pairs of a true and a false label that are ranked the wrong way round, averaged over the samples; ties
 * count as wrong. Time O(n labels^2).
 *
 * @param yTrue n × labels, 0 and 1; rows of zeros or of ones only have no loss
 * @param yScore n × labels
 * @returns a number in [0, 1]
 * @throws InvalidInputError on tables of different shapes
 *
 * @example
 * import { labelRankingLoss } from 'fitwise';
 * labelRankingLoss([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]]); // 0.75
 */
export function labelRankingLoss(yTrue: Indicator, yScore: Table, options: WeightOptions = {}): number {
  return meanOverRows('labelRankingLoss', SEVERAL, yTrue, yScore, options, (truth, scores) => {
    const relevant = scores.filter((_, j) => truth[j] === 1);
    const others = scores.filter((_, j) => truth[j] === 0);
    if (relevant.length === 0 || others.length === 0) return 0;
    const wrong = relevant.map(score => others.filter(other => other >= score).length);
    return mean(wrong) / others.length;
  });
}

/** Fewest labels that scikit-learn takes for an indicator. */
const SEVERAL = 2;

function meanOverRows(
  metric: string,
  leastLabels: number,
  yTrue: Indicator,
  yScore: Table,
  options: WeightOptions,
  score: (truth: Float64Array, scores: Float64Array) => number,
): number {
  const { sampleWeight } = readOptions(metric, options, { sampleWeight: undefined });
  const [truth, scores] = [readIndicator(metric, 'yTrue', yTrue), readTable(metric, 'yScore', yScore)];
  checkShapes(metric, truth, scores);
  if (truth.columns < leastLabels) {
    throw badInput(metric, { rule: `yTrue must have ${leastLabels} labels at least`, received: `${truth.columns}` });
  }
  const weights = readWeights(metric, sampleWeight, truth.rows);
  return mean(
    Float64Array.from({ length: truth.rows }, (_, i) => score(truth.row(i), scores.row(i))),
    weights,
  );
}

function checkShapes(metric: string, truth: Matrix, scores: Matrix): void {
  checkLengths(metric, ['yTrue', 'yScore'], truth.rows, scores.rows);
  if (truth.columns === scores.columns) return;
  throw badInput(metric, {
    rule: `yScore must have one column per label (${truth.columns})`,
    received: `${scores.columns} columns`,
  });
}
