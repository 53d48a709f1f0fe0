import { Matrix } from '../array/index.ts';
import type { Products } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import type { NearestLists } from './nearest-lists.ts';
import type { NeighborIndex } from './neighbor-index.ts';
import { squaredEuclideanRange } from './range-distances.ts';

/** Queries and samples per product. */
const QUERIES = 1024;
const SAMPLES = 8192;
/** Beside products of the largest values of both sides, single precision loses what is this small. */
const LOST = 2 ** -100;

/** Rows around an origin, and their squared lengths. */
interface Moved {
  readonly rows: Matrix;
  readonly norms: Float64Array;
}

/**
 * The nearest samples by Euclidean distance, as `searchAll` finds them to the bit. |x|² - 2 x'y + |y|², from a matrix
 * product, rules nearly all pairs out; its rounding error is at most about (features + 4) eps (|x| + |y|)², and pairs
 * that this leaves open have their distances computed directly. Rows are taken around the samples' mean, where norms,
 * and so the errors, are small.
 */
export function* searchByProducts(
  { samples, order }: Pick<NeighborIndex, 'samples' | 'order'>,
  queries: Matrix,
  lists: NearestLists,
  without: (query: number) => number,
  products: Products,
): Work<void> {
  const { columns } = samples;
  const origin = meanOf(samples);
  const known = yield* moved(samples, origin);
  const asked = yield* moved(queries, origin);
  // (|x| + |y|)² <= 2 |x|² + 2 |y|²; another factor 2 for what the distances themselves are off.
  const share = 1 - 4 * (columns + 8) * Number.EPSILON - 2 * products.roundoff(columns);
  const lost = LOST * Math.sqrt(maximum(asked.norms) * maximum(known.norms));
  const blocks = blocksOf(asked.rows, QUERIES);
  for (const block of blocks) products.keep(block);
  const exact = new Float64Array(1);
  for (let start = 0; start < samples.rows; start += SAMPLES) {
    const end = Math.min(samples.rows, start + SAMPLES);
    const others = part(known.rows, start, end);
    products.keep(others);
    for (const [b, block] of blocks.entries()) {
      const from = b * QUERIES;
      const { data } = yield* products.matmul(block, others, { transposeB: true });
      for (let row = from, at = 0; row < from + block.rows; row++) {
        const own = share * asked.norms[row]! - lost;
        const self = without(row);
        const query = { data: queries.data, row };
        let limit = lists.worst(row) - own;
        for (let i = start; i < end; i++, at++) {
          if (share * known.norms[i]! - 2 * data[at]! > limit || order[i] === self) continue;
          squaredEuclideanRange(query, samples.data, columns, i, i + 1, exact);
          lists.offer(row, exact[0]!, order[i]!);
          limit = lists.worst(row) - own;
        }
      }
    }
  }
}

function meanOf({ data, rows, columns }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) mean[at % columns]! += data[at]! / rows;
  return mean;
}

function* moved({ data, rows, columns }: Matrix, origin: Float64Array): Work<Moved> {
  const result = { rows: Matrix.zeros(rows, columns), norms: new Float64Array(rows) };
  yield* inBlocks(rows, columns, (from, to) => {
    for (let i = from, at = from * columns; i < to; i++) {
      for (let k = 0; k < columns; k++, at++) {
        const value = data[at]! - origin[k]!;
        result.rows.data[at] = value;
        result.norms[i]! += value * value;
      }
    }
  });
  return result;
}

function blocksOf(rows: Matrix, height: number): Matrix[] {
  return Array.from({ length: Math.ceil(rows.rows / height) }, (_, b) =>
    part(rows, b * height, Math.min(rows.rows, (b + 1) * height)),
  );
}

function maximum(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function part({ data, columns }: Matrix, from: number, to: number): Matrix {
  return new Matrix(data.subarray(from * columns, to * columns), to - from, columns);
}
