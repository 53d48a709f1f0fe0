import { ClassCriterion } from './class-criterion.ts';
import type { CriterionData, CutPass } from './criterion.ts';
import { scanExactEntropy } from './cut-scans.ts';
import { log2 } from './log.ts';

/** Shannon entropy in bits: -sum p log2 p. */
export class Entropy extends ClassCriterion {
  /** x log2 x of whole numbers, where all weights are whole and their sum is of the order of the rows. */
  readonly #xlogx: Float64Array | undefined;

  constructor(data: CriterionData) {
    super(data);
    if (data.outputs === 1 && data.isExact && data.weightedTotal <= 4 * data.samples.length + 64) {
      this.#xlogx = new Float64Array(data.weightedTotal + 1);
      for (let x = 2; x < this.#xlogx.length; x++) this.#xlogx[x] = x * Math.log2(x);
    }
  }

  override bestCut(pass: CutPass): void {
    if (this.#xlogx === undefined || pass.monotonic !== 0) super.bestCut(pass);
    else scanExactEntropy(pass, this, this.labels, this.weights, this.left, this.total, this.#xlogx, this.#proxyOf);
  }

  readonly #proxyOf = (left: Float64Array, weightLeft: number): number => {
    const { right, total } = this;
    for (let c = 0; c < total.length; c++) right[c] = total[c]! - left[c]!;
    this.weightedLeft = weightLeft;
    this.weightedRight = this.weighted - weightLeft;
    return this.proxy();
  };

  protected impurityOf(counts: Float64Array, weight: number): number {
    let entropy = 0;
    for (let c = 0; c < counts.length; c++) {
      const count = counts[c]!;
      if (count <= 0) continue;
      const share = count / weight;
      entropy -= share * log2(share);
    }
    return entropy / this.outputs;
  }
}
