/** Values of some columns and a bracket for each, and what sifting them finds. */
export interface Sifting {
  /** Row-major, `rows` x `width` at least. */
  readonly block: Float64Array;
  readonly rows: number;
  readonly width: number;
  /** Ends of the brackets, one per column. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** {@link TALLIES} numbers per column: values that are numbers, < lower, <= lower, <= upper, and strictly between. */
  readonly tallies: Float64Array;
  /** The values strictly between, in order, from place `column * rows` on. */
  readonly found: Float64Array;
}

export const TALLIES = 5;

/** Sorts the values of each column by its bracket; `NaN` lies nowhere. */
export function sift({ block, rows, width, lower, upper, tallies, found }: Sifting): void {
  for (let j = 0; j < width; j++) {
    const [low, high] = [lower[j]!, upper[j]!];
    const own = tallies.subarray(j * TALLIES, (j + 1) * TALLIES).fill(0);
    for (let i = 0; i < rows; i++) {
      const value = block[i * width + j]!;
      if (Number.isNaN(value)) continue;
      own[0]!++;
      if (value < low) own[1]!++;
      if (value <= low) own[2]!++;
      if (value <= high) own[3]!++;
      if (value > low && value < high) found[j * rows + own[4]!++] = value;
    }
  }
}

/** The two neighbours of a quantile in sorted order, and where it lies between them; `NaN` where there is no value. */
export interface Neighbours {
  readonly lower: number;
  readonly upper: number;
  /** In [0, 1): how far on the way from `lower` to `upper`. */
  readonly weight: number;
}

export const NO_NEIGHBOURS: Neighbours = { lower: Number.NaN, upper: Number.NaN, weight: Number.NaN };

/** Ranks, from 0 on, of the neighbours of the share of `count` values, and the quantile's place between them. */
export function ranksAt(count: number, share: number): { lower: number; upper: number; weight: number } {
  const place = (count - 1) * share;
  const lower = Math.floor(place);
  return { lower, upper: Math.min(count - 1, lower + 1), weight: place - lower };
}

/** The neighbours of each share among the numbers of a list, by the definition: what sorting puts there. */
export function neighboursBySorting(values: Float64Array, shares: readonly number[]): Neighbours[] {
  const sorted = values.filter(value => !Number.isNaN(value)).sort();
  return shares.map(share => {
    if (sorted.length === 0) return NO_NEIGHBOURS;
    const { lower, upper, weight } = ranksAt(sorted.length, share);
    // -0 counts as 0.
    return { lower: sorted[lower]! + 0, upper: sorted[upper]! + 0, weight };
  });
}
