import { Matrix } from '../array/index.ts';
import type { FitScore } from './fit-and-score.ts';

/** Scores and times: a row per number of training samples or value of a parameter, a column per split. */
export interface ScoreCurve {
  readonly trainScores: Matrix;
  readonly testScores: Matrix;
  /** Seconds. */
  readonly fitTimes: Matrix;
  /** Seconds. */
  readonly scoreTimes: Matrix;
}

/** The curve of results: a list per row, one per split. */
export function toCurve(results: readonly (readonly FitScore[])[]): ScoreCurve {
  const table = (read: (result: FitScore) => number) => Matrix.fromRows(results.map(row => row.map(read)));
  return {
    trainScores: table(result => result.trainScores!.score!),
    testScores: table(result => result.testScores.score!),
    fitTimes: table(result => result.fitTime),
    scoreTimes: table(result => result.scoreTime),
  };
}
