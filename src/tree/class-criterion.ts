import { Criterion, type CriterionData } from './criterion.ts';

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
    this.start = start;
    this.end = end;
    this.total.fill(0);
    this.weighted = this.#count(start, end);
    this.reset();
  }

  /** Adds the node's samples to the totals and returns their weight. */
  #count(start: number, end: number): number {
    const { samples, weights, labels, outputs, stride, total } = this;
    let weighted = 0;
    for (let p = start; p < end; p++) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) total[k * stride + labels[i * outputs + k]!]! += w;
      weighted += w;
    }
    return weighted;
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
    let weightLeft = this.weightedLeft;
    for (let p = from; p < to; p++) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) left[k * stride + labels[i * outputs + k]!]! += w;
      weightLeft += w;
    }
    this.weightedLeft = weightLeft;
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
