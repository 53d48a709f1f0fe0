import { isApart } from '../kernels/index.ts';

/** What a criterion reads: the same arrays during the growth of one tree. */
export interface CriterionData {
  /** rows × outputs; classes are codes. */
  readonly y: Float64Array;
  readonly outputs: number;
  /** Number of classes of each output, 1 for regression. */
  readonly nClasses: Int32Array;
  readonly weights: Float64Array;
  /** Rows in tree order: a node owns a range of it. */
  readonly samples: Int32Array;
  /** Sum of all weights. */
  readonly weightedTotal: number;
  /** Whether all sums and sums of squares are whole numbers below 2^53, so that no order of summation matters. */
  readonly isExact: boolean;
}

/**
 * One pass over one sorted feature in search of the best cut; passed down to the criterion, which walks over the
 * positions. The passes of a node share one record, so that a search allocates nothing.
 */
export class CutPass {
  /** Ranks in tree order, ascending within the node (missing values at the end or, when they go left, first). */
  keys: Uint32Array = new Uint32Array(0);
  /** Distinct values of all columns, and where this column's begin. */
  values: Float32Array = new Float32Array(0);
  offset = 0;
  /** 1 for values too close to the one before them in the whole column. */
  near: Uint8Array = new Uint8Array(0);
  /** Cuts are tried at positions in [from, to]; a cut at p puts [start, p) to the left. */
  from = 0;
  to = 0;
  /** The position where the missing values begin: always a cut. Outside the range where there are none. */
  missingFrom = 0;
  minWeightLeaf = 0;
  /** Monotonic constraint of this feature (-1, 0, 1), and the bounds of the node's value. */
  monotonic = 0;
  lower = -Infinity;
  upper = Infinity;
  /** Best proxy improvement so far in the node, and the cut of this pass that reached it (-1: none). */
  best = -Infinity;
  cut = -1;

  /** Whether the values at p - 1 and p may be separated. */
  isCut(p: number): boolean {
    const { keys } = this;
    const key = keys[p]!;
    const before = keys[p - 1]!;
    if (key === before) return false;
    if (p === this.missingFrom || this.near[this.offset + key] === 0) return true;
    return isApart(this.values[this.offset + before]!, this.values[this.offset + key]!);
  }
}

/**
 * The impurity of a node and of the two sides of a cut. Sums are kept in the order in which scikit-learn adds them, so
 * that they agree to the last bit.
 */
export abstract class Criterion {
  protected readonly y: Float64Array;
  protected readonly outputs: number;
  protected readonly weights: Float64Array;
  readonly samples: Int32Array;
  protected readonly weightedTotal: number;
  start = 0;
  end = 0;
  protected pos = 0;
  /** Weight of the node, and of the samples left and right of the cut. */
  weighted = 0;
  weightedLeft = 0;
  weightedRight = 0;
  /** Written by `childrenImpurity`. */
  impurityLeft = 0;
  impurityRight = 0;

  constructor(data: CriterionData) {
    this.y = data.y;
    this.outputs = data.outputs;
    this.weights = data.weights;
    this.samples = data.samples;
    this.weightedTotal = data.weightedTotal;
  }

  /** Takes the node `samples[start .. end)`, with all of it right of the cut. */
  abstract init(start: number, end: number): void;
  /** Moves the cut back to the start of the node. */
  abstract reset(): void;
  /** Moves the cut forward to `pos`. */
  abstract update(pos: number): void;
  abstract nodeImpurity(): number;
  /** Computes `impurityLeft` and `impurityRight`. */
  abstract childrenImpurity(): void;
  /** Writes the node's value at `at`. */
  abstract writeValue(to: Float64Array, at: number): void;
  /** What monotonic constraints compare: the values left and right of the cut. */
  abstract leftValue(): number;
  abstract rightValue(): number;
  /** Between the two sides: the bound of both where the cut's feature is constrained. */
  abstract middleValue(): number;

  /** Keeps the value at `at` between bounds. */
  clipValue(to: Float64Array, at: number, lower: number, upper: number): void {
    const value = to[at]!;
    to[at] = value < lower ? lower : value > upper ? upper : value;
  }

  /** Grows with the improvement of the cut; constant terms are left out. */
  proxy(): number {
    this.childrenImpurity();
    return -this.weightedRight * this.impurityRight - this.weightedLeft * this.impurityLeft;
  }

  /** Decrease of impurity by the cut, weighted by the node's share of all samples. */
  improvement(parent: number, left: number, right: number): number {
    return (
      (this.weighted / this.weightedTotal) *
      (parent - (this.weightedRight / this.weighted) * right - (this.weightedLeft / this.weighted) * left)
    );
  }

  isMonotonic(sign: number, lower: number, upper: number): boolean {
    const left = this.leftValue();
    const right = this.rightValue();
    return left >= lower && right >= lower && left <= upper && right <= upper && (left - right) * sign <= 0;
  }

  /** Tries the cuts of a pass and notes the best that beats `pass.best`; `pass.cut` is -1 before. Subclasses have faster ways. */
  bestCut(pass: CutPass): void {
    this.reset();
    for (let p = pass.from; p <= pass.to; p++) {
      if (!pass.isCut(p)) continue;
      this.update(p);
      if (pass.monotonic !== 0 && !this.isMonotonic(pass.monotonic, pass.lower, pass.upper)) continue;
      if (this.weightedLeft < pass.minWeightLeaf || this.weightedRight < pass.minWeightLeaf) continue;
      const proxy = this.proxy();
      if (proxy > pass.best) {
        pass.best = proxy;
        pass.cut = p;
      }
    }
  }
}
