import { accuracyScore, RandomForestClassifier, RandomForestRegressor, r2Score, sync } from 'fitwise';
import { loadPeer } from '../paths.ts';
import { body, workload } from '../workload.ts';
import { CLASSIFICATION_DATA, classificationData, REGRESSION_DATA, regressionData } from './data.ts';

interface Forest {
  train(X: number[][], y: number[]): void;
  predict(X: number[][]): number[];
}
interface MlRandomForest {
  RandomForestClassifier: new (options: object) => Forest;
  RandomForestRegression: new (options: object) => Forest;
}

/** What scikit-learn does by default, in the peer's words; its own default is another forest. */
const PEER_OPTIONS = { seed: 0, replacement: false, useSampleBagging: true, noOOB: true };

const SIZE = { rows: 20_000, columns: 20, trees: 100 };
const QUICK = { rows: 1000, columns: 20, trees: 20 };
const FITTED = `${CLASSIFICATION_DATA}
from sklearn.ensemble import RandomForestClassifier
model = RandomForestClassifier(trees, random_state=0, n_jobs=jobs).fit(X_train, y_train)
`;

async function fittedForest({ rows, columns, trees, jobs }: typeof SIZE & { jobs: number }) {
  const { XTrain, yTrain, XTest, yTest } = classificationData(rows, columns);
  const forest = new RandomForestClassifier({ nEstimators: trees, randomState: 0, nJobs: jobs });
  return { model: await forest.fit(XTrain, yTrain), XTrain, XTest, yTest };
}

function classifier(name: string, jobs: number) {
  return workload({
    name,
    target: 4,
    size: { ...SIZE, jobs },
    quick: { ...QUICK, jobs },
    quality: { name: 'accuracy', within: 1e-12 },
    async ours({ rows, columns, trees }) {
      const { XTrain, yTrain, XTest, yTest } = classificationData(rows, columns);
      return body(
        () => new RandomForestClassifier({ nEstimators: trees, randomState: 0, nJobs: jobs }).fit(XTrain, yTrain),
        model => model.score(XTest, yTest),
      );
    },
    theirs: `${CLASSIFICATION_DATA}
from sklearn.ensemble import RandomForestClassifier
def run(): return RandomForestClassifier(trees, random_state=0, n_jobs=jobs).fit(X_train, y_train)
def quality(model): return model.score(X_test, y_test)
`,
    peers: {
      async 'ml-random-forest'({ rows, columns, trees }) {
        const { RandomForestClassifier: Peer } = await loadPeer<MlRandomForest>('ml-random-forest');
        const { XTrain, yTrain, XTest, yTest } = classificationData(rows, columns);
        const options = { ...PEER_OPTIONS, nEstimators: trees, maxFeatures: Math.floor(Math.sqrt(columns)) };
        return body(
          () => trained(new Peer(options), XTrain.toArray(), yTrain),
          model => accuracyScore(yTest, model.predict(XTest.toArray())),
        );
      },
    },
  });
}

function trained(model: Forest, X: number[][], y: number[]): Forest {
  model.train(X, y);
  return model;
}

export const ensemble = [
  classifier('forest-classifier', 1),
  classifier('forest-classifier-2', 2),
  workload({
    name: 'forest-regressor-2',
    target: 4,
    size: { ...SIZE, jobs: 2 },
    quick: { ...QUICK, jobs: 2 },
    quality: { name: 'R2', within: 1e-9 },
    async ours({ rows, columns, trees, jobs }) {
      const { XTrain, yTrain, XTest, yTest } = regressionData(rows, columns);
      return body(
        () => new RandomForestRegressor({ nEstimators: trees, randomState: 0, nJobs: jobs }).fit(XTrain, yTrain),
        model => model.score(XTest, yTest),
      );
    },
    theirs: `${REGRESSION_DATA}
from sklearn.ensemble import RandomForestRegressor
def run(): return RandomForestRegressor(trees, random_state=0, n_jobs=jobs).fit(X_train, y_train)
def quality(model): return model.score(X_test, y_test)
`,
    peers: {
      async 'ml-random-forest'({ rows, columns, trees }) {
        const { RandomForestRegression: Peer } = await loadPeer<MlRandomForest>('ml-random-forest');
        const { XTrain, yTrain, XTest, yTest } = regressionData(rows, columns);
        return body(
          () => trained(new Peer({ ...PEER_OPTIONS, nEstimators: trees }), XTrain.toArray(), yTrain),
          model => r2Score(yTest, model.predict(XTest.toArray())),
        );
      },
    },
  }),
  workload({
    name: 'forest-probabilities-2',
    target: 2,
    size: { ...SIZE, jobs: 2 },
    quick: { ...QUICK, jobs: 2 },
    quality: { name: 'sum of squares', within: 1e-12 },
    async ours(size) {
      const { model, XTrain } = await fittedForest(size);
      return body(
        () => model.predictProba(XTrain),
        ({ data }) => data.reduce((sum, value) => sum + value * value, 0),
      );
    },
    theirs: `${FITTED}
def run(): return model.predict_proba(X_train)
def quality(result): return (result ** 2).sum()
`,
  }),
  workload({
    name: 'forest-one-row',
    target: 200,
    size: { ...SIZE, jobs: 1 },
    quick: { ...QUICK, jobs: 1 },
    quality: { name: 'class', within: 0 },
    async ours(size) {
      const { model, XTest } = await fittedForest(size);
      const { predict } = sync(model);
      const row = [...XTest.row(0)];
      return body(
        () => predict([row]),
        ([label]) => Number(label),
      );
    },
    theirs: `${FITTED}
row = X_test[:1]
def run(): return model.predict(row)
def quality(result): return result[0]
`,
  }),
];
