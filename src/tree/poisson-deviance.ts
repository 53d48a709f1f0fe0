import { accurateLog, log2 } from './log.ts';
import { MeanCriterion } from './mean-criterion.ts';

/** Sums of targets up to this count as 0. */
const EPSILON = 10 * 2 ** -52;

/** Half the Poisson deviance; targets are counts, not negative. */
export class PoissonDeviance extends MeanCriterion {
  nodeImpurity(): number {
    return this.#loss(this.start, this.end, this.total, this.weighted);
  }

  /** Sides whose targets sum to (nearly) nothing are forbidden: their mean could not be a rate. */
  override proxy(): number {
    let left = 0;
    let right = 0;
    for (let k = 0; k < this.outputs; k++) {
      const sumLeft = this.left[k]!;
      const sumRight = this.right[k]!;
      if (sumLeft <= EPSILON || sumRight <= EPSILON) return -Infinity;
      left -= sumLeft * log2(sumLeft / this.weightedLeft);
      right -= sumRight * log2(sumRight / this.weightedRight);
    }
    return -left - right;
  }

  childrenImpurity(): void {
    this.impurityLeft = this.#loss(this.start, this.pos, this.left, this.weightedLeft);
    this.impurityRight = this.#loss(this.pos, this.end, this.right, this.weightedRight);
  }

  #loss(from: number, to: number, sums: Float64Array, weight: number): number {
    const { samples, weights, y, outputs } = this;
    let loss = 0;
    for (let k = 0; k < outputs; k++) {
      if (sums[k]! <= EPSILON) return Infinity;
      const mean = sums[k]! / weight;
      for (let p = from; p < to; p++) {
        const i = samples[p]!;
        const value = y[i * outputs + k]!;
        if (value !== 0) loss += weights[i]! * (value * accurateLog(value / mean));
      }
    }
    return loss / (weight * outputs);
  }
}
