/**
 * The sum of a forest's leaf values for each row, tree after tree. Cost: a few nanoseconds per row and level of each
 * tree. Versions: `reference.ts` (row by row; for few rows, and hosts without WebAssembly) and `kernel.as.ts`.
 */
import { MAX_OPS, type Work } from '../../work/index.ts';
import { WASM_BASE64 } from '../generated/forest-predict.ts';
import { type LeasedMemory, leaseMemory, MAX_LEASE_BYTES, returnMemory } from '../lease.ts';
import { kernelOver } from '../load.ts';
import { Places } from '../places.ts';
import type { PackedForest } from './packed-forest.ts';
import { addRowValues } from './reference.ts';

export { firstPacked, type PackedForest, packForest, type WalkedTree } from './packed-forest.ts';

interface ForestPredictExports {
  addTreeValues(
    nodes: number,
    root: number,
    values: number,
    stride: number,
    X: number,
    rows: number,
    columns: number,
    sums: number,
  ): void;
}

/** Rows that the kernel walks side by side. */
const LANES = 8;
/** Fewest rows for which the forest is copied into the kernel's memory. */
const MIN_ROWS = 64;
/** Bytes of features of one block of rows: they should stay in the second-level cache. */
const BLOCK_BYTES = 2 ** 18;

const kernel = kernelOver<ForestPredictExports>(WASM_BASE64);

/**
 * @param X rows × columns, row-major
 * @returns rows × stride
 */
export function* sumForestValues(forest: PackedForest, X: Float32Array, rows: number, columns: number) {
  const bytes = forest.nodes.byteLength + forest.values.byteLength + 2 * BLOCK_BYTES;
  if (rows < MIN_ROWS || bytes > MAX_LEASE_BYTES / 2) return yield* sumByRow(forest, X, rows, columns);
  const lease = leaseMemory(forest);
  try {
    const fast = kernel(lease.memory);
    if (fast === undefined) return yield* sumByRow(forest, X, rows, columns);
    return yield* sumInKernel(fast, lease, forest, X, rows, columns);
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

function* sumInKernel(
  { addTreeValues }: ForestPredictExports,
  lease: LeasedMemory,
  forest: PackedForest,
  X: Float32Array,
  rows: number,
  columns: number,
): Work<Float64Array> {
  const { nodes, roots, values, stride, maxDepth } = forest;
  const height = LANES * Math.max(1, Math.floor(BLOCK_BYTES / (4 * columns + 8 * stride) / LANES));
  const places = new Places();
  const nodesAt = places.take(nodes.byteLength);
  const valuesAt = places.take(values.byteLength);
  const xAt = places.take(4 * columns * height);
  const sumsAt = places.take(8 * stride * height);
  const buffer = lease.reserve(places.bytes);
  if (!lease.holds(forest)) {
    new Int32Array(buffer, nodesAt, nodes.length).set(nodes);
    new Float64Array(buffer, valuesAt, values.length).set(values);
    lease.keepAtStart(forest);
  }
  const block = new Float32Array(buffer, xAt, columns * height);
  const blockSums = new Float64Array(buffer, sumsAt, stride * height);
  const sums = new Float64Array(rows * stride);
  let ops = 0;
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    const whole = LANES * Math.ceil((to - from) / LANES);
    block.set(X.subarray(from * columns, to * columns));
    blockSums.fill(0);
    for (const root of roots) {
      addTreeValues(nodesAt, root, valuesAt, stride, xAt, whole, columns, sumsAt);
      ops += whole * (maxDepth + stride);
      if (ops < MAX_OPS) continue;
      yield { ops };
      ops = 0;
    }
    sums.set(blockSums.subarray(0, (to - from) * stride), from * stride);
  }
  return sums;
}
