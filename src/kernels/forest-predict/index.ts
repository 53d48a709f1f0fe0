/**
 * The sum of a forest's leaf values for each row, tree after tree. Cost: a few nanoseconds per row and level of each
 * tree. Versions: `reference.ts` (row by row; for few rows, and hosts without WebAssembly) and `kernel.as.ts`.
 */
import { countThreads, runUnits, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { WASM_BASE64 } from '../generated/forest-predict.ts';
import { type LeasedMemory, leaseMemory, MAX_LEASE_BYTES, returnMemory } from '../lease.ts';
import { instanceOf, kernelOver } from '../load.ts';
import { Places } from '../places.ts';
import type { PackedForest } from './packed-forest.ts';
import { addRowValues } from './reference.ts';

export { firstPacked, type PackedForest, packForest, type WalkedTree } from './packed-forest.ts';

/** Rows that the kernel walks side by side. */
const LANES = 8;
/** Fewest rows for which the forest is copied into the kernel's memory. */
const MIN_ROWS = 64;
/** Bytes of features and sums of one block of rows at most: they should stay in the second-level cache. */
const BLOCK_BYTES = 2 ** 18;
/** Blocks that are in the kernel's memory at a time, for threads to share. */
const BLOCKS = 16;

const kernel = kernelOver<object>(WASM_BASE64);

/**
 * @param X rows × columns, row-major
 * @param threads that share the rows at most
 * @returns rows × stride
 */
export function* sumForestValues(
  forest: PackedForest,
  X: Float32Array,
  rows: number,
  columns: number,
  threads = countThreads(),
): Work<Float64Array> {
  const bytes = forest.nodes.byteLength + forest.values.byteLength + 2 * BLOCKS * BLOCK_BYTES;
  if (rows < MIN_ROWS || bytes > MAX_LEASE_BYTES / 2) return yield* sumByRow(forest, X, rows, columns);
  const lease = leaseMemory(forest);
  try {
    const fast = kernel(lease.memory);
    if (fast === undefined) return yield* sumByRow(forest, X, rows, columns);
    return yield* sumInKernel(fast, lease, forest, { X, rows, columns }, threads);
  } finally {
    returnMemory(lease);
  }
}

function* sumByRow(forest: PackedForest, X: Float32Array, rows: number, columns: number): Work<Float64Array> {
  const sums = new Float64Array(rows * forest.stride);
  const opsPerRow = forest.roots.length * (forest.maxDepth + forest.stride);
  let ops = 0;
  for (let i = 0; i < rows; i++) {
    addRowValues(forest, X, i * columns, sums, i * forest.stride);
    ops += opsPerRow;
    if (ops >= MAX_OPS) {
      yield { ops };
      ops = 0;
    }
  }
  return sums;
}

interface Rows {
  readonly X: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Window by window: their rows are copied in, and their sums out. */
function* sumInKernel(
  fast: object,
  lease: LeasedMemory,
  forest: PackedForest,
  { X, rows, columns }: Rows,
  threads: number,
): Work<Float64Array> {
  const { nodes, roots, values, stride } = forest;
  const most = Math.max(1, Math.floor(BLOCK_BYTES / (4 * columns + 8 * stride) / LANES));
  const height = LANES * Math.min(most, Math.ceil(rows / BLOCKS / LANES));
  const window = BLOCKS * height;
  const places = new Places();
  const at = {
    nodes: places.take(nodes.byteLength),
    values: places.take(values.byteLength),
    roots: places.take(roots.byteLength),
    X: places.take(4 * columns * window),
    sums: places.take(8 * stride * window),
  };
  const buffer = lease.reserve(places.bytes);
  if (!lease.holds(forest)) {
    new Int32Array(buffer, at.nodes, nodes.length).set(nodes);
    new Float64Array(buffer, at.values, values.length).set(values);
    new Int32Array(buffer, at.roots, roots.length).set(roots);
    lease.keepAtStart(forest);
  }
  const windowX = new Float32Array(buffer, at.X, columns * window);
  const windowSums = new Float64Array(buffer, at.sums, stride * window);
  const sums = new Float64Array(rows * stride);
  for (let from = 0; from < rows; from += window) {
    const to = Math.min(rows, from + window);
    windowX.set(X.subarray(from * columns, to * columns));
    windowSums.fill(0);
    const blocks = Array.from({ length: Math.ceil((to - from) / height) }, (_, b) =>
      blockUnit(forest, at, b * height, Math.min(height, LANES * Math.ceil((to - from - b * height) / LANES)), columns),
    );
    yield* runUnits(fast, instanceOf(fast), blocks, { pointer: 0, bytes: 0 }, threads);
    sums.set(windowSums.subarray(0, (to - from) * stride), from * stride);
  }
  return sums;
}

/** All trees for a block of rows, in calls of a checkpoint's worth each. */
function blockUnit(
  { roots, stride, maxDepth }: PackedForest,
  at: Readonly<Record<'nodes' | 'values' | 'roots' | 'X' | 'sums', number>>,
  from: number,
  rows: number,
  columns: number,
): Unit {
  const opsPerTree = rows * (maxDepth + stride);
  const group = Math.max(1, Math.floor(MAX_OPS / opsPerTree));
  const place = [at.values, stride, at.X + 4 * columns * from, rows, columns, at.sums + 8 * stride * from];
  return Array.from({ length: Math.ceil(roots.length / group) }, (_, g) => {
    const trees = Math.min(group, roots.length - g * group);
    return {
      name: 'addForestValues',
      args: [at.nodes, at.roots + 4 * g * group, trees, ...place],
      ops: trees * opsPerTree,
    };
  });
}
