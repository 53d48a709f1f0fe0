import { ClassCriterion } from './class-criterion.ts';
import type { CriterionData, CutPass } from './criterion.ts';
import { scanExactGini, scanGiniOfTwo } from './cut-scans.ts';

/** Gini impurity: 1 - sum p^2. */
export class Gini extends ClassCriterion {
  /** For two classes: each row's weight as class 0 and as class 1. */
  readonly #shares: Float64Array | undefined;
  readonly #isExact: boolean;

  constructor(data: CriterionData) {
    super(data);
    this.#isExact = data.isExact;
    if (data.outputs === 1 && this.stride === 2) {
      this.#shares = new Float64Array(2 * this.labels.length);
      this.labels.forEach((label, i) => {
        this.#shares![2 * i + label] = this.weights[i]!;
      });
    }
  }

  override bestCut(pass: CutPass): void {
    const { total } = this;
    if (pass.monotonic !== 0 || this.outputs > 1) super.bestCut(pass);
    else if (this.#shares !== undefined) scanGiniOfTwo(pass, this, this.#shares, total[0]!, total[1]!);
    else if (this.#isExact) scanExactGini(pass, this, this.labels, this.weights, this.left, total);
    else super.bestCut(pass);
  }

  protected impurityOf(counts: Float64Array, weight: number): number {
    const { outputs, stride } = this;
    let gini = 0;
    for (let k = 0; k < outputs; k++) {
      let squares = 0;
      for (let c = k * stride; c < (k + 1) * stride; c++) squares += counts[c]! * counts[c]!;
      gini += 1 - squares / (weight * weight);
    }
    return gini / outputs;
  }
}
