import { scanExactEntropy, scanExactGini, scanGiniOfTwo } from './class-scans.ts';
import { Criterion, type CriterionData, type CutPass } from './criterion.ts';
import { accurateLog } from './log.ts';

/** log2 is taken as a quotient of natural logarithms. */
const LN2 = Math.LN2;

/** Class counts (weighted) of a node and of both sides of a cut. */
export abstract class ClassCriterion extends Criterion {
  protected readonly nClasses: Int32Array;
  /** Classes per output, the most of any. */
  protected readonly stride: number;
  /** outputs × stride. */
  protected readonly total: Float64Array;
  protected readonly left: Float64Array;
  protected readonly right: Float64Array;
  /** Class codes, rows × outputs. */
  protected readonly labels: Int32Array;

  constructor(data: CriterionData) {
    super(data);
    this.nClasses = data.nClasses;
    this.stride = Math.max(...data.nClasses);
    const size = this.outputs * this.stride;
    this.total = new Float64Array(size);
    this.left = new Float64Array(size);
    this.right = new Float64Array(size);
    this.labels = Int32Array.from(data.y);
  }

  init(start: number, end: number): void {
    const { samples, weights, labels, outputs, stride, total } = this;
    this.start = start;
    this.end = end;
    total.fill(0);
    let weighted = 0;
    for (let p = start; p < end; p++) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) total[k * stride + labels[i * outputs + k]!]! += w;
      weighted += w;
    }
    this.weighted = weighted;
    this.reset();
  }

  reset(): void {
    this.pos = this.start;
    this.left.fill(0);
    this.right.set(this.total);
    this.weightedLeft = 0;
    this.weightedRight = this.weighted;
  }

  update(pos: number): void {
    if (pos - this.pos <= this.end - pos) this.addToLeft(this.pos, pos);
    else this.removeFromLeft(pos);
    const { left, right, total } = this;
    this.weightedRight = this.weighted - this.weightedLeft;
    for (let c = 0; c < total.length; c++) right[c] = total[c]! - left[c]!;
    this.pos = pos;
  }

  private addToLeft(from: number, to: number): void {
    const { samples, weights, labels, outputs, stride, left } = this;
    for (let p = from; p < to; p++) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) left[k * stride + labels[i * outputs + k]!]! += w;
      this.weightedLeft += w;
    }
  }

  /** From the far end, where that is nearer. */
  protected removeFromLeft(pos: number): void {
    const { samples, weights, labels, outputs, stride, left } = this;
    left.set(this.total);
    this.weightedLeft = this.weighted;
    for (let p = this.end - 1; p >= pos; p--) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) left[k * stride + labels[i * outputs + k]!]! -= w;
      this.weightedLeft -= w;
    }
  }

  writeValue(to: Float64Array, at: number): void {
    for (let k = 0; k < this.outputs; k++) {
      for (let c = 0; c < this.nClasses[k]!; c++) {
        to[at + k * this.stride + c] = this.total[k * this.stride + c]! / this.weighted;
      }
    }
  }

  /** Constraints are on the share of the first of two classes. */
  override clipValue(to: Float64Array, at: number, lower: number, upper: number): void {
    super.clipValue(to, at, lower, upper);
    to[at + 1] = 1 - to[at]!;
  }

  leftValue(): number {
    return this.left[0]! / this.weightedLeft;
  }

  rightValue(): number {
    return this.right[0]! / this.weightedRight;
  }

  middleValue(): number {
    return this.left[0]! / (2 * this.weightedLeft) + this.right[0]! / (2 * this.weightedRight);
  }

  nodeImpurity(): number {
    return this.impurityOf(this.total, this.weighted);
  }

  childrenImpurity(): void {
    this.impurityLeft = this.impurityOf(this.left, this.weightedLeft);
    this.impurityRight = this.impurityOf(this.right, this.weightedRight);
  }

  /** Mean impurity over the outputs. */
  protected abstract impurityOf(counts: Float64Array, weight: number): number;
}

/** Shannon entropy in bits: -sum p log2 p. */
export class Entropy extends ClassCriterion {
  /** x log2 x of whole numbers, where all weights are whole and their sum is of the order of the rows. */
  readonly #xlogx: Float64Array | undefined;

  constructor(data: CriterionData) {
    super(data);
    if (data.outputs === 1 && data.isExact && data.weightedTotal <= 4 * data.samples.length + 64) {
      this.#xlogx = new Float64Array(data.weightedTotal + 1);
      for (let x = 2; x < this.#xlogx.length; x++) this.#xlogx[x] = (x * Math.log(x)) / LN2;
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
      entropy -= share * (accurateLog(share) / LN2);
    }
    return entropy / this.outputs;
  }
}

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
