import { CsrMatrix, type MatrixLike, toMatrix } from '../array/index.ts';
import { checkMatrix, checkSparse, type Spec, type Target } from '../check/index.ts';
import { type CallContext, type FitContext, type FitOptions, InvertibleTransformer } from '../core/index.ts';
import { InvalidInputError, showShape, warn } from '../errors/index.ts';
import type { Work } from '../work/index.ts';
import { analyzerOf, type TextParams, warnOfIdleParams } from './analyzer.ts';
import { countAllTerms, countMatrix, countTerms, totalsOf } from './count-terms.ts';
import { chooseTerms, columnsOf, termsOf } from './vocabulary.ts';

/** What is learned of texts. */
export interface TextLearned {
  /** The terms, in the order of their columns. */
  readonly terms: readonly string[];
}

/** What the vectorizers of texts share: the terms of documents, and how often they occur. */
export abstract class TextVectorizer<S extends Spec, L extends TextLearned> extends InvertibleTransformer<
  S,
  L,
  readonly string[],
  CsrMatrix,
  string[][]
> {
  /** Set in the copy that `fitTransform` fits, so that documents are analysed once. */
  #keepsOutput = false;
  #output: CsrMatrix | undefined;

  /** The column of each term. */
  get vocabulary_(): ReadonlyMap<string, number> {
    return new Map(columnsOf(this.learned.terms));
  }

  /** Whether the terms are those of the parameter `vocabulary`. */
  get fixedVocabulary_(): boolean {
    this.fitted(`use ${this.name}`);
    return this.#text.vocabulary !== null;
  }

  override *fitTransformWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<CsrMatrix> {
    const run = this.clone();
    run.#keepsOutput = true;
    yield* run.fitWork(X, y, options);
    this.importState(run.exportState()!);
    return this.dress(run.#output!);
  }

  /** A Map of terms is stored as the list of them. */
  override storedParams(): object {
    const { vocabulary } = this.#text;
    return vocabulary instanceof Map ? { ...this.params, vocabulary: termsOf(vocabulary) } : this.params;
  }

  /** What is learned besides the terms, from the training documents' counts. */
  protected abstract learnFrom(terms: readonly string[], counts: CsrMatrix): Work<L>;

  /** What becomes of counts. */
  protected abstract weigh(counts: CsrMatrix, learned: L, action: string): Work<CsrMatrix>;

  protected override *learn(documents: readonly string[], _y: unknown, { action }: FitContext): Work<L> {
    warnOfIdleParams(this.name, this.#text);
    const { terms, counts } = yield* this.#fitCounts(documents, action);
    const learned = yield* this.learnFrom(terms, counts);
    if (this.#keepsOutput) this.#output = yield* this.weigh(counts, learned, action);
    return learned;
  }

  protected override *map(documents: readonly string[], { action }: CallContext): Work<CsrMatrix> {
    const { learned } = this;
    return yield* this.weigh(yield* this.#count(documents, learned.terms), learned, action);
  }

  /** The terms with a weight that is not zero. */
  protected override unmap(X: MatrixLike, { action }: CallContext): string[][] {
    const { terms } = this.learned;
    const sparse = X instanceof CsrMatrix ? checkSparse(X, action) : toSparse(X, action);
    if (sparse.columns !== terms.length) {
      const rule = `X must have a column for each term (${terms.length})`;
      throw new InvalidInputError({ action, rule, received: showShape(sparse.rows, sparse.columns) });
    }
    const { data, indices, indptr } = sparse;
    return Array.from({ length: sparse.rows }, (_, i) =>
      Array.from(indices.subarray(indptr[i], indptr[i + 1]))
        .filter((_, at) => data[indptr[i]! + at] !== 0)
        .map(column => terms[column]!),
    );
  }

  protected override outputNames(): string[] {
    return [...this.learned.terms];
  }

  get #text(): TextParams {
    return this.params as unknown as TextParams;
  }

  *#fitCounts(documents: readonly string[], action: string): Work<{ terms: readonly string[]; counts: CsrMatrix }> {
    const { vocabulary, binary } = this.#text;
    if (vocabulary !== null) {
      const terms = termsOf(vocabulary);
      this.#warnOfCapitals(terms);
      return { terms, counts: yield* this.#count(documents, terms) };
    }
    const counted = yield* countAllTerms(documents, analyzerOf(this.#text));
    const terms = chooseTerms(yield* totalsOf(counted, binary), this.#text, documents.length, action);
    const columns = columnsOf(terms);
    const columnOf = Int32Array.from(counted.terms, term => columns.get(term) ?? -1);
    return { terms, counts: yield* countMatrix(counted, terms.length, binary, columnOf) };
  }

  *#count(documents: readonly string[], terms: readonly string[]): Work<CsrMatrix> {
    const columns = columnsOf(terms);
    const counted = yield* countTerms(documents, analyzerOf(this.#text), term => columns.get(term));
    return yield* countMatrix(counted, terms.length, this.#text.binary);
  }

  #warnOfCapitals(terms: readonly string[]): void {
    const { lowercase, preprocessor, analyzer } = this.#text;
    if (!lowercase || preprocessor !== null || typeof analyzer === 'function') return;
    const capital = terms.find(term => /\p{Uppercase}/u.test(term));
    if (capital === undefined) return;
    const message = `no document has the term '${capital}' of vocabulary, because lowercase is true`;
    warn({ kind: 'user', source: this.name, message });
  }
}

function toSparse(X: MatrixLike, action: string): CsrMatrix {
  return CsrMatrix.fromDense(checkMatrix(toMatrix(X, action).matrix, action));
}
