// What must compile, and what must not: checked by the compilers (scripts/ok.mjs), never run.
import {
  type Fitted,
  GridSearchCV,
  LinearRegression,
  LogisticRegression,
  Matrix,
  makePipeline,
  PCA,
  Pipeline,
  RandomForestClassifier,
  StandardScaler,
  TfidfVectorizer,
  trainTestSplit,
} from 'fitwise';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

const X = [[1], [2]];
const words: string[] = ['a', 'b'];

// --- Pipelines keep the label type from y to predict.
const pipeline = new Pipeline([
  ['scaler', new StandardScaler()],
  ['pca', new PCA()],
  ['classifier', new RandomForestClassifier()],
]);
const model = await pipeline.fit(X, words);
const labels = await model.predict(X);
const onDevice = () => model.predict(X, { device: 'auto' });
same<typeof labels, string[]>(true);
same<Awaited<ReturnType<typeof onDevice>>, string[]>(true);
const classes: readonly string[] = model.classes_;
const probabilities: Matrix = await model.predictProba(X);
const numbers: number[] = await (await pipeline.fit(X, new Int32Array([0, 1]))).predict(X);
const flags: boolean[] = await (await new LogisticRegression().fit(X, [true, false])).predict(X);
const literal: ('no' | 'yes')[] = await (await new LogisticRegression().fit(X, ['no', 'yes'])).predict(X);
const rows: string[][] = await (
  await new RandomForestClassifier().fit(X, [
    ['a', 'b'],
    ['c', 'd'],
  ])
).predict(X);
const values: Float64Array = await (await new LinearRegression().fit(X, [1, 2])).predict(X);
const outputs: Matrix = await (
  await new LinearRegression().fit(X, [
    [1, 2],
    [3, 4],
  ])
).predict(X);

// --- Parameters of steps by name.
pipeline.withParams({ pca__nComponents: 0.9, classifier__maxDepth: null, scaler: 'passthrough' });
pipeline.withParams({ classifier: new LogisticRegression() });
// @ts-expect-error no such parameter
pipeline.withParams({ pca__nComponent: 2 });
// @ts-expect-error wrong type of value
pipeline.withParams({ pca__nComponents: true });
// @ts-expect-error no such step
pipeline.withParams({ svc__C: 1 });
// @ts-expect-error not one of the literals
new PCA({ svdSolver: 'fast' });
// @ts-expect-error unknown parameter
new StandardScaler({ withMeans: true });
// @ts-expect-error no such step
pipeline.step('scalar');
const pca: PCA = pipeline.step('pca');

// --- What cannot be a pipeline.
new Pipeline([
  // @ts-expect-error step 'classifier' is not the last one, so it must have transform()
  ['classifier', new LogisticRegression()],
  ['scaler', new StandardScaler()],
]);
const duplicates = [
  ['scaler', new StandardScaler()],
  ['scaler', new PCA()],
] as const;
// @ts-expect-error duplicate step name 'scaler'
new Pipeline(duplicates);
// @ts-expect-error no such device
await model.predict(X, { device: 'tpu' });
// @ts-expect-error a transformer at the end does not predict
(await new Pipeline([['scaler', new StandardScaler()]]).fit(X)).predict(X);
// @ts-expect-error a classifier at the end does not transform
(await pipeline.fit(X, words)).transform(X);

// --- What the compiler cannot know is let through.
const steps: [string, StandardScaler | LogisticRegression][] = [['a', new StandardScaler()]];
await new Pipeline(steps).withParams({ a__withMean: false }).predict(X);
new Pipeline([
  ['scaler', 'passthrough'],
  ['classifier', new LogisticRegression()],
]);
const made = await makePipeline(new StandardScaler(), new LogisticRegression()).fit(X, words);
const madeLabels: string[] = await made.predict(X);

// --- Searches.
const search = new GridSearchCV(pipeline, {
  paramGrid: { pca__nComponents: [2, 0.9], classifier__nEstimators: [10], classifier: [new LogisticRegression()] },
  scoring: 'f1Macro',
});
const found = await search.fit(X, words);
const best: string[] = await found.predict(X);
const nEstimators: number | undefined = found.bestParams_.classifier__nEstimators;
// @ts-expect-error unknown key of the grid
new GridSearchCV(pipeline, { paramGrid: { pca__nComponent: [2] } });
// @ts-expect-error a value, not a list of values
new GridSearchCV(pipeline, { paramGrid: { pca__nComponents: 2 } });
// @ts-expect-error wrong literal
new GridSearchCV(pipeline, { paramGrid: { pca__svdSolver: ['fast'] } });
// @ts-expect-error no such scorer
new GridSearchCV(pipeline, { paramGrid: {}, scoring: 'acuracy' });
const nested = new GridSearchCV(new Pipeline([['inner', pipeline]]), { paramGrid: { inner__pca__nComponents: [2] } });
nested.withParams({ estimator__inner__classifier__maxDepth: 3 });

// --- Splits keep the form of what is split.
const { XTrain, yTest } = trainTestSplit(Matrix.fromRows(X), words);
same<typeof XTrain, Matrix>(true);
same<typeof yTest, string[]>(true);
const { XTest } = trainTestSplit([{ age: 3 }, { age: 4 }], [1, 2]);
const age: number = XTest[0]!.age;

// --- Texts are a list of strings, and a grid knows the vectorizer's parameters.
const texts = new Pipeline([
  ['tfidf', new TfidfVectorizer()],
  ['classifier', new LogisticRegression()],
]);
const judged: ('ham' | 'spam')[] = await (await texts.fit(words, ['ham', 'spam'])).predict(words);
new GridSearchCV(texts, { paramGrid: { tfidf__ngramRange: [[1, 2]], tfidf__stopWords: [null, 'english'] } });
// @ts-expect-error a range is a pair
new GridSearchCV(texts, { paramGrid: { tfidf__ngramRange: [1, 2] } });
// @ts-expect-error no such analyzer
new TfidfVectorizer({ analyzer: 'words' });

export const used = [
  classes,
  probabilities,
  numbers,
  flags,
  literal,
  rows,
  values,
  outputs,
  pca,
  madeLabels,
  best,
  nEstimators,
  age,
  judged,
];
export type Used = Fitted<PCA, undefined>;
