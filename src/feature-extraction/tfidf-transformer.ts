import { CsrMatrix, type Matrix } from '../array/index.ts';
import type { ParamsOf } from '../check/index.ts';
import { type CallContext, Transformer } from '../core/index.ts';
import type { Work } from '../work/index.ts';
import { idfOf, tfidfSpec, weighCounts } from './tfidf.ts';

const spec = tfidfSpec;

export type TfidfTransformerParams = ParamsOf<typeof spec>;

interface Learned {
  readonly idf: Float64Array | null;
}

/**
 * Weighs counts of terms: each count times the term's inverse document frequency, `ln((1 + n) / (1 + df)) + 1` of n
 * documents of which df have the term (without `smoothIdf` `ln(n / df) + 1`), each row scaled to length 1 then. The
 * result is sparse.
 *
 * Cost: O(stored counts) time and memory.
 *
 * Differs from scikit-learn: weights that are not finite are refused; `idf_` is null without `useIdf`, and cannot be set.
 *
 * Source: G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", Information Processing &
 * Management 24 (1988).
 *
 * @example
 * import { TfidfTransformer } from 'fitwise';
 * const transformer = new TfidfTransformer({ norm: null });
 * (await transformer.fitTransform([[1, 0], [2, 3]])).toArray(); // [[1, 0], [2, 4.216395]]
 */
export class TfidfTransformer extends Transformer<typeof spec, Learned, Matrix | CsrMatrix, CsrMatrix> {
  static override readonly id = 'feature-extraction/TfidfTransformer';
  static override readonly traits = { sparse: 'native' } as const;

  /** @throws InvalidParamError on an unknown parameter or a value outside its rule. */
  constructor(params: Partial<TfidfTransformerParams> = {}) {
    super(spec, params);
  }

  /** The factor of each term; null without `useIdf`. */
  get idf_(): Float64Array | null {
    return this.learned.idf;
  }

  protected override *learn(X: Matrix | CsrMatrix): Work<Learned> {
    return { idf: this.params.useIdf ? yield* idfOf(toSparse(X), this.params.smoothIdf) : null };
  }

  protected override map(X: Matrix | CsrMatrix, { action }: CallContext): Work<CsrMatrix> {
    return weighCounts(toSparse(X), this.learned.idf, this.params, action);
  }
}

function toSparse(X: Matrix | CsrMatrix): CsrMatrix {
  return X instanceof CsrMatrix ? X : CsrMatrix.fromDense(X);
}
