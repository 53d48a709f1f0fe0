import type { UpdaterState } from './updates.ts';

/** What a training knows of its course; plain, so that it can be stored and gone on from. */
export interface Training {
  readonly params: Float64Array;
  /** Epochs or iterations of the last fit. */
  readonly nIter: number;
  /** The loss at the end of the last fit. */
  readonly loss: number;
  /** Samples seen by the stochastic solvers, in all fits. */
  readonly samplesSeen: number;
  /** The loss of each epoch, of all fits. */
  readonly lossCurve: readonly number[];
  /** The least loss of an epoch; null with early stopping. */
  readonly bestLoss: number | null;
  /** The score of the held-out samples after each epoch; null without early stopping. */
  readonly validationScores: readonly number[] | null;
  readonly bestValidationScore: number | null;
  /** Parameters at the best validation score. */
  readonly bestParams: Float64Array | null;
  /** Epochs in a row that were not better. */
  readonly nNotBetter: number;
  /** Null for solver `'lbfgs'`. */
  readonly updater: UpdaterState | null;
}

/** A training that has not begun. */
export function untrained(params: Float64Array, earlyStopping: boolean): Training {
  return {
    params,
    nIter: 0,
    loss: Infinity,
    samplesSeen: 0,
    lossCurve: [],
    bestLoss: earlyStopping ? null : Infinity,
    validationScores: earlyStopping ? [] : null,
    bestValidationScore: earlyStopping ? -Infinity : null,
    bestParams: earlyStopping ? params.slice() : null,
    nNotBetter: 0,
    updater: null,
  };
}

/** The training with one more epoch, judged by its score where samples are held out and by its loss elsewhere. */
export function afterEpoch(before: Training, loss: number, score: number | undefined, tol: number): Training {
  const lossCurve = [...before.lossCurve, loss];
  if (score === undefined) {
    const best = before.bestLoss ?? Infinity;
    return {
      ...before,
      ...{ loss, lossCurve },
      nNotBetter: loss > best - tol ? before.nNotBetter + 1 : 0,
      bestLoss: loss < best ? loss : best,
    };
  }
  const best = before.bestValidationScore ?? -Infinity;
  const isBest = score > best;
  return {
    ...before,
    ...{ loss, lossCurve },
    validationScores: [...(before.validationScores ?? []), score],
    nNotBetter: score < best + tol ? before.nNotBetter + 1 : 0,
    bestValidationScore: isBest ? score : best,
    bestParams: isBest ? before.params.slice() : before.bestParams,
  };
}
