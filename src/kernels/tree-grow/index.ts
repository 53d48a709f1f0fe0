/**
 * Grows a decision tree in WebAssembly: one output, no missing values, no constraints, depth-first, by Gini impurity
 * with whole weights or by squared error. Cost: about 10 ns per sample of a node and feature looked at.
 *
 * Its reference, which takes every other case too, is the plain grower of src/tree: both give the same nodes to the bit.
 */
import { assert } from '../../errors/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { WASM_BASE64 } from '../generated/tree-grow.ts';
import { type LeasedMemory, leaseMemory, MAX_LEASE_BYTES, returnMemory } from '../lease.ts';
import { kernelOver } from '../load.ts';
import { Places } from '../places.ts';
import { GrowthState, STATE_BYTES } from './layout.ts';
import {
  fillClassInfo,
  fillCodes,
  fillTargetInfo,
  type GrowthProblem,
  type NodeBatch,
  positiveRows,
} from './problem.ts';
import { nearRanksOf, type RankTable } from './rank-table.ts';

export { DOUBLES_BEFORE, type GrowthProblem, MAX_CLASSES, MAX_WEIGHT, type NodeBatch } from './problem.ts';
export { isApart, type RankTable } from './rank-table.ts';

interface TreeGrowExports {
  grow(state: number, budget: number): number;
  orderColumn(state: number, feature: number, sorted: number): void;
}

/** What `grow` returns when the tree is whole. */
const DONE = 0;
const NODE_BYTES = 40;
const NODE_CAPACITY = 1024;
const STACKED_BYTES = 32;
const COUNT_BYTES = 4 << 13;
/** Twice a rank and a position below 16 must fit one word. */
const MAX_ROWS = 2 ** 27;

const kernel = kernelOver<TreeGrowExports>(WASM_BASE64);

/** Whether a problem fits the kernel's memory, and the host can run it. */
export function canGrowInKernel({ rows, columns }: RankTable, nClasses: number): boolean {
  // An upper bound: codes and orders, and all that there is per row.
  const bytes = 8 * rows * columns + rows * (64 + STACKED_BYTES) + NODE_CAPACITY * (NODE_BYTES + 8 * nClasses);
  if (rows >= MAX_ROWS || bytes > MAX_LEASE_BYTES / 2) return false;
  const lease = leaseMemory(kernel);
  try {
    return kernel(lease.memory) !== undefined;
  } finally {
    returnMemory(lease);
  }
}

/**
 * Grows a tree and hands over its nodes, in pre-order, batch by batch.
 *
 * @param takeNodes reads a batch before the kernel goes on
 * @returns the depth of the tree
 */
export function* growNodes(problem: GrowthProblem, takeNodes: (nodes: NodeBatch) => void): Work<number> {
  const lease = leaseMemory(problem.table);
  try {
    return yield* growIn(lease, problem, takeNodes);
  } finally {
    returnMemory(lease);
  }
}

function* growIn(lease: LeasedMemory, problem: GrowthProblem, takeNodes: (nodes: NodeBatch) => void): Work<number> {
  const { grow, orderColumn } = kernel(lease.memory)!;
  const { buffer, state, nodesAt, sortedAt } = yield* layOut(lease, problem);
  const { table, nClasses } = problem;
  if (sortedAt > 0) {
    for (let j = 0; j < table.columns; j++) {
      const order = table.order.subarray(j * table.rows, (j + 1) * table.rows);
      new Int32Array(buffer, sortedAt, table.rows).set(order);
      orderColumn(state.pointer, j, sortedAt);
      yield { ops: table.rows };
    }
  }
  const doublesPerNode = NODE_BYTES / 8 + nClasses;
  const words = new Int32Array(buffer, nodesAt, 2 * doublesPerNode * NODE_CAPACITY);
  const doubles = new Float64Array(buffer, nodesAt, doublesPerNode * NODE_CAPACITY);
  for (;;) {
    const outcome = grow(state.pointer, MAX_OPS);
    takeNodes({ count: state.word('nodeCount'), words, wordsPerNode: 2 * doublesPerNode, doubles, doublesPerNode });
    state.set({ nodeCount: 0 });
    yield { ops: state.word('ops') };
    if (outcome === DONE) return state.word('deepest');
  }
}

/** Writes a problem into memory. The table comes first, and stays for the next tree. */
function* layOut(lease: LeasedMemory, problem: GrowthProblem) {
  const { table, rules, nClasses, weights, y } = problem;
  const { rows, columns } = table;
  const samples = positiveRows(weights);
  const size = samples.length;
  const near = nearRanksOf(table);
  // Keeping all columns in order costs less than sorting the drawn ones from about half of them on.
  const presorts = 2 * rules.maxFeatures >= columns;
  const places = new Places();
  const codes = places.take(4 * rows * columns);
  const at = {
    codes,
    tied: places.take(columns),
    nearStarts: places.take(near.starts.byteLength),
    nearCodes: places.take(near.ranks.byteLength),
    nearReach: places.take(near.reach.byteLength),
    info: places.take((nClasses === 1 ? 16 : 4) * rows),
    targets: places.take(nClasses === 1 ? 8 * rows : 0),
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
  const sortedAt = presorts ? places.take(4 * rows) : 0;
  const stateAt = places.take(STATE_BYTES);
  const buffer = lease.reserve(places.bytes);
  assert(size < MAX_ROWS, 'rows are too many');

  if (!lease.holds(table)) {
    lease.keepAtStart(undefined);
    for (let j = 0; j < columns; j++) {
      fillCodes(table, j, new Uint32Array(buffer, codes + 4 * rows * j, rows));
      yield { ops: rows };
    }
    lease.keepAtStart(table);
  }
  new Uint8Array(buffer, at.tied, columns).set(table.tied);
  new Int32Array(buffer, at.nearStarts, columns + 1).set(near.starts);
  const nearCodes = new Uint32Array(buffer, at.nearCodes, near.ranks.length);
  const nearReach = new Uint32Array(buffer, at.nearReach, near.reach.length);
  for (let k = 0; k < nearCodes.length; k++) {
    nearCodes[k] = 2 * near.ranks[k]! + 1;
    nearReach[k] = 2 * near.reach[k]!;
  }
  if (nClasses === 1) {
    fillTargetInfo(problem, new Float64Array(buffer, at.info, 2 * rows));
    new Float64Array(buffer, at.targets, rows).set(y);
  } else {
    fillClassInfo(problem, new Uint32Array(buffer, at.info, rows));
  }
  new Int32Array(buffer, at.samples, size).set(samples);
  const features = new Int32Array(buffer, at.features, columns);
  for (let j = 0; j < columns; j++) features[j] = j;
  if (presorts) {
    const takesPart = new Uint8Array(buffer, at.side, rows);
    for (let i = 0; i < rows; i++) takesPart[i] = Number(weights[i] !== 0);
  }
  new Int32Array(buffer, at.stack, 8).set([0, size, 0, 0, -1]);

  const state = new GrowthState(buffer, stateAt);
  state.set({ ...at, rows, columns, size, classes: nClasses, nodeCapacity: NODE_CAPACITY, random: problem.seed });
  state.set({ isExact: Number(problem.isExact), presorts: Number(presorts), stackTop: 1 });
  state.set({ hasWholeWeights: Number(weights.every(Number.isInteger)) });
  const { maxFeatures, maxDepth, minSamplesSplit, minSamplesLeaf, minWeightLeaf, minImpurityDecrease } = rules;
  state.set({ maxFeatures, maxDepth, minSamplesSplit, minSamplesLeaf });
  state.setDoubles({ minWeightLeaf, minImpurityDecrease, weightedTotal: problem.weightedTotal });
  return { buffer, state, nodesAt: at.nodes, sortedAt };
}
