import type { Matrix } from '../../array/index.ts';
import { WASM_BASE64 } from '../generated/box-tree.ts';
import { lazyKernel } from '../load.ts';

/**
 * A complete binary tree: the children of node i are 2i + 1 and 2i + 2, and node i holds the rows `starts[i]` to
 * `ends[i]` of the samples in the tree's order.
 */
export interface Layout {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** A tree with the smallest box around the samples of each node, and the samples in its order. */
export interface BoxTree {
  readonly layout: Layout;
  readonly samples: Matrix;
  /** Position in X of each row of `samples`. */
  readonly order: Int32Array;
  /** Nodes × columns. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What growing needs of the kernel. */
export interface GrowExports {
  widen(rows: number, columns: number, from: number, to: number, lower: number, upper: number): void;
  select(...args: number[]): void;
}

/** Rows of more bytes would take much of the arena. */
const MOST_BYTES = 2 ** 28;

export const kernel = lazyKernel<GrowExports>(WASM_BASE64);

/** Whether the arena should hold these rows. */
export function isSmall({ data }: Matrix): boolean {
  return data.byteLength <= MOST_BYTES;
}
