/** Distances of two rows of yes and no (zero is no), from the counts of the four combinations. */
import type { BooleanDistanceName } from './distance-names.ts';
import type { RowDistance } from './row-distances.ts';

/** Positions where both are set, where only the first is, where only the second is, and where none is. */
interface Overlap {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly none: number;
}

/** By name; of two rows without anything set `jaccard` and `yule` are 0, `dice` and `sokalsneath` NaN. */
export const BOOLEAN_DISTANCES: Readonly<Record<BooleanDistanceName, RowDistance>> = {
  dice: of(({ both, first, second }) => (first + second) / (2 * both + first + second)),
  jaccard: of(({ both, first, second }) => (first + second === 0 ? 0 : (first + second) / (both + first + second))),
  rogerstanimoto: of(({ both, first, second, none }) => (2 * (first + second)) / (both + none + 2 * (first + second))),
  russellrao: of(({ both, first, second, none }) => (first + second + none) / (both + first + second + none)),
  sokalsneath: of(({ both, first, second }) => (2 * (first + second)) / (both + 2 * (first + second))),
  yule: of(({ both, first, second, none }) =>
    first * second === 0 ? 0 : (2 * first * second) / (both * none + first * second),
  ),
};

function of(distance: (overlap: Overlap) => number): RowDistance {
  return (a, b) => {
    let [both, first, second] = [0, 0, 0];
    for (let k = 0; k < a.length; k++) {
      const [one, other] = [a[k] !== 0, b[k] !== 0];
      if (one && other) both++;
      else if (one) first++;
      else if (other) second++;
    }
    return distance({ both, first, second, none: a.length - both - first - second });
  };
}
