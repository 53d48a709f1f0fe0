/** Scores of two-class metrics for several labels at once, averaged. */
import { Matrix } from '../../array/index.ts';
import {
  badInput,
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
import type { BinaryScores } from './thresholds.ts';

/**
 * How the scores of labels become one: `micro` takes all entries of the table as samples, `macro` the plain mean,
 * `weighted` the mean by the labels' support, `samples` the mean over the rows.
 */
export type RankingAverage = 'micro' | 'macro' | 'weighted' | 'samples';

export const RANKING_AVERAGES: readonly (RankingAverage | null)[] = ['micro', 'macro', 'weighted', 'samples', null];

/** What an average gives: without one, a score per label, or the one score of a two-class target. */
export type PerLabel<A extends RankingAverage | null> = A extends null ? number | Float64Array : number;

/** A metric of two classes. */
export type BinaryMetric = (scores: BinaryScores) => number;

/** Scores as a table; a list is one column. */
export function readScoreTable(metric: string, yScore: ArrayLike<number> | Table): Matrix {
  if (isTable(yScore)) return readTable(metric, 'yScore', yScore);
  const scores = readNumbers(metric, 'yScore', yScore);
  return new Matrix(scores, scores.length, 1);
}

/** One score per label, or their average. */
export function averageLabels(
  metric: string,
  score: BinaryMetric,
  indicator: Matrix,
  yScore: Matrix,
  { average, sampleWeight }: { readonly average: RankingAverage | null } & WeightOptions,
): number | Float64Array {
  checkLengths(metric, ['yTrue', 'yScore'], indicator.rows, yScore.rows);
  if (indicator.columns !== yScore.columns) {
    throw badInput(metric, {
      rule: `yScore must have one column per label (${indicator.columns})`,
      received: `${yScore.columns} columns`,
    });
  }
  const weights = readWeights(metric, sampleWeight, indicator.rows);
  if (average === 'micro') {
    return score({
      isPositive: Uint8Array.from(indicator.data),
      scores: yScore.data,
      weights: weights === undefined ? undefined : repeatEach(weights, indicator.columns),
    });
  }
  if (average === 'samples')
    return meanOfWeighty(scorePerColumn(score, indicator.transpose(), yScore.transpose()), weights);
  const scores = () => scorePerColumn(score, indicator, yScore, weights);
  if (average !== 'weighted') return average === null ? scores() : mean(scores());
  const support = supportOf(indicator, weights);
  if (sum(support) === 0) return 0;
  return meanOfWeighty(scores(), support);
}

/** The mean by weight; what weighs nothing counts 0, even where its score is NaN. */
function meanOfWeighty(scores: Float64Array, weights: Float64Array | undefined): number {
  return mean(
    scores.map((score, at) => (weights?.[at] === 0 ? 0 : score)),
    weights,
  );
}

/** A table with a column for each class, 1 where the code is that of the column. */
export function oneHot(codes: Int32Array, classes: number): Matrix {
  const table = Matrix.zeros(codes.length, classes);
  for (let row = 0; row < codes.length; row++) table.set(row, codes[row]!, 1);
  return table;
}

function scorePerColumn(score: BinaryMetric, indicator: Matrix, yScore: Matrix, weights?: Float64Array): Float64Array {
  return Float64Array.from({ length: indicator.columns }, (_, label) =>
    score({ isPositive: Uint8Array.from(indicator.column(label)), scores: yScore.column(label), weights }),
  );
}

function repeatEach(weights: Float64Array, times: number): Float64Array {
  return Float64Array.from({ length: weights.length * times }, (_, at) => weights[Math.floor(at / times)]!);
}

function supportOf(indicator: Matrix, weights: Float64Array | undefined): Float64Array {
  const support = new Float64Array(indicator.columns);
  for (let i = 0; i < indicator.rows; i++) {
    for (let j = 0; j < indicator.columns; j++) support[j]! += indicator.get(i, j) * (weights?.[i] ?? 1);
  }
  return support;
}
