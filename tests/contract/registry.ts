/** Every estimator of the library, and the laws that it is excused from, with the reason. */
import {
  ColumnTransformer,
  CountVectorizer,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  DummyClassifier,
  DummyRegressor,
  FeatureUnion,
  FunctionTransformer,
  GaussianNB,
  GridSearchCV,
  KMeans,
  KNeighborsClassifier,
  KNeighborsRegressor,
  LinearRegression,
  LogisticRegression,
  MinMaxScaler,
  MLPClassifier,
  MLPRegressor,
  OneHotEncoder,
  PCA,
  Pipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  Ridge,
  RobustScaler,
  SimpleImputer,
  StandardScaler,
  TfidfTransformer,
  TfidfVectorizer,
  TransformedTargetRegressor,
} from '../../src/index.ts';
import { ModuleClassifier, ModuleRegressor } from '../../src/nn/index.ts';
import type { Factory } from '../../src/testing/index.ts';

interface Entry {
  readonly make: Factory;
  readonly waived?: Readonly<Record<string, string>>;
}

const SAVING = 'what is saved and loaded';
const MADE_BY_FUNCTION = { waived: { [SAVING]: 'its module is made by a function' } };

export const registry: Readonly<Record<string, Entry>> = {
  DecisionTreeClassifier: { make: () => new DecisionTreeClassifier({ randomState: 0 }) },
  DecisionTreeRegressor: { make: () => new DecisionTreeRegressor({ randomState: 0 }) },
  RandomForestClassifier: {
    make: () => new RandomForestClassifier({ nEstimators: 20, randomState: 0 }),
    waived: {
      'weights that are all one change nothing': 'with weights, rows are drawn by another method of the stream',
    },
  },
  RandomForestRegressor: {
    make: () => new RandomForestRegressor({ nEstimators: 20, randomState: 0 }),
    waived: {
      'weights that are all one change nothing': 'with weights, rows are drawn by another method of the stream',
    },
  },
  DummyClassifier: { make: () => new DummyClassifier() },
  DummyRegressor: { make: () => new DummyRegressor() },
  GaussianNB: { make: () => new GaussianNB() },
  LinearRegression: { make: () => new LinearRegression() },
  Ridge: { make: () => new Ridge() },
  LogisticRegression: { make: () => new LogisticRegression({ tol: 1e-10, maxIter: 1000 }) },
  MLPClassifier: {
    make: () => new MLPClassifier({ hiddenLayerSizes: 8, solver: 'lbfgs', randomState: 0, tol: 1e-6, maxIter: 1000 }),
  },
  MLPRegressor: {
    make: () => new MLPRegressor({ hiddenLayerSizes: 8, solver: 'lbfgs', randomState: 0, tol: 1e-6, maxIter: 1000 }),
  },
  ModuleClassifier: {
    make: () => new ModuleClassifier({ lr: 0.1, maxIter: 60, batchSize: 8, randomState: 0 }),
    ...MADE_BY_FUNCTION,
  },
  ModuleRegressor: {
    make: () => new ModuleRegressor({ lr: 3, maxIter: 150, batchSize: 8, randomState: 0 }),
    ...MADE_BY_FUNCTION,
  },
  MinMaxScaler: { make: () => new MinMaxScaler() },
  RobustScaler: { make: () => new RobustScaler() },
  ColumnTransformer: {
    make: () => new ColumnTransformer([['first', new StandardScaler(), [0]]], { remainder: 'passthrough' }),
  },
  FeatureUnion: {
    make: () =>
      new FeatureUnion([
        ['standard', new StandardScaler()],
        ['same', 'passthrough'],
      ]),
  },
  FunctionTransformer: { make: () => new FunctionTransformer({ featureNamesOut: 'one-to-one' }) },
  TransformedTargetRegressor: { make: () => new TransformedTargetRegressor({ transformer: new StandardScaler() }) },
  OneHotEncoder: { make: () => new OneHotEncoder({ handleUnknown: 'ignore' }) },
  PCA: { make: () => new PCA({ randomState: 0 }) },
  SimpleImputer: { make: () => new SimpleImputer() },
  StandardScaler: { make: () => new StandardScaler() },
  CountVectorizer: { make: () => new CountVectorizer() },
  TfidfTransformer: { make: () => new TfidfTransformer() },
  TfidfVectorizer: { make: () => new TfidfVectorizer() },
  KMeans: { make: () => new KMeans({ nClusters: 3, randomState: 0 }) },
  KNeighborsClassifier: { make: () => new KNeighborsClassifier({ weights: 'distance' }) },
  KNeighborsRegressor: { make: () => new KNeighborsRegressor({ nNeighbors: 3 }) },
  'Pipeline of transformers': {
    make: () =>
      new Pipeline([
        ['scaler', new StandardScaler()],
        ['pca', new PCA()],
      ]),
    waived: { 'a weight of two': 'the scaler uses weights, PCA knows none' },
  },
  'Pipeline with a classifier': {
    make: () =>
      new Pipeline([
        ['scaler', new StandardScaler()],
        ['classifier', new GaussianNB()],
      ]),
  },
  'GridSearchCV of a regressor': {
    make: () => new GridSearchCV(new Ridge(), { paramGrid: { alpha: [0.1, 1] }, cv: 3 }),
  },
};

/** Those that can be saved. */
export const savable = Object.entries(registry).filter(([, { waived = {} }]) => !(SAVING in waived));
