import { Matrix } from '../array/index.ts';
import { centredProductsWork, mirrorUpper, type RowRange } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';

/** Means of columns, and the products of the columns less their means. */
export interface CentredGram {
  readonly mean: Float64Array;
  /** (A - mean)' diag(weights) (A - mean), symmetric to the bit. */
  readonly gram: Matrix;
}

export interface CentredGramOptions {
  /** Without, the means are zero. */
  readonly center: boolean;
  readonly sampleWeight?: Float64Array | undefined;
}

/** Doubles of one chunk of rows, and rows at least, so that joining its products costs less than making them. */
const CHUNK = 2 ** 18;
const FEWEST_ROWS = 256;

/**
 * The centred products of the columns of A = [parts ...], side by side, in one pass over memory: each chunk of rows is
 * centred by its own mean in the cache, and its products are joined to those before by
 * G = G_a + G_b + d d' n_a n_b / (n_a + n_b), with d the difference of the means. All terms are positive
 * semidefinite, so that no digits cancel, however large the means are.
 *
 * Source: T. Chan, G. Golub and R. LeVeque, "Algorithms for computing the sample variance", 1983.
 */
export function* centredGramWork(
  parts: readonly Matrix[],
  { center, sampleWeight }: CentredGramOptions,
): Work<CentredGram> {
  const rows = parts[0]!.rows;
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const mean = new Float64Array(columns);
  const gram = Matrix.zeros(columns, columns);
  let seen = 0;
  yield* centredProductsWork(
    parts,
    chunksOf(rows, columns, sampleWeight),
    center,
    function* join(chunk, own, products) {
      const { weight } = chunk;
      const share = weight > 0 ? weight / (seen + weight) : 0;
      const difference = own.map((value, j) => value - mean[j]!);
      yield* joinInto(gram, products, difference, seen * share);
      for (let j = 0; j < columns; j++) mean[j]! += share * difference[j]!;
      seen += weight;
    },
  );
  mirrorUpper(gram);
  return { mean, gram };
}

function chunksOf(rows: number, columns: number, sampleWeight: Float64Array | undefined): RowRange[] {
  const height = Math.max(FEWEST_ROWS, Math.floor(CHUNK / Math.max(1, columns)));
  return Array.from({ length: Math.ceil(rows / height) }, (_, c) => {
    const from = c * height;
    const to = Math.min(rows, from + height);
    const weights = sampleWeight?.subarray(from, to);
    return { from, to, weights, weight: weights?.reduce((sum, weight) => sum + weight, 0) ?? to - from };
  });
}

/** G + products + scale d d', on and right of the diagonal. */
function* joinInto(
  { data, rows, columns }: Matrix,
  products: Float64Array,
  d: Float64Array,
  scale: number,
): Work<void> {
  yield* inBlocks(rows, 3 * Math.max(1, columns), (from, to) => {
    for (let i = from; i < to; i++) {
      const row = i * columns;
      const own = d[i]!;
      for (let j = i; j < columns; j++) data[row + j]! += products[row + j]! + scale * (own * d[j]!);
    }
  });
}
