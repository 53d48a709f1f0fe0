/** Losses, each with the output activation whose slope makes their gradient at the last layer `output - target`. */
import type { Matrix } from '../../../array/index.ts';

export type LossName = 'squaredError' | 'poisson' | 'logLoss' | 'binaryLogLoss';

/** Loss of one target and one output. */
type PairLoss = (target: number, output: number) => number;

const PAIR_LOSSES: Readonly<Record<LossName, PairLoss>> = {
  squaredError: (target, output) => (target - output) * (target - output),
  /** Half of the deviance. */
  poisson: (target, output) => xLogY(target, target / output) - target + output,
  logLoss: (target, output) => -xLogY(target, clip(output)),
  binaryLogLoss(target, output) {
    const p = clip(output);
    return -(xLogY(target, p) + xLogY(1 - target, 1 - p));
  },
};

/** Sums of the losses per output; the squared error is averaged over the outputs and halved, as in scikit-learn. */
export class LossSum {
  readonly #pair: PairLoss;
  readonly #factor: number;
  readonly #sums: Float64Array;
  #weight = 0;

  constructor(name: LossName, outputs: number) {
    this.#pair = PAIR_LOSSES[name];
    this.#factor = name === 'squaredError' ? 0.5 / outputs : 1;
    this.#sums = new Float64Array(outputs);
  }

  /** Adds rows `from .. to - 1`. */
  add(targets: Matrix, outputs: Matrix, weights: Float64Array | undefined, from: number, to: number): void {
    const pair = this.#pair;
    const sums = this.#sums;
    for (let i = from, at = from * sums.length; i < to; i++) {
      const weight = weights === undefined ? 1 : weights[i]!;
      this.#weight += weight;
      for (let k = 0; k < sums.length; k++, at++) sums[k]! += weight * pair(targets.data[at]!, outputs.data[at]!);
    }
  }

  /** The weighted mean over the samples, summed over the outputs. */
  mean(): number {
    return this.#factor * this.#sums.reduce((total, sum) => total + sum / this.#weight, 0);
  }
}

/** x log y, with 0 log 0 = 0. */
function xLogY(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(y);
}

/** Keeps logarithms of probabilities finite. */
function clip(probability: number): number {
  return Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
}
