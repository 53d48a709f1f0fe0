import type { CsrMatrix } from '../array/index.ts';
import type { ParamsOf } from '../check/index.ts';
import type { Work } from '../work/index.ts';
import { textSpec } from './text-spec.ts';
import { type TextLearned, TextVectorizer } from './text-vectorizer.ts';
import { idfOf, tfidfSpec, weighCounts } from './tfidf.ts';

const spec = { ...textSpec, ...tfidfSpec };

export type TfidfVectorizerParams = ParamsOf<typeof spec>;

interface Learned extends TextLearned {
  readonly idf: Float64Array | null;
}

/**
 * Counts the terms of texts as {@link CountVectorizer} does, and weighs them as {@link TfidfTransformer} does: what is
 * in few documents tells more than what is in many.
 *
 * Cost: O(characters of all documents) time; one number per different term of each document in memory.
 *
 * Differs from scikit-learn: as {@link CountVectorizer} does; `idf_` is null without `useIdf`, and cannot be set.
 *
 * @example
 * import { LogisticRegression, Pipeline, TfidfVectorizer } from 'fitwise';
 * const pipeline = new Pipeline([['tfidf', new TfidfVectorizer()], ['classifier', new LogisticRegression()]]);
 * const model = await pipeline.fit(['cheap pills', 'lunch at noon'], ['spam', 'ham']);
 * await model.predict(['pills, pills!', 'see you at noon']); // ['spam', 'ham']
 */
export class TfidfVectorizer extends TextVectorizer<typeof spec, Learned> {
  static override readonly id = 'feature-extraction/TfidfVectorizer';
  static override readonly traits = { input: 'text' } as const;

  /** @throws InvalidParamError on an unknown parameter or a value outside its rule. */
  constructor(params: Partial<TfidfVectorizerParams> = {}) {
    super(spec, params);
  }

  /** The factor of each term; null without `useIdf`. */
  get idf_(): Float64Array | null {
    return this.learned.idf;
  }

  protected override *learnFrom(terms: readonly string[], counts: CsrMatrix): Work<Learned> {
    return { terms, idf: this.params.useIdf ? yield* idfOf(counts, this.params.smoothIdf) : null };
  }

  protected override weigh(counts: CsrMatrix, { idf }: Learned, action: string): Work<CsrMatrix> {
    return weighCounts(counts, idf, this.params, action);
  }
}
