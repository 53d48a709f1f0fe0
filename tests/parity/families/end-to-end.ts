import type { AnyEstimator } from '../../../src/core/index.ts';
import {
  ColumnTransformer,
  classificationReport,
  confusionMatrix,
  crossValidate,
  crossValScore,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  GaussianNB,
  GridSearchCV,
  LinearRegression,
  LogisticRegression,
  MinMaxScaler,
  OneHotEncoder,
  PCA,
  Pipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  Ridge,
  type RowObject,
  rocAucScore,
  SimpleImputer,
  StandardScaler,
  StratifiedKFold,
  trainTestSplit,
} from '../../../src/index.ts';
import type { Case, OracleSpec } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Whole programs: mixed tables through pipelines, searched, cross-validated, split and judged. */
export function cases(draw: Draw): Case[] {
  const drawers: readonly (readonly [count: number, one: (draw: Draw) => Case])[] = [
    [16, mixedClassifier],
    [12, mixedRegressor],
    [10, searchedClassifiers],
    [8, searchedRegressors],
    [12, crossValidated],
    [6, weighted],
    [8, orderedLabels],
    [8, judgedForest],
  ];
  return drawers.flatMap(([count, one]) => Array.from({ length: count }, () => one(draw)));
}

/** The same estimator on both sides. */
interface Twin {
  readonly ours: AnyEstimator;
  readonly theirs: unknown;
  /** Whether its optimum is found by iteration. */
  readonly isIterative?: boolean;
}

type Make = new (params: never) => AnyEstimator;

function twin(Class: Make, path: string, params: Readonly<Record<string, unknown>> = {}, isIterative = false): Twin {
  const named = Object.fromEntries(Object.entries(params).map(([name, value]) => [snake(name), theirValue(value)]));
  return { ours: new Class(params as never), theirs: { $estimator: path, params: named }, isIterative };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, letter => (name === 'C' ? letter : `_${letter.toLowerCase()}`));
}

/** Class weights are dicts there. */
function theirValue(value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? { $map: Object.entries(value) } : value;
}

function piped(...steps: readonly (readonly [name: string, step: Twin])[]): Twin {
  return {
    ours: new Pipeline(steps.map(([name, { ours }]): [string, AnyEstimator] => [name, ours])),
    theirs: {
      $estimator: 'pipeline.Pipeline',
      params: { steps: { $list: steps.map(([name, { theirs }]) => ({ $tuple: [name, theirs] })) } },
    },
    isIterative: steps.some(([, { isIterative }]) => isIterative),
  };
}

function classifier(draw: Draw, classWeight: unknown = null): Twin {
  const randomState = draw.seed();
  const maxDepth = draw.choice([null, 2, 4]);
  const tree = { randomState, maxDepth, classWeight, criterion: draw.choice(['gini', 'entropy']) };
  const logistic = { C: draw.choice([0.1, 1, 10]), classWeight, tol: 1e-10, maxIter: 2000 };
  return draw.choice([
    () => twin(DecisionTreeClassifier, 'tree.DecisionTreeClassifier', tree),
    () => twin(RandomForestClassifier, 'ensemble.RandomForestClassifier', { ...tree, nEstimators: 8 }),
    () => twin(LogisticRegression, 'linear_model.LogisticRegression', logistic, true),
    // Next to no smoothing, constant indicators make likelihoods of 1e9, whose rounding is all that is left of a class.
    () => twin(GaussianNB, 'naive_bayes.GaussianNB', { varSmoothing: 1e-3 }),
  ])();
}

function regressor(draw: Draw): Twin {
  const tree = { randomState: draw.seed(), maxDepth: draw.choice([null, 3]), minSamplesLeaf: draw.choice([1, 3]) };
  return draw.choice([
    () => twin(DecisionTreeRegressor, 'tree.DecisionTreeRegressor', tree),
    () => twin(RandomForestRegressor, 'ensemble.RandomForestRegressor', { ...tree, nEstimators: 8 }),
    () => twin(Ridge, 'linear_model.Ridge', { alpha: draw.choice([0.1, 1, 30]) }),
    () => twin(LinearRegression, 'linear_model.LinearRegression'),
  ])();
}

function scaler(draw: Draw): Twin {
  return draw.bool()
    ? twin(StandardScaler, 'preprocessing.StandardScaler')
    : twin(MinMaxScaler, 'preprocessing.MinMaxScaler');
}

const NUMBERS = ['age', 'pay', 'size'];
const WORDS = ['city', 'job'];

/** Rows of two kinds of columns, the numeric ones with holes. */
function people(draw: Draw, rows: number): RowObject[] {
  return Array.from({ length: rows }, () => ({
    age: draw.bool(0.1) ? Number.NaN : draw.integer(18, 70),
    city: draw.choice(['Ulm', 'Bonn', 'Rom', 'Kiel']),
    pay: draw.bool(0.1) ? Number.NaN : draw.gauss() * 1000,
    job: draw.choice(['a', 'b']),
    size: draw.gauss(),
  }));
}

function frame(rows: readonly RowObject[]) {
  return { $frame: Object.fromEntries(Object.keys(rows[0]!).map(name => [name, rows.map(row => row[name])])) };
}

/**
 * Imputed and scaled numbers beside one-hot words. A PCA after them must not see both columns of a binary word: their
 * loadings are equal but for the sign, so that rounding alone decides which way a component points.
 */
function columns(draw: Draw, isRotated: boolean): Twin {
  const strategy = draw.choice(['mean', 'median', 'most_frequent']);
  const imputer = twin(SimpleImputer, 'impute.SimpleImputer', { strategy, addIndicator: draw.bool(0.3) });
  const numbers = piped(['impute', imputer], ['scale', scaler(draw)]);
  const words = twin(OneHotEncoder, 'preprocessing.OneHotEncoder', {
    handleUnknown: 'ignore',
    drop: isRotated ? 'if_binary' : draw.choice([null, 'if_binary']),
    sparseOutput: false,
  });
  return {
    ours: new ColumnTransformer([
      ['numbers', numbers.ours, NUMBERS],
      ['words', words.ours, WORDS],
    ] as never),
    theirs: {
      $estimator: 'compose.ColumnTransformer',
      params: {
        transformers: {
          $list: [
            { $tuple: ['numbers', numbers.theirs, { $list: NUMBERS }] },
            { $tuple: ['words', words.theirs, { $list: WORDS }] },
          ],
        },
      },
    },
  };
}

function mixed(draw: Draw, last: Twin): Twin {
  const pca = twin(PCA, 'decomposition.PCA', { nComponents: draw.integer(1, 4) });
  if (draw.bool(0.6)) return piped(['columns', columns(draw, false)], ['model', last]);
  return piped(['columns', columns(draw, true)], ['pca', pca], ['model', last]);
}

function tierOf({ isIterative }: Twin): Pick<Case, 'class'> {
  return { class: isIterative ? 'B' : 'D' };
}

/** Labels that depend on the words and one number. */
function labelsOf<T>(draw: Draw, rows: readonly RowObject[], names: readonly T[]): T[] {
  const value = (row: RowObject) => Number(row.size) + (row.job === 'a' ? 1 : 0) + draw.gauss() / 2;
  return draw.labelsOf(
    rows.map(row => [value(row)]),
    names,
  );
}

const NAMES = [
  ['no', 'yes'],
  ['c', 'a', 'b'],
  [2, 1],
  [true, false],
  [10, 7, 9],
] as const;

function python(text: string, given: Readonly<Record<string, unknown>>): OracleSpec {
  return {
    python: `from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score, cross_validate, train_test_split\nfrom sklearn import metrics\n${text}`,
    with: given,
  };
}

/** What searches and pipelines do that only classifiers or regressors can. */
type Model = AnyEstimator & {
  fit(X: unknown, y: unknown, options?: object): Promise<Model>;
  predict(X: unknown): Promise<unknown>;
  predictProba(X: unknown): Promise<unknown>;
  score(X: unknown, y: unknown): Promise<number>;
};

function mixedClassifier(draw: Draw): Case {
  const rows = people(draw, draw.integer(40, 90));
  const later = people(draw, 12);
  const names = draw.choice(NAMES);
  const y = labelsOf<string | number | boolean>(draw, rows, names);
  const model = mixed(draw, classifier(draw, draw.choice([null, 'balanced'])));
  return {
    name: 'a mixed table into a classifier',
    ...tierOf(model),
    oracle: python('m.fit(X, y)\nresult = [m.predict(Z), m.predict_proba(Z), m.score(X, y), m.classes_]', {
      m: model.theirs,
      X: frame(rows),
      y,
      Z: frame(later),
    }),
    ours: async () => {
      const fitted = await (model.ours as Model).fit(rows, y);
      const { classes_ } = fitted as unknown as { classes_: unknown };
      return [await fitted.predict(later), await fitted.predictProba(later), await fitted.score(rows, y), classes_];
    },
  };
}

function mixedRegressor(draw: Draw): Case {
  const rows = people(draw, draw.integer(40, 90));
  const later = people(draw, 12);
  const y = rows.map(row => Number(row.size) * 3 + (row.city === 'Ulm' ? 2 : 0) + draw.gauss());
  const model = mixed(draw, regressor(draw));
  return {
    name: 'a mixed table into a regressor',
    class: 'D',
    oracle: python('m.fit(X, y)\nresult = [m.predict(Z), m.score(X, y)]', {
      m: model.theirs,
      X: frame(rows),
      y,
      Z: frame(later),
    }),
    ours: async () => {
      const fitted = await (model.ours as Model).fit(rows, y);
      return [await fitted.predict(later), await fitted.score(rows, y)];
    },
  };
}

const SEARCHED = `s = GridSearchCV(m, grid, cv=cv, scoring=scoring, refit=scoring[0], return_train_score=True).fit(X, y)
r = s.cv_results_
result = [[r[k + n] for k in ('mean_test_', 'std_test_', 'rank_test_', 'mean_train_', 'std_train_', 'split0_test_')] for n in scoring]
result += [s.best_index_, s.best_score_, [s.best_params_[k] for k in sorted(s.best_params_)], s.predict(X), s.score(X, y)]`;

const KEYS = ['meanTest', 'stdTest', 'rankTest', 'meanTrain', 'stdTrain', 'split0Test'];

async function searched(
  ours: AnyEstimator,
  paramGrid: object,
  X: unknown,
  y: unknown,
  cv: number,
  scoring: readonly string[],
) {
  const params = { paramGrid, cv, scoring, refit: scoring[0], returnTrainScore: true };
  const search = new GridSearchCV(ours, params as never) as unknown as Model & {
    readonly cvResults_: Readonly<Record<string, unknown>>;
    readonly bestIndex_: number;
    readonly bestScore_: number;
    readonly bestParams_: Readonly<Record<string, unknown>>;
  };
  const fitted = (await search.fit(X, y)) as typeof search;
  const { cvResults_, bestIndex_, bestScore_, bestParams_ } = fitted;
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  const best = Object.keys(bestParams_)
    .sort((a, b) => (snakeOf(a) < snakeOf(b) ? -1 : 1))
    .map(key => bestParams_[key]);
  return [
    ...scoring.map(name => KEYS.map(key => cvResults_[key + capital(name)])),
    ...[bestIndex_, bestScore_, best, await fitted.predict(X), await fitted.score(X, y)],
  ];
}

/** `model__maxDepth` → `model__max_depth`. */
function snakeOf(path: string): string {
  return path.split('__').map(snake).join('__');
}

function theirGrid(grid: Readonly<Record<string, readonly unknown[]>>) {
  return { $map: Object.entries(grid).map(([key, values]) => [snakeOf(key), { $list: values }]) };
}

function searchedClassifiers(draw: Draw): Case {
  const rows = people(draw, draw.integer(50, 80));
  const names = draw.choice([
    ['no', 'yes'],
    ['c', 'a', 'b'],
  ]);
  const y = labelsOf(draw, rows, names);
  const isForest = draw.bool();
  const last = isForest
    ? twin(RandomForestClassifier, 'ensemble.RandomForestClassifier', { nEstimators: 6, randomState: draw.seed() })
    : twin(LogisticRegression, 'linear_model.LogisticRegression', { tol: 1e-10, maxIter: 2000 }, true);
  const model = piped(['columns', columns(draw, true)], ['pca', twin(PCA, 'decomposition.PCA')], ['model', last]);
  const grid = {
    pca__nComponents: [2, 4],
    ...(isForest ? { model__maxDepth: [1, 3, null] } : { model__C: [0.01, 1, 100] }),
    columns__numbers__impute__strategy: ['mean', 'median'],
  };
  const scoring = draw.choice([
    ['accuracy', 'f1Macro', 'negLogLoss'],
    ['balancedAccuracy', 'precisionMacro', 'recallWeighted'],
    ['rocAucOvr', 'accuracy', 'jaccardMacro'],
  ]);
  const cv = draw.integer(2, 4);
  return {
    name: 'GridSearchCV over a mixed pipeline, classifiers',
    ...tierOf(model),
    oracle: python(SEARCHED, {
      m: model.theirs,
      grid: theirGrid(grid),
      cv,
      scoring: { $list: scoring.map(snake) },
      X: frame(rows),
      y,
    }),
    ours: () => searched(model.ours, grid, rows, y, cv, scoring),
  };
}

function searchedRegressors(draw: Draw): Case {
  const X = draw.withScales(draw.normal(draw.integer(30, 60), 4));
  const y = draw.targetOf(X.map(row => row.map(Math.abs)));
  const isForest = draw.bool();
  const last = isForest
    ? twin(RandomForestRegressor, 'ensemble.RandomForestRegressor', { nEstimators: 6, randomState: draw.seed() })
    : twin(Ridge, 'linear_model.Ridge');
  const model = piped(['scale', scaler(draw)], ['pca', twin(PCA, 'decomposition.PCA')], ['model', last]);
  const grid = {
    pca__nComponents: [1, 3, 4],
    ...(isForest ? { model__maxFeatures: [null, 'sqrt'] } : { model__alpha: [0.1, 5] }),
  };
  const scoring = ['r2', 'negMeanSquaredError', 'negMeanAbsoluteError', 'negMaxError'];
  const cv = draw.integer(2, 5);
  return {
    name: 'GridSearchCV over a pipeline, regressors',
    class: 'D',
    oracle: python(SEARCHED, {
      m: model.theirs,
      grid: theirGrid(grid),
      cv,
      scoring: { $list: scoring.map(snake) },
      X,
      y,
    }),
    ours: () => searched(model.ours, grid, X, y, cv, scoring),
  };
}

function crossValidated(draw: Draw): Case {
  const rows = people(draw, draw.integer(40, 70));
  const y = labelsOf(draw, rows, ['no', 'yes', 'so']);
  const model = mixed(draw, classifier(draw, draw.choice([null, 'balanced', { no: 2, so: 0.5, yes: 1 }])));
  const scoring = ['accuracy', 'f1Weighted', 'rocAucOvo', 'negLogLoss', 'matthewsCorrcoef'];
  const randomState = draw.seed();
  const nSplits = draw.integer(2, 5);
  return {
    name: 'crossValidate of a mixed pipeline',
    ...tierOf(model),
    oracle: python(
      `cv = StratifiedKFold(${nSplits}, shuffle=True, random_state=${randomState})
r = cross_validate(m, X, y, cv=cv, scoring=scoring, return_train_score=True)
result = [[r['test_' + n], r['train_' + n]] for n in scoring]`,
      { m: model.theirs, scoring: { $list: scoring.map(snake) }, X: frame(rows), y },
    ),
    ours: async () => {
      const cv = new StratifiedKFold({ nSplits, shuffle: true, randomState });
      const result = await crossValidate(model.ours, rows, y, { cv, scoring, returnTrainScore: true } as never);
      const { testScores, trainScores } = result as unknown as Record<string, Record<string, unknown>>;
      return scoring.map(name => [testScores![name], trainScores![name]]);
    },
  };
}

/** Weights of whole halves, so that trees' sums are exact. */
function weighted(draw: Draw): Case {
  const X = draw.normal(40, 3);
  const y = draw.labelsOf(X, ['x', 'y', 'z'], 1);
  const sampleWeight = draw.integers(40, 1, 6).map(n => n / 2);
  const model = classifier(draw);
  return {
    name: 'a classifier with weights',
    ...tierOf(model),
    oracle: python('m.fit(X, y, sample_weight=w)\nresult = [m.predict_proba(X), m.score(X, y, sample_weight=w)]', {
      m: model.theirs,
      X,
      y,
      w: sampleWeight,
    }),
    ours: async () => {
      const fitted = await (model.ours as Model).fit(X, y, { sampleWeight });
      const score = fitted.score as (X: unknown, y: unknown, options: object) => Promise<number>;
      return [await fitted.predictProba(X), await score.call(fitted, X, y, { sampleWeight })];
    },
  };
}

/** Folds without shuffling over labels in order: some folds lack classes unless they are stratified. */
function orderedLabels(draw: Draw): Case {
  const X = draw.normal(36, 3);
  const names = draw.choice(NAMES);
  const y = Array.from(X, (_, i): string | number | boolean => names[Math.floor((i * names.length) / 36)]!);
  const model = piped(['scale', scaler(draw)], ['model', classifier(draw)]);
  const cv = draw.integer(2, 6);
  return {
    name: 'crossValScore of labels in order',
    ...tierOf(model),
    oracle: python(`result = cross_val_score(m, X, y, cv=${cv})`, { m: model.theirs, X, y }),
    ours: () => crossValScore(model.ours, X, y, { cv }),
  };
}

function judgedForest(draw: Draw): Case {
  const X = draw.normal(draw.integer(60, 120), 4);
  const names = draw.choice([
    ['good', 'bad'],
    ['c', 'a', 'b'],
  ]);
  const y = draw.labelsOf(X, names, 1);
  const [seed, testSize] = [draw.seed(), draw.choice([0.25, 0.4, 30])];
  const forest = twin(RandomForestClassifier, 'ensemble.RandomForestClassifier', {
    nEstimators: 15,
    randomState: seed,
    classWeight: draw.choice([null, 'balanced', 'balanced_subsample']),
  });
  const proba = names.length === 2 ? 'p[:, 1]' : "p, multi_class='ovr'";
  return {
    name: 'a stratified split, a forest and its judgement',
    class: 'D',
    oracle: python(
      `a, b, c, d = train_test_split(X, y, test_size=${testSize}, stratify=y, random_state=${seed})
m.fit(a, c)
p = m.predict_proba(b)
q = m.predict(b)
result = [b, d, p, metrics.classification_report(d, q), metrics.confusion_matrix(d, q), metrics.roc_auc_score(d, ${proba}), m.feature_importances_]`,
      { m: forest.theirs, X, y },
    ),
    ours: async () => {
      const { XTrain, XTest, yTrain, yTest } = trainTestSplit(X, y, { testSize, stratify: y, randomState: seed });
      const fitted = await (forest.ours as RandomForestClassifier).fit(XTrain, yTrain);
      const [p, q] = [await fitted.predictProba(XTest), await fitted.predict(XTest)];
      const area = names.length === 2 ? rocAucScore(yTest, p.column(1)) : rocAucScore(yTest, p, { multiClass: 'ovr' });
      const report = classificationReport(yTest, q as string[]);
      return [XTest, yTest, p, report, confusionMatrix(yTest, q as string[]), area, fitted.featureImportances_];
    },
  };
}
