import type { Matrix } from '../array/index.ts';
import { boolean, real, seed, value } from '../check/index.ts';
import { RandomState, type Seed, seedOf } from '../random/index.ts';
import { addNoise } from './drawn.ts';

/** The parameters that matrices with blocks share. */
export const blockSpec = {
  /** Rows and columns. */
  shape: value<readonly [rows: number, columns: number]>({
    default: [1, 1],
    expected: 'two integers >= 1',
    accepts: given =>
      Array.isArray(given) && given.length === 2 && given.every(size => Number.isInteger(size) && size > 0),
  }),
  /** Standard deviation of the normal noise. */
  noise: real({ min: 0, default: 0 }),
  /** Bounds of the blocks' values. */
  minval: real({ default: 10 }),
  maxval: real({ default: 100 }),
  /** Whether rows and columns are shuffled. */
  shuffle: boolean({ default: true }),
  randomState: seed(),
};

export interface BlockData {
  /** shape as given */
  readonly X: Matrix;
  /** For each block, which rows it has. */
  readonly rows: boolean[][];
  /** For each block, which columns it has. */
  readonly columns: boolean[][];
}

/** A matrix without noise, and the group of each of its rows and columns. */
export interface Blocks {
  readonly X: Matrix;
  readonly rowGroups: Int32Array;
  readonly columnGroups: Int32Array;
}

/** The group of each of `n` places: group sizes are multinomial, groups ascend. */
export function drawGroups(n: number, nGroups: number, random: RandomState): Int32Array {
  const sizes = random.multinomial(n, new Float64Array(nGroups).fill(1 / nGroups));
  const groups = new Int32Array(n);
  let at = 0;
  sizes.forEach((size, group) => {
    groups.fill(group, at, at + size);
    at += size;
  });
  return groups;
}

/**
 * Adds noise and shuffles. As in scikit-learn the shuffle starts again from the seed, so that it does not depend on
 * what was drawn before.
 */
export function finishBlocks(
  draw: (random: RandomState) => Blocks,
  { noise, shuffle, randomState }: { noise: number; shuffle: boolean; randomState: Seed },
): Blocks {
  const start = seedOf(randomState);
  const random = new RandomState(start);
  const blocks = draw(random);
  if (noise > 0) addNoise(blocks.X, noise, random);
  if (!shuffle) return blocks;
  const again = new RandomState(start);
  const rows = again.permutation(blocks.X.rows);
  const columns = again.permutation(blocks.X.columns);
  return {
    X: blocks.X.takeRows(rows).takeColumns(columns),
    rowGroups: rows.map(i => blocks.rowGroups[i]!),
    columnGroups: columns.map(j => blocks.columnGroups[j]!),
  };
}

/** Which places belong to `group`. */
export function membersOf(groups: Int32Array, group: number): boolean[] {
  return Array.from(groups, other => other === group);
}
