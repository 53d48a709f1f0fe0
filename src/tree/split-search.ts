import { isApart } from '../kernels/index.ts';
import type { XorShift } from '../random/index.ts';
import { type Criterion, CutPass } from './criterion.ts';
import type { NodeSamples } from './node-samples.ts';

/** A node on its way to be split. */
export interface OpenNode {
  readonly start: number;
  readonly end: number;
  readonly impurity: number;
  /** How many of the features were constant in an ancestor. */
  readonly nConstants: number;
  /** Bounds of the node's value under monotonic constraints. */
  readonly lower: number;
  readonly upper: number;
}

export interface SearchLimits {
  readonly maxFeatures: number;
  readonly minSamplesLeaf: number;
  readonly minWeightLeaf: number;
  /** Sign per feature, or none. */
  readonly monotonic: Int8Array | undefined;
}

/**
 * The search for a node's split: features are drawn without replacement, by an exchange shuffle that knows which
 * features are constant, until `maxFeatures` were looked at, and further until one was not constant.
 *
 * `features` holds, in this order: constants of an ancestor that were drawn, those that were not, constants found
 * here, features not drawn, features drawn.
 *
 * The search goes feature by feature, so that its driver can pause: `begin`, `nextFeature` while true, `finish`.
 */
export abstract class SplitSearch {
  /** The split found; `pos` is the end of the node where there is none. */
  feature = 0;
  pos = 0;
  threshold = 0;
  missingGoToLeft = false;
  impurityLeft = Infinity;
  impurityRight = Infinity;
  improvement = -Infinity;
  /** Number of features constant in the node; their children inherit it. */
  nConstants = 0;

  protected readonly criterion: Criterion;
  protected readonly samples: NodeSamples;
  protected readonly limits: SearchLimits;
  protected readonly random: XorShift;
  protected readonly pass = new CutPass();
  protected node: OpenNode = { start: 0, end: 0, impurity: 0, nConstants: 0, lower: -Infinity, upper: Infinity };
  /** Rank that the split goes after. */
  protected cutRank = 0;

  readonly #features: Int32Array;
  readonly #constants: Int32Array;
  #undrawn = 0;
  #visited = 0;
  #drawnConstants = 0;
  #foundConstants = 0;

  constructor(criterion: Criterion, samples: NodeSamples, limits: SearchLimits, random: XorShift) {
    this.criterion = criterion;
    this.samples = samples;
    this.limits = limits;
    this.random = random;
    this.#features = Int32Array.from({ length: samples.ranks.columns }, (_, j) => j);
    this.#constants = new Int32Array(samples.ranks.columns);
    this.pass.keys = samples.keys;
    this.pass.values = samples.ranks.values;
    this.pass.near = samples.ranks.near;
    this.pass.minWeightLeaf = limits.minWeightLeaf;
  }

  begin(node: OpenNode): void {
    this.node = node;
    this.pos = node.end;
    this.feature = 0;
    this.threshold = 0;
    this.missingGoToLeft = false;
    this.impurityLeft = Infinity;
    this.impurityRight = Infinity;
    this.improvement = -Infinity;
    this.nConstants = node.nConstants;
    this.pass.best = -Infinity;
    this.pass.lower = node.lower;
    this.pass.upper = node.upper;
    this.#undrawn = this.#features.length;
    this.#visited = 0;
    this.#drawnConstants = 0;
    this.#foundConstants = 0;
  }

  /** Draws and tries one more feature; false when the search is over. */
  nextFeature(): boolean {
    const features = this.#features;
    while (this.#undrawn > this.nConstants && this.#wantsMore()) {
      this.#visited++;
      const drawn = this.random.randInt(this.#drawnConstants, this.#undrawn - this.#foundConstants);
      if (drawn < this.node.nConstants) {
        exchange(features, drawn, this.#drawnConstants++);
        continue;
      }
      const at = drawn + this.#foundConstants;
      const feature = features[at]!;
      if (this.tryFeature(feature)) {
        exchange(features, at, --this.#undrawn);
      } else {
        exchange(features, at, this.nConstants++);
        this.#foundConstants++;
      }
      return true;
    }
    return false;
  }

  #wantsMore(): boolean {
    return this.#visited < this.limits.maxFeatures || this.#visited <= this.#foundConstants + this.#drawnConstants;
  }

  /** Ends the search: parts the node's samples by the split found, and judges it. */
  finish(): void {
    const { criterion, node } = this;
    if (this.pos < node.end) {
      this.partByBest();
      criterion.reset();
      criterion.update(this.pos);
      criterion.childrenImpurity();
      this.impurityLeft = criterion.impurityLeft;
      this.impurityRight = criterion.impurityRight;
      this.improvement = criterion.improvement(node.impurity, this.impurityLeft, this.impurityRight);
    }
    // Siblings and descendants rely on the order of the inherited constants.
    const known = node.nConstants;
    for (let j = 0; j < known; j++) this.#features[j] = this.#constants[j]!;
    for (let j = known; j < this.nConstants; j++) this.#constants[j] = this.#features[j]!;
  }

  /** Looks for the best cut of a feature; false if the feature is constant in the node. */
  protected abstract tryFeature(feature: number): boolean;

  protected partByBest(): void {
    const { start, end } = this.node;
    this.samples.part(this.feature, this.cutRank, this.missingGoToLeft, start, end);
  }

  protected keep(feature: number, pos: number, cutRank: number, threshold: number, missingLeft: boolean): void {
    const { start, end } = this.node;
    this.feature = feature;
    this.pos = pos;
    this.cutRank = cutRank;
    this.threshold = threshold;
    // Where nothing was missing in training, missing values will follow the majority.
    this.missingGoToLeft = this.samples.nMissing === 0 ? pos - start > end - pos : missingLeft;
  }
}

/** Tries every cut of every feature drawn. */
export class BestSplitSearch extends SplitSearch {
  protected tryFeature(feature: number): boolean {
    const { samples, pass, limits, node } = this;
    const { ranks, keys } = samples;
    const { start, end } = node;
    samples.sort(feature, start, end);
    const { nMissing } = samples;
    const present = end - nMissing;
    const offset = ranks.offsets[feature]!;
    if (present === start) return false;
    if (nMissing === 0 && !isApart(ranks.values[offset + keys[start]!]!, ranks.values[offset + keys[end - 1]!]!))
      return false;
    pass.offset = offset;
    pass.monotonic = limits.monotonic?.[feature] ?? 0;
    pass.missingFrom = present;
    this.#tryCuts(feature, start + 1, nMissing === 0 ? end - 1 : present, false);
    if (nMissing > 0) {
      samples.moveMissingFirst(start, end);
      pass.missingFrom = end;
      this.#tryCuts(feature, start + nMissing + 1, end - 1, true);
    }
    return true;
  }

  #tryCuts(feature: number, first: number, last: number, missingLeft: boolean): void {
    const { pass, limits, node, samples } = this;
    pass.from = Math.max(first, node.start + limits.minSamplesLeaf);
    pass.to = Math.min(last, node.end - limits.minSamplesLeaf);
    if (pass.from > pass.to) return;
    pass.cut = -1;
    this.criterion.bestCut(pass);
    const { cut } = pass;
    if (cut < 0) return;
    const { values } = samples.ranks;
    const low = pass.keys[cut - 1]!;
    const threshold =
      !missingLeft && cut === pass.missingFrom && samples.nMissing > 0
        ? Infinity
        : values[pass.offset + low]! / 2 + values[pass.offset + pass.keys[cut]!]! / 2;
    this.keep(feature, cut, low, threshold, missingLeft);
  }
}

/** Tries one cut per feature drawn, uniform between its least and greatest value. */
export class RandomSplitSearch extends SplitSearch {
  #last = -1;

  override begin(node: OpenNode): void {
    super.begin(node);
    this.#last = -1;
  }

  protected tryFeature(feature: number): boolean {
    const { samples, node, random } = this;
    const { start, end } = node;
    this.#last = feature;
    samples.readRange(feature, start, end);
    const { ranks, nMissing, least, greatest } = samples;
    if (nMissing === end - start) return false;
    const offset = ranks.offsets[feature]!;
    const low = ranks.values[offset + least]!;
    const high = ranks.values[offset + greatest]!;
    if (nMissing === 0 && !isApart(low, high)) return false;
    let threshold = random.randUniform(low, high);
    const missingLeft = nMissing > 0 && random.randInt(0, 2) === 1;
    if (threshold === high) threshold = low;
    const cutRank = lastAtMost(ranks.values, offset, ranks.offsets[feature + 1]!, threshold) - offset;
    const pos = samples.partRead(feature, cutRank, missingLeft, start, end);
    if (this.#improves(feature, pos)) this.keep(feature, pos, cutRank, threshold, missingLeft);
    return true;
  }

  #improves(feature: number, pos: number): boolean {
    const { criterion, limits, node, pass } = this;
    const { minSamplesLeaf, minWeightLeaf } = limits;
    if (pos - node.start < minSamplesLeaf || node.end - pos < minSamplesLeaf) return false;
    criterion.reset();
    criterion.update(pos);
    if (criterion.weightedLeft < minWeightLeaf || criterion.weightedRight < minWeightLeaf) return false;
    const sign = limits.monotonic?.[feature] ?? 0;
    if (sign !== 0 && !criterion.isMonotonic(sign, node.lower, node.upper)) return false;
    const proxy = criterion.proxy();
    if (!(proxy > pass.best)) return false;
    pass.best = proxy;
    return true;
  }

  /** The samples already lie as the last feature parted them. */
  protected override partByBest(): void {
    if (this.#last !== this.feature) super.partByBest();
  }
}

function exchange(list: Int32Array, i: number, j: number): void {
  const kept = list[i]!;
  list[i] = list[j]!;
  list[j] = kept;
}

/** Position of the last value in `values[start .. end)`, ascending, that is at most `bound`. */
function lastAtMost(values: Float32Array, start: number, end: number, bound: number): number {
  let low = start;
  let high = end;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= bound) low = middle;
    else high = middle;
  }
  return low;
}
