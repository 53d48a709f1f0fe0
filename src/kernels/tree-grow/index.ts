/**
 * Grows a decision tree in WebAssembly: one output, no missing values, no constraints, depth-first, by Gini impurity
 * with whole weights or by squared error. Cost: about 10 ns per sample of a node and feature looked at.
 *
 * Its reference, which takes every other case too, is the plain grower of src/tree: both give the same nodes to the bit.
 */
import { MAX_OPS, type Work } from '../../work/index.ts';
import { WASM_BASE64 } from '../generated/tree-grow.ts';
import { type LeasedMemory, leaseMemory, MAX_LEASE_BYTES, returnMemory } from '../lease.ts';
import { kernelOver } from '../load.ts';
import { layOut, NODE_BYTES, NODE_CAPACITY, STACKED_BYTES } from './lay-out.ts';
import type { GrowthProblem, NodeBatch } from './problem.ts';
import type { RankTable } from './rank-table.ts';
import { enterRoom, type Site, siteIn } from './site.ts';

export { type Ground, makeTableArrays, withRooms } from './ground.ts';
export { DOUBLES_BEFORE, type GrowthProblem, MAX_CLASSES, MAX_WEIGHT, type NodeBatch } from './problem.ts';
export { isApart, type RankTable } from './rank-table.ts';

interface TreeGrowExports {
  grow(state: number, budget: number): number;
  orderColumn(state: number, feature: number, sorted: number): void;
}

/** What `grow` returns when the tree is whole. */
const DONE = 0;
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
  const room = enterRoom(problem.table);
  if (room !== undefined) {
    try {
      return yield* growIn(room, undefined, problem, takeNodes);
    } finally {
      room.leave();
    }
  }
  const lease = leaseMemory(problem.table);
  try {
    return yield* growIn(siteIn(lease), lease, problem, takeNodes);
  } finally {
    returnMemory(lease);
  }
}

function* growIn(
  site: Site,
  lease: LeasedMemory | undefined,
  problem: GrowthProblem,
  takeNodes: (nodes: NodeBatch) => void,
): Work<number> {
  const { grow, orderColumn } = kernel(site.memory)!;
  const { buffer, state, nodes, sorted } = yield* layOut(site, lease, problem);
  if (sorted !== undefined)
    yield* orderColumns(problem.table, sorted, j => orderColumn(state.pointer, j, sorted.byteOffset));
  const doublesPerNode = NODE_BYTES / 8 + problem.nClasses;
  const wordsPerNode = 2 * doublesPerNode;
  const words = new Int32Array(buffer, nodes, wordsPerNode * NODE_CAPACITY);
  const doubles = new Float64Array(buffer, nodes, doublesPerNode * NODE_CAPACITY);
  for (;;) {
    const outcome = grow(state.pointer, MAX_OPS);
    takeNodes({ count: state.word('nodeCount'), words, wordsPerNode, doubles, doublesPerNode });
    state.set({ nodeCount: 0 });
    yield { ops: state.word('ops') };
    if (outcome === DONE) return state.word('deepest');
  }
}

/** Gives the kernel the rows of each column in order. */
function* orderColumns(
  { order, rows, columns }: RankTable,
  sorted: Int32Array,
  take: (column: number) => void,
): Work<void> {
  for (let j = 0; j < columns; j++) {
    sorted.set(order!.subarray(j * rows, (j + 1) * rows));
    take(j);
    yield { ops: rows };
  }
}
