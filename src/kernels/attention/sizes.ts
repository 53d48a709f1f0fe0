/** Attention of sequences in several heads, of `depth` values each. */
export interface AttentionSize {
  readonly batch: number;
  readonly heads: number;
  /** Of the queries. */
  readonly length: number;
  /** Of the keys and values. */
  readonly sources: number;
  readonly depth: number;
}

/** Columns `at` to `at + heads depth - 1` of rows `stride` apart: (batch, length or sources, stride). */
export interface HeadColumns {
  readonly data: Float32Array;
  readonly stride: number;
  readonly at: number;
}

/** Queries, keys and values; several may be columns of one array. */
export interface AttentionOperands {
  readonly query: HeadColumns;
  readonly key: HeadColumns;
  readonly value: HeadColumns;
}
