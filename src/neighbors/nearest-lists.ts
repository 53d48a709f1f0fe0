import type { NearestSamples } from '../kernels/index.ts';

/**
 * For each of several queries the `k` nearest samples offered so far, as binary heaps whose root is the farthest
 * kept. Of equally distant samples those that come first in X are kept, so every search finds the same ones.
 */
export class NearestLists {
  readonly k: number;
  /** queries × k. */
  readonly distances: Float64Array;
  readonly indices: Int32Array;
  readonly #counts: Int32Array;
  #hasNaN = false;

  constructor(queries: number, k: number) {
    this.k = k;
    this.distances = new Float64Array(queries * k);
    this.indices = new Int32Array(queries * k);
    this.#counts = new Int32Array(queries);
  }

  /** The distance beyond which samples are not kept any more. */
  worst(query: number): number {
    return this.#counts[query] === this.k ? this.distances[query * this.k]! : Number.POSITIVE_INFINITY;
  }

  /**
   * Offers rows `from` to `to` of the samples, whose distances are at the start of `distances` and whose positions in
   * X are in `order`; the position `without` is left out.
   */
  offerRange(
    query: number,
    distances: Float64Array,
    order: Int32Array,
    from: number,
    to: number,
    without: number,
  ): void {
    let worst = this.worst(query);
    for (let row = from; row < to; row++) {
      const distance = distances[row - from]!;
      // A distance that is not a number goes on, to be noticed.
      if (distance > worst) continue;
      const index = order[row]!;
      if (index === without) continue;
      this.offer(query, distance, index);
      worst = this.worst(query);
    }
  }

  offer(query: number, distance: number, index: number): void {
    const base = query * this.k;
    const count = this.#counts[query]!;
    if (Number.isNaN(distance)) this.#hasNaN = true;
    if (count < this.k) {
      this.#counts[query] = count + 1;
      this.#rise(base, count, distance, index);
    } else if (this.#isFarther(base, distance, index)) {
      this.#sink(base, this.k, distance, index);
    }
  }

  /** Takes full lists in place of what was offered. */
  replace({ distances, indices }: Pick<NearestLists, 'distances' | 'indices'>): void {
    this.distances.set(distances);
    this.indices.set(indices);
    this.#counts.fill(this.k);
  }

  /** The lists in ascending order, without numbers if a distance was none: that is refused. No more can be offered. */
  finish(): NearestSamples {
    this.#sort();
    return { indices: this.indices, distances: this.#hasNaN ? this.distances.fill(Number.NaN) : this.distances };
  }

  #sort(): void {
    for (let query = 0; query < this.#counts.length; query++) {
      const base = query * this.k;
      for (let size = this.#counts[query]! - 1; size > 0; size--) {
        const distance = this.distances[base + size]!;
        const index = this.indices[base + size]!;
        this.distances[base + size] = this.distances[base]!;
        this.indices[base + size] = this.indices[base]!;
        this.#sink(base, size, distance, index);
      }
    }
  }

  /** Whether the element at `at` is farther than, or as far as and after, another. */
  #isFarther(at: number, distance: number, index: number): boolean {
    const own = this.distances[at]!;
    return own > distance || (own === distance && this.indices[at]! > index);
  }

  #rise(base: number, hole: number, distance: number, index: number): void {
    let child = hole;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#isFarther(base + parent, distance, index)) break;
      this.distances[base + child] = this.distances[base + parent]!;
      this.indices[base + child] = this.indices[base + parent]!;
      child = parent;
    }
    this.distances[base + child] = distance;
    this.indices[base + child] = index;
  }

  #sink(base: number, size: number, distance: number, index: number): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      const right = base + child + 1;
      if (child + 1 < size && this.#isFarther(right, this.distances[right - 1]!, this.indices[right - 1]!)) child++;
      if (!this.#isFarther(base + child, distance, index)) break;
      this.distances[base + hole] = this.distances[base + child]!;
      this.indices[base + hole] = this.indices[base + child]!;
      hole = child;
    }
    this.distances[base + hole] = distance;
    this.indices[base + hole] = index;
  }
}
