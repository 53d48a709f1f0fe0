import { CsrMatrix, Matrix } from '../../../src/array/index.ts';
import { CountVectorizer, TfidfTransformer, TfidfVectorizer } from '../../../src/feature-extraction/index.ts';
import type { Case, PythonParams } from '../case.ts';
import type { Draw } from '../draw.ts';

/** The vectorizers with drawn parameters, on texts that ASCII knows nothing of. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(40, countVectorizer),
    ...times(15, mostFrequent),
    ...times(15, tokenPattern),
    ...times(10, fixedVocabulary),
    ...times(25, tfidfVectorizer),
    ...times(30, tfidfTransformer),
  ];
}

/** Capitals whose small letters are longer, final sigmas, marks, digits of other scripts, spaces that are none in ASCII. */
const WORDS = [
  ...[
    'the',
    'The',
    'and',
    'rose',
    'Rose',
    'ROSES',
    'a',
    'I',
    'x',
    'system',
    "don't",
    'e-mail',
    '_x',
    'x_1',
    '12',
    '3.14',
  ],
  ...['Straße', 'STRASSE', 'İstanbul', 'naïve', 'nai\u0308ve', 'ΟΔΟΣ', 'οδός', 'Ångström', 'crème', 'ﬁre', 'ø', 'Łódź'],
  ...[
    '漢字',
    'かな',
    '한국어',
    'क्षि',
    'שָׁלוֹם',
    'العربية',
    '٣٤',
    'x²',
    '½',
    'Ⅷ',
    '😀',
    'a😀b',
    '𝔘𝔫𝔦',
    '𐐷x',
    '\uFB01\uE000',
    'İ',
  ],
];
const GAPS = [' ', ' ', ' ', '  ', '\n', '\t ', '\u00a0', '\u2003', '\u200b', '\x1c', '\ufeff', ', ', '. ', '-', "'"];

function document(draw: Draw): string {
  const words = Array.from({ length: draw.integer(1, 12) }, () => draw.choice(WORDS));
  return words.map(word => word + draw.choice(GAPS)).join('');
}

function documents(draw: Draw, least = 1): string[] {
  return Array.from({ length: draw.integer(least, 8) }, () => document(draw));
}

/** Parameters of the analysis, for both sides. */
function analysis(draw: Draw) {
  const analyzer = draw.choice(['word', 'word', 'char', 'char_wb']);
  const fewest = draw.integer(1, analyzer === 'word' ? 2 : 4);
  const ngramRange = [fewest, fewest + draw.integer(0, 2)] as const;
  const stripAccents = draw.choice([null, null, 'ascii', 'unicode']);
  const stopWords = analyzer === 'word' ? draw.choice([null, 'english', ['rose', '漢字', 'x_1']] as const) : null;
  const [lowercase, binary] = [draw.bool(0.7), draw.bool(0.3)];
  const python: PythonParams = {
    ...{ analyzer, ngram_range: { $tuple: ngramRange }, strip_accents: stripAccents },
    ...{ stop_words: Array.isArray(stopWords) ? { $list: stopWords } : stopWords, lowercase, binary },
  };
  return { ours: { analyzer, ngramRange, stripAccents, stopWords, lowercase, binary }, python };
}

/** Shares and counts of documents. */
function limits(draw: Draw) {
  const minDf = draw.choice([1, 1, 2, 0.3]);
  const maxDf = draw.choice([null, null, 3, 0.8]);
  return { ours: { minDf, maxDf }, python: { min_df: minDf, max_df: maxDf ?? { $float: 1 } } };
}

function countVectorizer(draw: Draw): Case {
  const [how, which] = [analysis(draw), limits(draw)];
  const [X, X2] = [documents(draw, 3), documents(draw)];
  return {
    name: 'CountVectorizer',
    class: 'A',
    expectError: 'alike',
    oracle: {
      fit: 'feature_extraction.text.CountVectorizer',
      params: { ...how.python, ...which.python },
      X: { $list: X },
      get: ['get_feature_names_out'],
      calls: [
        ['fit_transform', { $list: X }],
        ['transform', { $list: X2 }],
      ],
    },
    ours: async () => {
      const vectorizer = new CountVectorizer({ ...how.ours, ...which.ours });
      const counts = await vectorizer.fitTransform(X);
      return [vectorizer.getFeatureNamesOut(), counts, await vectorizer.transform(X2)];
    },
  };
}

/** No two terms are equally frequent: scikit-learn's choice between such hangs on the processor. */
function mostFrequent(draw: Draw): Case {
  const words = draw.sample(['ant', 'bee', 'Cat', 'dog', 'éel', 'fox', 'gnu', '漢字'], 8);
  const all = draw.sample(
    words.flatMap((word, k) => new Array<string>(k + 1).fill(word)),
    36,
  );
  const X = Array.from({ length: 6 }, (_, i) => all.slice(6 * i, 6 * i + 6).join(' '));
  const maxFeatures = draw.integer(1, 9);
  return {
    name: 'CountVectorizer, the most frequent terms',
    class: 'A',
    oracle: {
      fit: 'feature_extraction.text.CountVectorizer',
      params: { max_features: maxFeatures },
      X: { $list: X },
      get: ['vocabulary_'],
      calls: [['transform', { $list: X }]],
    },
    ours: async () => {
      const vectorizer = await new CountVectorizer({ maxFeatures }).fit(X);
      return [vectorizer.vocabulary_, await vectorizer.transform(X)];
    },
  };
}

const PATTERNS = [
  '(?u)\\b\\w+\\b',
  '\\w+',
  '\\b\\w{3}\\b',
  '\\S+',
  '[^\\s,.]+',
  '\\d+',
  '[\\w\\-]+',
  '(\\w)\\w+',
  '\\w+\\B',
  '.\\b',
  "[a-z]+(?:\\'[a-z]+)?",
  '\\D\\w$',
  '\\A\\w+',
  '\\W+',
];

function tokenPattern(draw: Draw): Case {
  const [pattern, X] = [draw.choice(PATTERNS), documents(draw, 3)];
  return {
    name: 'CountVectorizer, patterns of tokens',
    class: 'A',
    expectError: 'alike',
    oracle: {
      fit: 'feature_extraction.text.CountVectorizer',
      params: { token_pattern: pattern },
      X: { $list: X },
      get: ['get_feature_names_out'],
      calls: [['transform', { $list: X }]],
    },
    ours: async () => {
      const vectorizer = await new CountVectorizer({ tokenPattern: pattern }).fit(X);
      return [vectorizer.getFeatureNamesOut(), await vectorizer.transform(X)];
    },
  };
}

function fixedVocabulary(draw: Draw): Case {
  const vocabulary = draw.sample(['the', 'rose', 'straße', '漢字', 'x_1', 'nothing'], draw.integer(1, 6));
  const X = documents(draw);
  const asMap = draw.bool(0.5);
  const pairs = vocabulary.map((term, j) => [term, vocabulary.length - 1 - j] as const);
  return {
    name: 'CountVectorizer of a vocabulary',
    class: 'A',
    oracle: {
      fit: 'feature_extraction.text.CountVectorizer',
      params: { vocabulary: asMap ? { $map: pairs } : { $list: vocabulary } },
      X: { $list: X },
      get: ['get_feature_names_out', 'fixed_vocabulary_'],
      calls: [
        ['transform', { $list: X }],
        ['inverse_transform', [vocabulary.map((_, j) => j % 2)]],
      ],
    },
    ours: async () => {
      const model = await new CountVectorizer({ vocabulary: asMap ? new Map(pairs) : vocabulary }).fit(X);
      const inverse = await model.inverseTransform([vocabulary.map((_, j) => j % 2)]);
      return [model.getFeatureNamesOut(), model.fixedVocabulary_, await model.transform(X), inverse];
    },
  };
}

/** Parameters of the weights, for both sides. */
function weights(draw: Draw) {
  const norm = draw.choice(['l2', 'l2', 'l1', null]);
  const [useIdf, smoothIdf, sublinearTf] = [draw.bool(0.8), draw.bool(0.7), draw.bool(0.3)];
  const python = { norm, use_idf: useIdf, smooth_idf: smoothIdf, sublinear_tf: sublinearTf };
  return { ours: { norm, useIdf, smoothIdf, sublinearTf }, python };
}

function tfidfVectorizer(draw: Draw): Case {
  const [how, which, weighing] = [analysis(draw), limits(draw), weights(draw)];
  const [X, X2] = [documents(draw, 3), documents(draw)];
  return {
    name: 'TfidfVectorizer',
    class: 'A',
    expectError: 'alike',
    oracle: {
      fit: 'feature_extraction.text.TfidfVectorizer',
      params: { ...how.python, ...which.python, ...weighing.python },
      X: { $list: X },
      get: ['get_feature_names_out', ...(weighing.ours.useIdf ? ['idf_'] : [])],
      calls: [
        ['fit_transform', { $list: X }],
        ['transform', { $list: X2 }],
      ],
    },
    ours: async () => {
      const vectorizer = new TfidfVectorizer({ ...how.ours, ...which.ours, ...weighing.ours });
      const weighed = await vectorizer.fitTransform(X);
      const idf = weighing.ours.useIdf ? [vectorizer.idf_] : [];
      return [vectorizer.getFeatureNamesOut(), ...idf, weighed, await vectorizer.transform(X2)];
    },
  };
}

function tfidfTransformer(draw: Draw): Case {
  const weighing = weights(draw);
  const columns = draw.integer(1, 6);
  const table = (rows: number) => Array.from({ length: rows }, () => draw.integers(columns, 0, 3));
  // Every term is in a document: without smoothing the others' idf is infinite, which we refuse to weigh with.
  const [X, X2] = [[...table(draw.integer(1, 8)), new Array<number>(columns).fill(1)], table(4)];
  const isSparse = draw.bool(0.5);
  const ours = (rows: number[][]) => (isSparse ? CsrMatrix.fromDense(Matrix.fromRows(rows)) : rows);
  const theirs = (rows: number[][]) => (isSparse ? { $csr: rows } : rows);
  return {
    name: 'TfidfTransformer',
    class: 'A',
    oracle: {
      fit: 'feature_extraction.text.TfidfTransformer',
      params: weighing.python,
      X: theirs(X),
      get: weighing.ours.useIdf ? ['idf_'] : [],
      calls: [
        ['transform', theirs(X)],
        ['transform', theirs(X2)],
      ],
    },
    ours: async () => {
      const model = await new TfidfTransformer(weighing.ours).fit(ours(X));
      const idf = weighing.ours.useIdf ? [model.idf_] : [];
      return [...idf, await model.transform(ours(X)), await model.transform(ours(X2))];
    },
  };
}
