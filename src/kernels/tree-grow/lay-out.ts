import type { Work } from '../../work/index.ts';
import type { LeasedMemory } from '../lease.ts';
import { Places } from '../places.ts';
import { GrowthState, STATE_BYTES } from './growth-state.ts';
import { countPositive, fillClassInfo, fillPositive, fillTargetInfo, type GrowthProblem } from './problem.ts';
import { type NearRanks, nearRanksOf, type RankTable } from './rank-table.ts';
import type { Site } from './site.ts';

/** Bytes of a node in the kernel's buffer before its values, and of one on its stack; see kernel.as.ts. */
export const NODE_BYTES = 40;
export const STACKED_BYTES = 32;
/** Nodes that the buffer holds. */
export const NODE_CAPACITY = 1024;
/** Counts of 2^13 buckets; see sort-node.as.ts. */
const COUNT_BYTES = 4 << 13;

/** A problem in the kernel's memory. */
export interface LaidOut {
  readonly buffer: ArrayBufferLike;
  readonly state: GrowthState;
  /** Where the node buffer is. */
  readonly nodes: number;
  /** Room for the rows of one column in order, where the kernel keeps columns in order. */
  readonly sorted: Int32Array | undefined;
}

/** Writes a problem into memory, the tree not begun. */
export function* layOut(site: Site, lease: LeasedMemory | undefined, problem: GrowthProblem): Work<LaidOut> {
  const { table, rules, weights, nClasses } = problem;
  const { rows, columns } = table;
  const size = countPositive(weights);
  const near = nearRanksOf(table);
  const presorts = table.order !== undefined;
  const places = new Places(site.start);
  const at = placesFor(places, problem, near, size, site.codes);
  const sortedAt = places.take(presorts ? 4 * rows : 0);
  const stateAt = places.take(STATE_BYTES);
  const buffer = site.reserve(places.bytes);
  if (lease === undefined) fillNearRanks(buffer, at, near, table.tied);
  else yield* fillTable(lease, buffer, at, table, near);
  fillRows(buffer, at, problem, size, presorts);
  const state = new GrowthState(buffer, stateAt);
  const { minWeightLeaf, minImpurityDecrease, ...counts } = rules;
  const { maxFeatures, maxDepth, minSamplesSplit, minSamplesLeaf } = counts;
  state.set(at);
  state.set({ rows, columns, size, classes: nClasses, nodeCapacity: NODE_CAPACITY });
  state.set({ maxFeatures, maxDepth, minSamplesSplit, minSamplesLeaf, random: problem.seed, stackTop: 1 });
  state.set({ isExact: Number(problem.isExact), presorts: Number(presorts) });
  state.set({ hasWholeWeights: Number(nClasses > 1 || areWhole(weights)) });
  state.setDoubles({ minWeightLeaf, minImpurityDecrease, weightedTotal: problem.weightedTotal });
  return { buffer, state, nodes: at.nodes, sorted: presorts ? new Int32Array(buffer, sortedAt, rows) : undefined };
}

function areWhole(weights: Float64Array): boolean {
  for (let i = 0; i < weights.length; i++) if (!Number.isInteger(weights[i]!)) return false;
  return true;
}

type GrowthPlaces = ReturnType<typeof placesFor>;

/** Bytes in which any tree from a table can grow, beside its codes. */
export function roomBytes(table: RankTable, nClasses: number): number {
  const { rows } = table;
  const places = new Places();
  placesFor(places, { table, nClasses, rules: { maxDepth: rows } }, nearRanksOf(table), rows, 0);
  places.take(table.order === undefined ? 0 : 4 * rows);
  places.take(STATE_BYTES);
  return places.bytes;
}

/** What decides how much room a tree needs. */
interface Sizes {
  readonly table: RankTable;
  readonly nClasses: number;
  readonly rules: { readonly maxDepth: number };
}

/** The table comes first, where the next tree looks for it, unless it lies somewhere already. */
function placesFor(places: Places, { nClasses, rules, table }: Sizes, near: NearRanks, size: number, codes?: number) {
  const { rows, columns } = table;
  const presorts = table.order !== undefined;
  const isRegression = nClasses === 1;
  return {
    codes: codes ?? places.take(4 * rows * columns),
    tied: places.take(columns),
    nearStarts: places.take(near.starts.byteLength),
    nearCodes: places.take(near.ranks.byteLength),
    nearReach: places.take(near.reach.byteLength),
    info: places.take((isRegression ? 16 : 4) * rows),
    targets: places.take(isRegression ? 8 * rows : 0),
    samples: places.take(4 * size),
    words: places.take(8 * size),
    dealt: places.take(8 * size + 8),
    counts: places.take(COUNT_BYTES),
    entries: places.take(4 * size),
    features: places.take(4 * columns),
    constants: places.take(4 * columns),
    featuresBefore: places.take(4 * columns),
    samplesBefore: places.take(4 * size),
    openTies: places.take(4 * columns),
    total: places.take(8 * nClasses),
    left: places.take(8 * nClasses),
    side: places.take(presorts ? rows : 0),
    order: places.take(presorts ? 4 * size * columns : 0),
    nodes: places.take((NODE_BYTES + 8 * nClasses) * NODE_CAPACITY),
    // A node is on the stack for each level above, and the root.
    stack: places.take(STACKED_BYTES * (Math.min(size, rules.maxDepth) + 2)),
  };
}

/** Copies what the table says, unless the tree before was grown from the same. */
function* fillTable(
  lease: LeasedMemory,
  buffer: ArrayBufferLike,
  at: GrowthPlaces,
  table: RankTable,
  near: NearRanks,
): Work<void> {
  if (lease.holds(table)) return;
  lease.keepAtStart(undefined);
  for (let j = 0; j < table.columns; j++) {
    const column = table.codes.subarray(j * table.rows, (j + 1) * table.rows);
    new Uint32Array(buffer, at.codes + 4 * table.rows * j, table.rows).set(column);
    yield { ops: table.rows };
  }
  fillNearRanks(buffer, at, near, table.tied);
  lease.keepAtStart(table);
}

function fillNearRanks(
  buffer: ArrayBufferLike,
  at: GrowthPlaces,
  { starts, ranks, reach }: NearRanks,
  tied: Uint8Array,
) {
  new Uint8Array(buffer, at.tied, tied.length).set(tied);
  new Int32Array(buffer, at.nearStarts, starts.length).set(starts);
  const codes = new Uint32Array(buffer, at.nearCodes, ranks.length);
  const reachCodes = new Uint32Array(buffer, at.nearReach, reach.length);
  for (let k = 0; k < ranks.length; k++) {
    codes[k] = 2 * ranks[k]! + 1;
    reachCodes[k] = 2 * reach[k]!;
  }
}

/** What there is per row, the order of features, and the root on the stack. */
function fillRows(buffer: ArrayBufferLike, at: GrowthPlaces, problem: GrowthProblem, size: number, presorts: boolean) {
  const { nClasses, weights, y, table } = problem;
  const { rows, columns } = table;
  if (nClasses === 1) {
    fillTargetInfo(problem, new Float64Array(buffer, at.info, 2 * rows));
    new Float64Array(buffer, at.targets, rows).set(y);
  } else {
    fillClassInfo(problem, new Uint32Array(buffer, at.info, rows));
  }
  fillPositive(weights, new Int32Array(buffer, at.samples, size));
  const features = new Int32Array(buffer, at.features, columns);
  for (let j = 0; j < columns; j++) features[j] = j;
  if (presorts) {
    const takesPart = new Uint8Array(buffer, at.side, rows);
    for (let i = 0; i < rows; i++) takesPart[i] = Number(weights[i] !== 0);
  }
  new Int32Array(buffer, at.stack, STACKED_BYTES / 4).set([0, size, 0, 0, -1]);
}
