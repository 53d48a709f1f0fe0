/** Weights of terms (G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988). */
import { CsrMatrix } from '../array/index.ts';
import { boolean, either, oneOf, type ParamsOf } from '../check/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import { inBlocks, type Work } from '../work/index.ts';

/** Parameters of the weights. */
export const tfidfSpec = {
  /** Length that each row is scaled to be 1 in: the root of the squares, the sum of the sizes, or null for no scaling. */
  norm: either(oneOf(['l2', 'l1'], { default: 'l2' }), oneOf([null], { default: null })),
  /** Multiply by the inverse document frequency. */
  useIdf: boolean({ default: true }),
  /** Count one document more that holds every term, so that no frequency is zero. */
  smoothIdf: boolean({ default: true }),
  /** Take 1 + ln(count) in place of the count. */
  sublinearTf: boolean({ default: false }),
};

export type TfidfParams = ParamsOf<typeof tfidfSpec>;

const OPS_PER_WEIGHT = 16;

/** ln(n / documents with the term) + 1 for each column; with `smooth`, of one document more that holds every term. */
export function* idfOf({ rows, columns, indices, stored }: CsrMatrix, smooth: boolean): Work<Float64Array> {
  const extra = smooth ? 1 : 0;
  const documents = new Float64Array(columns).fill(extra);
  yield* inBlocks(stored, 1, (from, to) => {
    for (let at = from; at < to; at++) documents[indices[at]!]!++;
  });
  return documents.map(count => Math.log((rows + extra) / count) + 1);
}

/**
 * Weighted counts.
 *
 * @param idf a factor for each column; null for none
 * @throws InvalidInputError if a weight is not finite: counts were negative or huge, or a term is in no document
 */
export function* weighCounts(
  counts: CsrMatrix,
  idf: Float64Array | null,
  { sublinearTf, norm }: TfidfParams,
  action: string,
): Work<CsrMatrix> {
  const { indices, indptr, rows, columns } = counts;
  const data = new Float64Array(counts.stored);
  yield* inBlocks(rows, OPS_PER_WEIGHT * Math.ceil((counts.stored + 1) / rows), (from, to) => {
    for (let at = indptr[from]!; at < indptr[to]!; at++) {
      const count = counts.data[at]!;
      data[at] = (sublinearTf ? Math.log(count) + 1 : count) * (idf === null ? 1 : idf[indices[at]!]!);
    }
    if (norm === null) return;
    for (let i = from; i < to; i++) normalise(data.subarray(indptr[i]!, indptr[i + 1]!), norm);
  });
  const at = data.findIndex(weight => !Number.isFinite(weight));
  if (at === -1) return new CsrMatrix(data, indices, indptr, rows, columns);
  throw new InvalidInputError({
    action,
    rule: 'all weights must be finite',
    received: `the count ${counts.data[at]} in column ${indices[at]}, which gives ${data[at]}`,
  });
}

/** A row of zeros stays. */
function normalise(row: Float64Array, norm: 'l1' | 'l2'): void {
  let sum = 0;
  for (const weight of row) sum += norm === 'l1' ? Math.abs(weight) : weight * weight;
  if (sum === 0) return;
  const length = norm === 'l1' ? sum : Math.sqrt(sum);
  for (let j = 0; j < row.length; j++) row[j]! /= length;
}
