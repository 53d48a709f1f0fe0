import type { CriterionData, CutPass } from './criterion.ts';
import { scanSquaredError } from './cut-scans.ts';
import { MeanCriterion } from './mean-criterion.ts';

/** Squared error: the variance of the targets, averaged over the outputs. */
export class SquaredError extends MeanCriterion {
  /** For one output: each row's weight, and weight times target. */
  readonly #pairs: Float64Array | undefined;

  constructor(data: CriterionData) {
    super(data);
    if (data.outputs > 1) return;
    this.#pairs = new Float64Array(2 * data.weights.length);
    for (let i = 0; i < data.weights.length; i++) {
      this.#pairs[2 * i] = data.weights[i]!;
      this.#pairs[2 * i + 1] = data.weights[i]! * data.y[i]!;
    }
  }

  nodeImpurity(): number {
    let impurity = this.squares / this.weighted;
    for (let k = 0; k < this.outputs; k++) impurity -= squareOf(this.total[k]! / this.weighted);
    return impurity / this.outputs;
  }

  override proxy(): number {
    let left = 0;
    let right = 0;
    for (let k = 0; k < this.outputs; k++) {
      left += this.left[k]! * this.left[k]!;
      right += this.right[k]! * this.right[k]!;
    }
    return left / this.weightedLeft + right / this.weightedRight;
  }

  childrenImpurity(): void {
    const { samples, weights, y, outputs } = this;
    let squaresLeft = 0;
    for (let p = this.start; p < this.pos; p++) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) {
        const value = y[i * outputs + k]!;
        squaresLeft += w * value * value;
      }
    }
    let left = squaresLeft / this.weightedLeft;
    let right = (this.squares - squaresLeft) / this.weightedRight;
    for (let k = 0; k < outputs; k++) {
      left -= squareOf(this.left[k]! / this.weightedLeft);
      right -= squareOf(this.right[k]! / this.weightedRight);
    }
    this.impurityLeft = left / outputs;
    this.impurityRight = right / outputs;
  }

  override bestCut(pass: CutPass): void {
    if (this.#pairs === undefined || pass.monotonic !== 0) super.bestCut(pass);
    else scanSquaredError(pass, this, this.#pairs, this.total[0]!);
  }
}

function squareOf(x: number): number {
  return x * x;
}
