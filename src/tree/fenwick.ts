/**
 * Prefix sums of weights and of weighted values under insertion, both in O(log n).
 *
 * Source: P. M. Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and Experience 24
 * (1994). Nodes count from 1.
 */
export class WeightedFenwickTree {
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;
  #size = 0;
  /** Highest power of two that is at most the size. */
  #top = 0;
  totalWeight = 0;
  totalSum = 0;
  /** Written by `search`: prefix sums below the place found, and the place where half the weight was just reached. */
  weightBelow = 0;
  sumBelow = 0;
  before = 0;

  constructor(capacity: number) {
    this.#weights = new Float64Array(capacity + 1);
    this.#sums = new Float64Array(capacity + 1);
  }

  reset(size: number): void {
    this.#size = size;
    this.#weights.fill(0, 0, size + 1);
    this.#sums.fill(0, 0, size + 1);
    this.totalWeight = 0;
    this.totalSum = 0;
    this.#top = 1;
    while (2 * this.#top <= size) this.#top *= 2;
  }

  add(place: number, value: number, weight: number): void {
    const weighted = weight * value;
    for (let node = place + 1; node <= this.#size; node += node & -node) {
      this.#weights[node]! += weight;
      this.#sums[node]! += weighted;
    }
    this.totalWeight += weight;
    this.totalSum += weighted;
  }

  /**
   * The first place whose cumulative weight exceeds `target`. Where the cumulative weight equals `target` at some
   * earlier place, that is `before`; otherwise `before` is the place itself.
   */
  search(target: number): number {
    const weights = this.#weights;
    let rest = target;
    let node = 0;
    let bit = this.#top;
    this.weightBelow = 0;
    this.sumBelow = 0;
    for (; bit !== 0; bit >>= 1) {
      const next = node + bit;
      if (next > this.#size) continue;
      if (rest === weights[next]!) break;
      if (rest > weights[next]!) {
        rest -= weights[next]!;
        node = next;
        this.weightBelow += weights[next]!;
        this.sumBelow += this.#sums[next]!;
      }
    }
    this.before = bit === 0 ? node : this.#lastBelow(node, rest, bit);
    for (; bit !== 0; bit >>= 1) {
      const next = node + bit;
      if (next > this.#size || rest < weights[next]!) continue;
      rest -= weights[next]!;
      node = next;
      this.weightBelow += weights[next]!;
      this.sumBelow += this.#sums[next]!;
    }
    return node;
  }

  /** Goes on from `node` to the last place whose prefix stays below `rest`. */
  #lastBelow(node: number, rest: number, bit: number): number {
    const weights = this.#weights;
    let at = node;
    let left = rest;
    for (let b = bit; b !== 0; b >>= 1) {
      const next = at + b;
      if (next > this.#size || left <= weights[next]!) continue;
      left -= weights[next]!;
      at = next;
    }
    return at;
  }
}
