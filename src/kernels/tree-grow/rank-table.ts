/** Values of one column closer than this (in single precision) are never separated. */
const FEATURE_THRESHOLD = Math.fround(1e-7);

/** Whether a split may pass between two values, `low` before `high` in the order of the column. */
export function isApart(low: number, high: number): boolean {
  return high > Math.fround(low + FEATURE_THRESHOLD);
}

/**
 * A feature matrix in the form in which trees read it: single precision, by column, each value as its rank among the
 * column's distinct values. Ranks are made once and shared by all trees of a forest; nodes sort ranks, not floats.
 */
export interface RankTable {
  readonly rows: number;
  readonly columns: number;
  /**
   * columns × rows: twice the rank of each value, plus 1 where it is near, so that the order stays; missing values have the
   * rank after the last.
   */
  readonly codes: Uint32Array;
  /** Undefined where trees are grown in memories of their own, into which the codes are copied. */
  readonly rooms: GrowthRooms | undefined;
  /**
   * columns × rows: the rows in ascending order of the column, ties by row, missing values last. Undefined where nodes
   * sort for themselves.
   */
  readonly order: Int32Array | undefined;
  /** The distinct values of all columns, one column after another. */
  readonly values: Float32Array;
  /** `values[offsets[j] .. offsets[j + 1])` are those of column `j`. */
  readonly offsets: Int32Array;
  /** 1 where the column has missing values. */
  readonly missing: Uint8Array;
  /** 1 where many rows of the column share a value, so that most nodes will have ties. */
  readonly tied: Uint8Array;
  /** 1 for values too close to the one before them in their column to be separated from it. */
  readonly near: Uint8Array;
}

/** The memory in which the codes lie, with rooms beside them: one tree is grown in each at a time, by any thread. */
export interface GrowthRooms {
  /** Undefined in a thread that does not share it. */
  readonly memory: WebAssembly.Memory | undefined;
  /** For each room whether it is in use. */
  readonly taken: Int32Array;
  readonly first: number;
  /** Of one room. */
  readonly bytes: number;
}

/** For each near rank: a cut may pass between it and ranks below its reach. */
export interface NearRanks {
  /** Those of column j are `[starts[j], starts[j + 1])`. */
  readonly starts: Int32Array;
  readonly ranks: Uint32Array;
  readonly reach: Uint32Array;
}

export function nearRanksOf(table: RankTable): NearRanks {
  const known = nearRanks.get(table) ?? findNearRanks(table);
  nearRanks.set(table, known);
  return known;
}

/** All trees of a forest ask for those of the same table. */
const nearRanks = new WeakMap<RankTable, NearRanks>();

function findNearRanks({ values, offsets, near, columns }: RankTable): NearRanks {
  const starts = new Int32Array(columns + 1);
  const ranks: number[] = [];
  const reach: number[] = [];
  for (let j = 0; j < columns; j++) {
    const first = offsets[j]!;
    // Values ascend, and so do the first ones that are not apart from them.
    let low = first;
    for (let k = near.indexOf(1, first); k >= 0 && k < offsets[j + 1]!; k = near.indexOf(1, k + 1)) {
      while (isApart(values[low]!, values[k]!)) low++;
      ranks.push(k - first);
      reach.push(low - first);
    }
    starts[j + 1] = ranks.length;
  }
  return { starts, ranks: Uint32Array.from(ranks), reach: Uint32Array.from(reach) };
}
