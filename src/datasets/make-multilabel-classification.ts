import { Matrix } from '../array/index.ts';
import { boolean, checkParams, integer, type ParamsOf, seed } from '../check/index.ts';
import { type RandomState, randomFrom } from '../random/index.ts';
import { demand } from './demand.ts';
import { uniformMatrix } from './drawn.ts';

const spec = {
  /** Number of documents. */
  nSamples: integer({ min: 1, default: 100 }),
  /** Number of words in the vocabulary. */
  nFeatures: integer({ min: 1, default: 20 }),
  nClasses: integer({ min: 1, default: 5 }),
  /** Mean number of labels of a document, before numbers above `nClasses` are drawn anew. */
  nLabels: integer({ min: 0, default: 2 }),
  /** Mean number of words of a document. */
  length: integer({ min: 1, default: 50 }),
  /** Whether a document may have no label. */
  allowUnlabeled: boolean({ default: true }),
  randomState: seed(),
};
export type MakeMultilabelClassificationParams = ParamsOf<typeof spec>;

export interface MultilabelData {
  /** How often each document has each word; shape (nSamples, nFeatures). */
  readonly X: Matrix;
  /** 1 where a document has a label, else 0; shape (nSamples, nClasses). */
  readonly Y: Matrix;
  /** Probability of each class; shape (nClasses,). */
  readonly pClass: Float64Array;
  /** Probability of each word within each class; shape (nFeatures, nClasses). */
  readonly pWord: Matrix;
}

/**
 * Documents of random words with several labels each; scikit-learn's numbers for the same integer seed.
 *
 * Counts and labels come as matrices: what scikit-learn's `sparse` gives is `CsrMatrix.fromDense(X)`. The distributions
 * are always returned.
 *
 * @returns word counts `X`, label indicators `Y`, and the distributions they were drawn from
 * @throws InvalidParamError on a parameter outside its rule, also where every document needs a label but `nLabels` is 0
 *
 * @example
 * import { makeMultilabelClassification } from 'fitwise';
 * const { X, Y } = makeMultilabelClassification({ nLabels: 3, randomState: 42 });
 * [X.columns, Y.columns]; // [20, 5]
 */
export function makeMultilabelClassification(params: Partial<MakeMultilabelClassificationParams> = {}): MultilabelData {
  const given = checkMultilabel(params);
  const { nSamples, nFeatures, nClasses } = given;
  const random = randomFrom(given.randomState);
  const pClass = normalised(random.randomSample(nClasses));
  const weights = uniformMatrix(random, nFeatures, nClasses);
  const pWord = Matrix.fromColumns(Array.from({ length: nClasses }, (_, k) => normalised(weights.column(k))));
  const cumulative = cumulate(pClass);
  const X = Matrix.zeros(nSamples, nFeatures);
  const Y = Matrix.zeros(nSamples, nClasses);
  for (let i = 0; i < nSamples; i++) {
    const labels = drawLabels(given, cumulative, random);
    for (const label of labels) Y.set(i, label, 1);
    for (const word of drawWords(given, labels, pWord, random)) X.set(i, word, X.get(i, word) + 1);
  }
  return { X, Y, pClass, pWord };
}

function checkMultilabel(params: Partial<MakeMultilabelClassificationParams>): MakeMultilabelClassificationParams {
  const owner = 'data by makeMultilabelClassification';
  const given = checkParams(owner, spec, params);
  const canEnd = given.allowUnlabeled || given.nLabels > 0;
  demand(owner, canEnd, 'nLabels must be > 0 where allowUnlabeled is false', given.nLabels);
  return given;
}

function drawLabels(
  { nClasses, nLabels, allowUnlabeled }: MakeMultilabelClassificationParams,
  cumulative: Float64Array,
  random: RandomState,
): Set<number> {
  let count: number;
  do count = random.poisson(nLabels);
  while (count > nClasses || (count === 0 && !allowUnlabeled));
  const labels = new Set<number>();
  while (labels.size < count) {
    for (const value of random.randomSample(count - labels.size)) labels.add(firstNotBelow(cumulative, value));
  }
  return labels;
}

/** Words by the sum of the labels' distributions; without labels all words are equally likely. */
function drawWords(
  { nFeatures, length }: MakeMultilabelClassificationParams,
  labels: Set<number>,
  pWord: Matrix,
  random: RandomState,
): Iterable<number> {
  let nWords: number;
  do nWords = random.poisson(length);
  while (nWords === 0);
  if (labels.size === 0) return random.randint(0, nFeatures, nWords);
  const classes = [...labels].sort((a, b) => a - b);
  const mixed = new Float64Array(nFeatures).map((_, word) => classes.reduce((sum, k) => sum + pWord.get(word, k), 0));
  const cumulative = cumulate(mixed);
  const total = cumulative[nFeatures - 1]!;
  const shares = cumulative.map(value => value / total);
  return random.randomSample(nWords).map(value => firstNotBelow(shares, value));
}

function normalised(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map(value => value / total);
}

function cumulate(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map(value => {
    sum += value;
    return sum;
  });
}

/** The position of the first of the ascending values that is not below `value`; the last where rounding leaves none. */
function firstNotBelow(ascending: Float64Array, value: number): number {
  const at = ascending.findIndex(bound => bound >= value);
  return at === -1 ? ascending.length - 1 : at;
}
