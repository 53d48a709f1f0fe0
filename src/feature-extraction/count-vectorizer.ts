import type { CsrMatrix } from '../array/index.ts';
import type { ParamsOf } from '../check/index.ts';
import { asWork, type Work } from '../work/index.ts';
import { textSpec } from './text-spec.ts';
import { type TextLearned, TextVectorizer } from './text-vectorizer.ts';

const spec = textSpec;

export type CountVectorizerParams = ParamsOf<typeof spec>;

/**
 * Counts the words of texts, or runs of words or of characters: one row per document, one column per term, in the order
 * of the terms' code points. The input is a list of strings, or a table with one column of them.
 *
 * Cost: O(characters of all documents) time; one number per different term of each document in memory.
 *
 * Differs from scikit-learn: documents are strings, not bytes or files; `maxFeatures` decides between equally frequent
 * terms by the alphabet, where scikit-learn leaves it to an unstable sort; `fit` must be called with a `vocabulary` too;
 * parameters that have no effect beside a `vocabulary` raise a warning; what `tokenPattern` cannot hold is refused.
 *
 * @example
 * import { CountVectorizer } from 'fitwise';
 * const vectorizer = new CountVectorizer();
 * const counts = await vectorizer.fitTransform(['a rose is a rose', 'what is a rose']);
 * vectorizer.getFeatureNamesOut(); // ['is', 'rose', 'what']
 * counts.toArray(); // [[1, 2, 0], [1, 1, 1]]
 */
export class CountVectorizer extends TextVectorizer<typeof spec, TextLearned> {
  static override readonly id = 'feature-extraction/CountVectorizer';
  static override readonly traits = { input: 'text' } as const;

  /** @throws InvalidParamError on an unknown parameter or a value outside its rule. */
  constructor(params: Partial<CountVectorizerParams> = {}) {
    super(spec, params);
  }

  protected override learnFrom(terms: readonly string[]): Work<TextLearned> {
    return asWork({ terms });
  }

  protected override weigh(counts: CsrMatrix): Work<CsrMatrix> {
    return asWork(counts);
  }
}
