import { Criterion, type CriterionData, type CutPass } from './criterion.ts';
import { accurateLog } from './log.ts';

/** log2 is taken as a quotient of natural logarithms. */
const LN2 = Math.LN2;
/** Sums of targets up to this count as 0. */
const EPSILON = 10 * 2 ** -52;

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
    const { samples, weights, y, outputs, total } = this;
    this.start = start;
    this.end = end;
    total.fill(0);
    let weighted = 0;
    let squares = 0;
    for (let p = start; p < end; p++) {
      const i = samples[p]!;
      const w = weights[i]!;
      for (let k = 0; k < outputs; k++) {
        const value = y[i * outputs + k]!;
        const weightedValue = w * value;
        total[k]! += weightedValue;
        squares += weightedValue * value;
      }
      weighted += w;
    }
    this.weighted = weighted;
    this.squares = squares;
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

/** The walk over all cuts for one output, with running sums in locals; the same bits as `Criterion.bestCut`. */
function scanSquaredError(
  pass: CutPass,
  node: { samples: Int32Array; start: number; end: number; weighted: number },
  pairs: Float64Array,
  total: number,
): void {
  const { keys, near, offset, from, to, minWeightLeaf } = pass;
  const { samples, end, weighted } = node;
  let { best } = pass;
  let cut = -1;
  let left = 0;
  let weightLeft = 0;
  let pos = node.start;
  for (let p = node.start; p < from - 1; p++) {
    const at = 2 * samples[p]!;
    weightLeft += pairs[at]!;
    left += pairs[at + 1]!;
  }
  let before = keys[from - 1]!;
  for (let p = from; p <= to; p++) {
    const at = 2 * samples[p - 1]!;
    weightLeft += pairs[at]!;
    left += pairs[at + 1]!;
    const key = keys[p]!;
    if (key === before) continue;
    before = key;
    if (near[offset + key] === 1 && !pass.isCut(p)) continue;
    if (p - pos > end - p) {
      left = total;
      weightLeft = weighted;
      for (let q = end - 1; q >= p; q--) {
        weightLeft -= pairs[2 * samples[q]!]!;
        left -= pairs[2 * samples[q]! + 1]!;
      }
    }
    pos = p;
    const weightRight = weighted - weightLeft;
    if (weightLeft < minWeightLeaf || weightRight < minWeightLeaf) continue;
    const right = total - left;
    const proxy = (left * left) / weightLeft + (right * right) / weightRight;
    if (proxy > best) {
      best = proxy;
      cut = p;
    }
  }
  pass.best = best;
  pass.cut = cut;
}

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
      left -= sumLeft * (accurateLog(sumLeft / this.weightedLeft) / LN2);
      right -= sumRight * (accurateLog(sumRight / this.weightedRight) / LN2);
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
