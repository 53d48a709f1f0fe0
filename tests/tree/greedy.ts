import type { TreeArrays } from '../../src/index.ts';

/** A weighted sample of one output: class code or number. */
export interface Sample {
  readonly x: readonly number[];
  readonly y: number;
  readonly w: number;
}

/** Impurity by its definition. */
export type Impurity = (samples: readonly Sample[]) => number;

export const gini: Impurity = samples => 1 - classShares(samples).reduce((sum, p) => sum + p * p, 0);

export const entropy: Impurity = samples => -classShares(samples).reduce((sum, p) => sum + p * Math.log2(p), 0);

export const variance: Impurity = samples => {
  const mean = samples.reduce((sum, s) => sum + s.w * s.y, 0) / weight(samples);
  return samples.reduce((sum, s) => sum + s.w * (s.y - mean) * (s.y - mean), 0) / weight(samples);
};

/** The least absolute deviation from any of the targets: some target is always a median. */
export const deviation: Impurity = samples => {
  const around = (centre: number) => samples.reduce((sum, s) => sum + s.w * Math.abs(s.y - centre), 0);
  return Math.min(...samples.map(s => around(s.y))) / weight(samples);
};

function classShares(samples: readonly Sample[]): number[] {
  const counts = new Map<number, number>();
  for (const { y, w } of samples) counts.set(y, (counts.get(y) ?? 0) + w);
  return [...counts.values()].map(count => count / weight(samples));
}

export function weight(samples: readonly Sample[]): number {
  return samples.reduce((sum, s) => sum + s.w, 0);
}

/** Weighted impurity of two sides. */
export function costOf(left: readonly Sample[], right: readonly Sample[], impurity: Impurity): number {
  return weight(left) * impurity(left) + weight(right) * impurity(right);
}

/** The least weighted impurity that any cut reaches: each feature, each threshold, missing values on either side. */
export function leastCost(samples: readonly Sample[], minLeaf: number, impurity: Impurity): number {
  let least = Infinity;
  for (let j = 0; j < samples[0]!.x.length; j++) {
    const values = new Set(samples.map(s => Math.fround(s.x[j]!)).filter(value => !Number.isNaN(value)));
    for (const bound of values) {
      for (const missingLeft of [false, true]) {
        const goesLeft = (s: Sample) => (Number.isNaN(s.x[j]!) ? missingLeft : Math.fround(s.x[j]!) <= bound);
        const left = samples.filter(goesLeft);
        const right = samples.filter(s => !goesLeft(s));
        if (left.length >= minLeaf && right.length >= minLeaf) least = Math.min(least, costOf(left, right, impurity));
      }
    }
  }
  return least;
}

/** The samples of both children of a node. */
export function sidesOf(tree: TreeArrays, node: number, samples: readonly Sample[]): [Sample[], Sample[]] {
  const goesLeft = ({ x }: Sample) => {
    const value = Math.fround(x[tree.feature[node]!]!);
    return Number.isNaN(value) ? tree.missingGoToLeft[node] === 1 : value <= tree.threshold[node]!;
  };
  return [samples.filter(goesLeft), samples.filter(s => !goesLeft(s))];
}
