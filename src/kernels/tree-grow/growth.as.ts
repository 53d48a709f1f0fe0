/**
 * The state of one growing tree, in memory that the caller lays out (growth-state.ts holds the same list). Everything below
 * is relative to it: a module has no memory of its own.
 */

// @ts-ignore: a decorator of AssemblyScript
@unmanaged
export class Growth {
  rows: i32;
  columns: i32;
  /** Rows with positive weight. */
  size: i32;
  /** Number of classes; 1 for regression. */
  classes: i32;
  /** Whether no order of summation matters. */
  isExact: i32;
  /** Whether `order` is kept. */
  presorts: i32;
  /** Whether ties may be left open while a split is searched: all weights are whole. */
  hasWholeWeights: i32;
  maxFeatures: i32;
  maxDepth: i32;
  minSamplesSplit: i32;
  minSamplesLeaf: i32;
  random: i32;

  /** columns × rows: 2 rank, plus 1 where the rank is near the one below. */
  codes: usize;
  /** Per column: whether many rows share a value. */
  tied: usize;
  /** Near ranks of column j: `nearCodes[nearStarts[j] .. nearStarts[j + 1])`, ascending. */
  nearStarts: usize;
  nearCodes: usize;
  /** Of each near rank: a cut may pass between it and codes below this. */
  nearReach: usize;
  /** Per row: class and weight in one word (classes), or weight and weighted target (regression). */
  info: usize;
  /** Per row: the target of a regression. */
  targets: usize;
  /** Rows in tree order: a node owns a range of it. */
  samples: usize;
  /** Room for sorting. */
  words: usize;
  dealt: usize;
  counts: usize;
  /** A sorted node: see `ROW`. */
  entries: usize;
  /** columns × size, sorted, as entries. */
  order: usize;
  /** Per row: 1 where it went left. */
  side: usize;
  features: usize;
  constants: usize;
  /** Features, samples and random state as the search found them; see open-ties.as.ts. */
  featuresBefore: usize;
  samplesBefore: usize;
  randomBefore: i32;
  /** Weight of each class in the node, and left of a cut. */
  total: usize;
  left: usize;
  stack: usize;
  nodes: usize;
  nodeCapacity: i32;

  stackTop: i32;
  /** Nodes in the buffer, and nodes of the tree. */
  nodeCount: i32;
  nodeTotal: i32;
  deepest: i32;
  phase: i32;
  /** The column to part next. */
  column: i32;
  /** Element-operations of the last call. */
  ops: i32;

  /** The open node. */
  start: i32;
  end: i32;
  depth: i32;
  /** 2 parent, plus 1 for its left child; -1 for the root. */
  parent: i32;
  knownConstants: i32;

  undrawn: i32;
  visited: i32;
  drawnConstants: i32;
  foundConstants: i32;
  nConstants: i32;
  /** Best split: position of its first right sample (the end where there is none), and the codes around it. */
  feature: i32;
  pos: i32;
  lowCode: u32;
  highCode: u32;
  /** Range of the codes that were gathered last. */
  leastCode: u32;
  greatestCode: u32;
  /** The column whose order the node's samples should have, -1 where they have it. */
  pendingOrder: i32;
  /** Columns with ties that were looked at since, in order, and their number. */
  openTies: usize;
  nOpenTies: i32;
  /** Whether the node's search leaves ties open, and whether the best split comes from a column with open ties. */
  leavesTiesOpen: i32;
  isDoubtful: i32;
  /** Of a node of two samples: the orders that were judged, as bits; see pair.as.ts. */
  judgedOrders: i32;

  minWeightLeaf: f64;
  minImpurityDecrease: f64;
  weightedTotal: f64;
  impurity: f64;
  weighted: f64;
  /** Sums of weighted targets and of weighted squared targets. */
  sum: f64;
  squares: f64;
  best: f64;
  /** How far proxies may move when ties are put in another order. */
  slack: f64;
  impurityLeft: f64;
  impurityRight: f64;
}

/**
 * An entry of a sorted node is a row with two flags: its value differs from the one before in the node, and it is near
 * some value below.
 */
export const DIFFERS: u32 = 0x80000000;
export const NEAR: u32 = 0x40000000;
export const ROW: u32 = 0x3fffffff;

/** The code of a row in a column. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function codeOf(g: Growth, feature: i32, row: u32): u32 {
  return load<u32>(g.codes + (((<usize>feature) * (<usize>g.rows) + (<usize>row)) << 2));
}

/** Whether a split may pass between two codes of a column, `low` below `high`. */
export function isApart(g: Growth, feature: i32, low: u32, high: u32): bool {
  if (low === high) return false;
  if ((high & 1) === 0) return true;
  let from = load<i32>(g.nearStarts + ((<usize>feature) << 2));
  let to = load<i32>(g.nearStarts + ((<usize>(feature + 1)) << 2));
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (load<u32>(g.nearCodes + ((<usize>middle) << 2)) <= high) from = middle;
    else to = middle;
  }
  return low < load<u32>(g.nearReach + ((<usize>from) << 2));
}
