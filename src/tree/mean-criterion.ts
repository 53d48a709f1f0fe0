import { Criterion, type CriterionData } from './criterion.ts';

/** Weighted sums of the targets of a node and of both sides of a cut; a leaf's value is the weighted mean. */
export abstract class MeanCriterion extends Criterion {
  protected readonly total: Float64Array;
  protected readonly left: Float64Array;
  protected readonly right: Float64Array;
  /** Sum of w y^2 over all outputs. */
  protected squares = 0;

  constructor(data: CriterionData) {
    super(data);
    this.total = new Float64Array(this.outputs);
    this.left = new Float64Array(this.outputs);
    this.right = new Float64Array(this.outputs);
  }

  init(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.total.fill(0);
    this.squares = 0;
    this.weighted = this.#sum(start, end);
    this.reset();
  }

  /** Adds the node's samples to the totals and returns their weight. */
  #sum(start: number, end: number): number {
    const { samples, weights, y, outputs, total } = this;
    let weighted = 0;
    for (let p = start; p < end; p++) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) {
        const value = y[i * outputs + k]!;
        const weightedValue = w * value;
        total[k]! += weightedValue;
        this.squares += weightedValue * value;
      }
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
    const { samples, weights, y, outputs, left, right, total } = this;
    if (pos - this.pos <= this.end - pos) {
      for (let p = this.pos; p < pos; p++) {
        const i = samples[p]!;
        const w = weights[i]!;
        for (let k = 0; k < outputs; k++) left[k]! += w * y[i * outputs + k]!;
        this.weightedLeft += w;
      }
    } else {
      left.set(total);
      this.weightedLeft = this.weighted;
      for (let p = this.end - 1; p >= pos; p--) {
        const i = samples[p]!;
        const w = weights[i]!;
        for (let k = 0; k < outputs; k++) left[k]! -= w * y[i * outputs + k]!;
        this.weightedLeft -= w;
      }
    }
    this.weightedRight = this.weighted - this.weightedLeft;
    for (let k = 0; k < outputs; k++) right[k] = total[k]! - left[k]!;
    this.pos = pos;
  }

  writeValue(to: Float64Array, at: number): void {
    for (let k = 0; k < this.outputs; k++) to[at + k] = this.total[k]! / this.weighted;
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
}
