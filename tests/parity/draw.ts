/**
 * Seeded random data for parity cases: hostile on demand, and the same bits on every platform (nothing but integer
 * arithmetic, sums and products is used), so that goldens need not store their inputs.
 */
export class Draw {
  #state: number;

  /** `stream` tells families apart, so that drawing in one does not move the other. */
  constructor(seed: number, stream = '') {
    this.#state = hash(stream, seed >>> 0);
  }

  /** A whole number in [0, 2^32): mulberry32 (T. Ettinger, public domain). */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A real in [lo, hi), of 53 bits. */
  real(lo = 0, hi = 1): number {
    const unit = ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
    return lo + (hi - lo) * unit;
  }

  /** A nearly normal number: twelve uniforms less six, for want of a logarithm with the same bits everywhere. */
  gauss(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.real();
    return sum;
  }

  /** A whole number in [lo, hi], both ends included. */
  integer(lo: number, hi: number): number {
    return lo + Math.floor(this.real() * (hi - lo + 1));
  }

  bool(probability = 0.5): boolean {
    return this.real() < probability;
  }

  choice<const T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)]!;
  }

  /** `count` different items in drawn order. */
  sample<T>(list: readonly T[], count: number): T[] {
    return this.permutation(list.length)
      .slice(0, count)
      .map(i => list[i]!);
  }

  /** A seed for `random_state`. */
  seed(): number {
    return this.integer(0, 2 ** 31 - 2);
  }

  /** 0 to n - 1 in drawn order. */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }

  normals(n: number): number[] {
    return Array.from({ length: n }, () => this.gauss());
  }

  uniforms(n: number, lo = 0, hi = 1): number[] {
    return Array.from({ length: n }, () => this.real(lo, hi));
  }

  integers(n: number, lo: number, hi: number): number[] {
    return Array.from({ length: n }, () => this.integer(lo, hi));
  }

  bools(n: number, probability = 0.5): boolean[] {
    return Array.from({ length: n }, () => this.bool(probability));
  }

  normal(rows: number, columns: number): number[][] {
    return Array.from({ length: rows }, () => this.normals(columns));
  }

  uniform(rows: number, columns: number, lo = 0, hi = 1): number[][] {
    return Array.from({ length: rows }, () => this.uniforms(columns, lo, hi));
  }

  /** A table of small whole numbers: ties everywhere. */
  integerTable(rows: number, columns: number, lo: number, hi: number): number[][] {
    return Array.from({ length: rows }, () => this.integers(columns, lo, hi));
  }

  /** `n` labels of `names`, each name at least once where `n` allows it. */
  labels<const T = number>(n: number, names: number | readonly T[]): T[] {
    const all = typeof names === 'number' ? (Array.from({ length: names }, (_, k) => k) as T[]) : names;
    const drawn = Array.from({ length: n }, (_, i) =>
      i < all.length ? all[i]! : all[this.integer(0, all.length - 1)]!,
    );
    return this.permutation(n).map(i => drawn[i]!);
  }

  /** Labels that follow the first column, with some noise, so that a classifier has something to learn. */
  labelsOf<const T>(X: readonly (readonly number[])[], names: readonly T[], noise = 0.3): T[] {
    const scores = X.map(row => (row[0] ?? 0) + (row[1] ?? 0) / 2 + noise * this.gauss());
    const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
    const result = new Array<T>(X.length);
    order.forEach((row, rank) => {
      result[row] = names[Math.floor((rank * names.length) / X.length)]!;
    });
    return result;
  }

  /** A target that is linear in the columns, with noise. */
  targetOf(X: readonly (readonly number[])[], noise = 0.5): number[] {
    const weights = this.normals(X[0]?.length ?? 0);
    return X.map(row => row.reduce((sum, value, j) => sum + value * weights[j]!, noise * this.gauss()));
  }

  /** Positive weights; `zeros` is the share of rows of weight zero. */
  weights(n: number, zeros = 0): number[] {
    return Array.from({ length: n }, () => (this.bool(zeros) ? 0 : this.real(0.1, 3)));
  }

  /** A copy with the given share of NaN. */
  withHoles(X: readonly (readonly number[])[], share = 0.1): number[][] {
    return X.map(row => row.map(value => (this.bool(share) ? NaN : value)));
  }

  /** A copy with one more column, a combination of the first two. */
  withCollinear(X: readonly (readonly number[])[]): number[][] {
    return X.map(row => [...row, 2 * row[0]! - (row[1] ?? 0)]);
  }

  /** A copy with one more column that holds one value only. */
  withConstant(X: readonly (readonly number[])[], value = 3): number[][] {
    return X.map(row => [...row, value]);
  }

  /** A copy whose columns have very different sizes and places. */
  withScales(X: readonly (readonly number[])[]): number[][] {
    const scales = (X[0] ?? []).map(() => this.choice([1e-3, 1, 1, 50, 1e4]));
    const shifts = scales.map(scale => scale * this.real(-2, 2));
    return X.map(row => row.map((value, j) => value * scales[j]! + shifts[j]!));
  }
}

/** FNV-1a over the characters, from a seeded start. */
function hash(text: string, seed: number): number {
  let h = Math.imul(seed ^ 0x811c9dc5, 0x01000193);
  for (const character of text) h = Math.imul(h ^ character.charCodeAt(0), 0x01000193);
  return h | 0;
}
