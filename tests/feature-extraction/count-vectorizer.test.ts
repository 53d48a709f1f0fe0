import { expect, test } from 'vitest';
import {
  ColumnTransformer,
  CountVectorizer,
  CsrMatrix,
  captureWarnings,
  fromBytes,
  GridSearchCV,
  LogisticRegression,
  Pipeline,
  toBytes,
} from '../../src/index.ts';

const ROSES = ['a rose is a rose', 'what is a rose'];

test('CountVectorizer counts words of two letters and more, a row per document, a column per word in order', async () => {
  const vectorizer = new CountVectorizer();
  const counts = await vectorizer.fitTransform(ROSES);
  expect(counts).toBeInstanceOf(CsrMatrix);
  expect(vectorizer.getFeatureNamesOut()).toEqual(['is', 'rose', 'what']);
  expect(counts.toArray()).toEqual([
    [1, 2, 0],
    [1, 1, 1],
  ]);
  expect([...vectorizer.vocabulary_]).toEqual([
    ['is', 0],
    ['rose', 1],
    ['what', 2],
  ]);
});

test('CountVectorizer leaves out words that fit did not see', async () => {
  const model = await new CountVectorizer().fit(ROSES);
  expect((await model.transform(['what a tulip'])).toArray()).toEqual([[0, 0, 1]]);
});

test('CountVectorizer orders terms by code point, not by UTF-16 unit', async () => {
  // U+1D518 is written with a surrogate (0xD835), which is less than 0xFB01.
  const model = await new CountVectorizer({ tokenPattern: '\\S' }).fit(['𝔘 \uFB01 z']);
  expect(model.getFeatureNamesOut()).toEqual(['z', '\uFB01', '𝔘']);
});

test('CountVectorizer joins runs of words by blanks', async () => {
  const model = await new CountVectorizer({ ngramRange: [2, 3] }).fit(['red red rose']);
  expect(model.getFeatureNamesOut()).toEqual(['red red', 'red red rose', 'red rose']);
});

test('CountVectorizer cuts out stop words before it joins', async () => {
  const model = await new CountVectorizer({ ngramRange: [2, 2], stopWords: ['and'] }).fit(['salt and pepper']);
  expect(model.getFeatureNamesOut()).toEqual(['salt pepper']);
});

test('minDf and maxDf are shares below 1 and counts from 1 up', async () => {
  // "aa" is in 4 documents of 4, "bb" in 2, "cc" in 1.
  const documents = ['aa bb cc', 'aa bb', 'aa', 'aa'];
  const terms = async (params: object) => (await new CountVectorizer(params).fit(documents)).getFeatureNamesOut();
  expect(await terms({ minDf: 2 })).toEqual(['aa', 'bb']);
  expect(await terms({ minDf: 0.5 })).toEqual(['aa', 'bb']);
  expect(await terms({ minDf: 0.51 })).toEqual(['aa']);
  expect(await terms({ maxDf: 2 })).toEqual(['bb', 'cc']);
  expect(await terms({ maxDf: 0.5, minDf: 2 })).toEqual(['bb']);
});

test('maxFeatures keeps the most frequent terms, of equally frequent ones the first in the alphabet', async () => {
  const documents = ['cc cc bb', 'aa dd dd dd'];
  const terms = async (params: object) => (await new CountVectorizer(params).fit(documents)).getFeatureNamesOut();
  expect(await terms({ maxFeatures: 3 })).toEqual(['aa', 'cc', 'dd']);
  // Where terms occur or not, all are equally frequent.
  expect(await terms({ maxFeatures: 2, binary: true })).toEqual(['aa', 'bb']);
});

test('a vocabulary may be a list, a Map or a record, and survives saving as the list', async () => {
  const record = { rose: 1, is: 0 };
  for (const vocabulary of [['is', 'rose'], new Map(Object.entries(record)), record]) {
    const model = await new CountVectorizer({ vocabulary }).fit(['nothing']);
    const loaded = (await fromBytes(toBytes(model))) as unknown as CountVectorizer;
    for (const each of [model, loaded])
      expect((await each.transform(ROSES)).toArray()).toEqual([
        [1, 2],
        [1, 1],
      ]);
    expect(loaded.fixedVocabulary_).toBe(true);
  }
});

test('inverseTransform gives the terms that are not zero, of sparse and dense counts', async () => {
  const model = await new CountVectorizer().fit(ROSES);
  const counts = await model.transform(ROSES);
  const terms = [
    ['is', 'rose'],
    ['is', 'rose', 'what'],
  ];
  expect(await model.inverseTransform(counts)).toEqual(terms);
  expect(await model.inverseTransform(counts.toDense())).toEqual(terms);
});

test('functions take the place of preprocessor, tokenizer and analyzer', async () => {
  const preprocessor = (text: string) => text.replaceAll('-', '');
  const tokenizer = (text: string) => text.split('|');
  const model = await new CountVectorizer({ preprocessor, tokenizer }).fit(['E-mail|Mail']);
  expect(model.getFeatureNamesOut()).toEqual(['Email', 'Mail']);
  const own = await new CountVectorizer({ analyzer: document => [`${document.length} characters`] }).fit(['abc']);
  expect(own.getFeatureNamesOut()).toEqual(['3 characters']);
});

test('documents may come as the only column of a table, also out of a ColumnTransformer', async () => {
  const rows = ROSES.map((text, i) => ({ text, length: i }));
  const columns = new ColumnTransformer([['words', new CountVectorizer(), 'text']]);
  const counts = [
    [1, 2, 0],
    [1, 1, 1],
  ];
  expect(await columns.fitTransform(rows)).toMatchObject({ rows: 2, columns: 3 });
  expect((await new CountVectorizer().fitTransform(rows.map(({ text }) => ({ text })))).toArray()).toEqual(counts);
  expect((await new CountVectorizer().fitTransform(ROSES.map(text => [text]))).toArray()).toEqual(counts);
});

test('a pipeline takes a list that begins with an empty text', async () => {
  const pipeline = new Pipeline([['counts', new CountVectorizer()]]);
  expect((await pipeline.fitTransform(['', ...ROSES])).toArray()[0]).toEqual([0, 0, 0]);
});

test('a pipeline of texts is searched', async () => {
  const documents = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 'cheap pills now' : 'lunch at noon now'));
  const y = documents.map((_, i) => (i % 2 === 0 ? 'spam' : 'ham'));
  const pipeline = new Pipeline([
    ['counts', new CountVectorizer()],
    ['classifier', new LogisticRegression()],
  ]);
  const search = new GridSearchCV(pipeline, { paramGrid: { counts__binary: [false, true] }, cv: 2 });
  const model = await search.fit(documents, y);
  expect(model.bestScore_).toBe(1);
  expect(await model.predict(['cheap lunch pills', 'noon'])).toEqual(['spam', 'ham']);
});

const WRONG: readonly (readonly [unknown, string])[] = [
  [
    'one text',
    "Cannot fit CountVectorizer: X must be a list of documents, received 'one text'; wrap one document as [document]",
  ],
  [
    ['a', null],
    'Cannot fit CountVectorizer: documents must be strings, received null at row 1; fill missing ones, e.g. with an empty string',
  ],
  [
    [['aa', 'bb']],
    'Cannot fit CountVectorizer: X must be a list of documents, or a table with one column of them, received 2 columns; choose one, e.g. with ColumnTransformer',
  ],
  [
    ['a', '!'],
    'Cannot fit CountVectorizer: the documents must hold a term, received none; they may consist of stop words',
  ],
];

for (const [X, sentence] of WRONG) {
  test(`refused: ${sentence}`, async () => {
    await expect(new CountVectorizer().fit(X as never)).rejects.toThrow(sentence);
  });
}

test('limits that leave nothing out of something are refused', async () => {
  await expect(new CountVectorizer({ minDf: 3 }).fit(ROSES)).rejects.toThrow(
    'Cannot fit CountVectorizer: maxDf must not mean fewer documents than minDf, of 2, received null and 3',
  );
  await expect(new CountVectorizer({ minDf: 2 }).fit(['aa', 'bb'])).rejects.toThrow(
    'Cannot fit CountVectorizer: the documents must hold a term, received 2 terms, all left out by minDf and maxDf; lower minDf, or raise maxDf',
  );
});

test('a pattern with two groups, and one that is none, are refused at once', () => {
  for (const tokenPattern of ['(a)(b)', '(', '[\\W]']) {
    expect(() => new CountVectorizer({ tokenPattern })).toThrow(
      'Cannot make CountVectorizer: tokenPattern must be a regular expression with at most 1 capturing group, and no \\W, \\S, \\B, \\A or \\Z within brackets, received',
    );
  }
});

test('parameters without effect, and stop words that cannot occur, raise a warning', async () => {
  const warningsOf = async (params: ConstructorParameters<typeof CountVectorizer>[0]) => {
    const { warnings } = await captureWarnings(() => new CountVectorizer(params).fit(ROSES));
    return warnings.map(({ message }) => message);
  };
  expect(await warningsOf({ analyzer: 'char', stopWords: 'english' })).toEqual([
    "stopWords has no effect where analyzer is not 'word'",
  ]);
  expect(await warningsOf({ vocabulary: ['rose'], minDf: 2 })).toEqual([
    'minDf has no effect where a vocabulary is given',
  ]);
  expect(await warningsOf({ stopWords: ["don't"] })).toEqual([
    'stopWords do not hold what the documents are cut into: don',
  ]);
  expect(await warningsOf({ vocabulary: ['Rose'] })).toEqual([
    "no document has the term 'Rose' of vocabulary, because lowercase is true",
  ]);
  expect(await warningsOf({ stopWords: 'english' })).toEqual([]);
});
