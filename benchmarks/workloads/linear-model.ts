import {
  accuracyScore,
  LinearRegression,
  LogisticRegression,
  loadDigits,
  Pipeline,
  Ridge,
  r2Score,
  StandardScaler,
  sync,
} from 'fitwise';
import { loadPeer } from '../paths.ts';
import { body, type Workload, workload } from '../workload.ts';
import { CLASSIFICATION_DATA, classificationData, REGRESSION_DATA, regressionData } from './data.ts';

interface MlMatrix {
  Matrix: {
    new (rows: number[][]): PeerMatrix;
    columnVector(values: number[]): PeerMatrix;
  };
  QrDecomposition: new (X: PeerMatrix) => { solve(y: PeerMatrix): PeerMatrix };
}
interface PeerMatrix {
  mmul(other: PeerMatrix): PeerMatrix;
  to1DArray(): number[];
}
interface MlLogisticRegression {
  default: new (options: object) => { train(X: PeerMatrix, y: PeerMatrix): void; predict(X: PeerMatrix): number[] };
}

const WIDE = { rows: 20_000, columns: 200 };
const QUICK_WIDE = { rows: 2000, columns: 50 };
const LONG = { rows: 20_000, columns: 20 };
const QUICK_LONG = { rows: 2000, columns: 20 };

/** Accuracies of models that stop by a tolerance, along different roundings. */
const STOPPED = { name: 'accuracy', within: 2e-3 };

function regression(name: string, target: number, Model: typeof LinearRegression | typeof Ridge): Workload {
  return workload({
    name,
    target,
    size: WIDE,
    quick: QUICK_WIDE,
    quality: { name: 'R2', within: 1e-9 },
    async ours({ rows, columns }) {
      const { XTrain, yTrain, XTest, yTest } = regressionData(rows, columns);
      return body(
        () => new Model().fit(XTrain, yTrain),
        model => model.score(XTest, yTest),
      );
    },
    theirs: `${REGRESSION_DATA}
from sklearn.linear_model import ${Model.name}
def run(): return ${Model.name}().fit(X_train, y_train)
def quality(model): return model.score(X_test, y_test)
`,
    ...(Model === LinearRegression ? { peers: { 'ml-matrix': leastSquares } } : {}),
  });
}

async function leastSquares({ rows, columns }: { rows: number; columns: number }) {
  const { Matrix, QrDecomposition } = await loadPeer<MlMatrix>('ml-matrix');
  const { XTrain, yTrain, XTest, yTest } = regressionData(rows, columns);
  const withIntercept = (X: typeof XTrain) => new Matrix(X.toArray().map(row => [...row, 1]));
  const [X, y] = [withIntercept(XTrain), Matrix.columnVector(yTrain)];
  return body(
    () => new QrDecomposition(X).solve(y),
    coef => r2Score(yTest, withIntercept(XTest).mmul(coef).to1DArray()),
  );
}

export const linearModel = [
  regression('linear-regression', 1.5, LinearRegression),
  regression('ridge', 1, Ridge),
  workload({
    name: 'logistic-regression',
    target: 1.5,
    size: LONG,
    quick: QUICK_LONG,
    quality: STOPPED,
    async ours({ rows, columns }) {
      const { XTrain, yTrain, XTest, yTest } = classificationData(rows, columns);
      return body(
        () => new LogisticRegression().fit(XTrain, yTrain),
        model => model.score(XTest, yTest),
      );
    },
    theirs: `${CLASSIFICATION_DATA}
from sklearn.linear_model import LogisticRegression
def run(): return LogisticRegression().fit(X_train, y_train)
def quality(model): return model.score(X_test, y_test)
`,
    peers: {
      async 'ml-logistic-regression'({ rows, columns }) {
        const { Matrix } = await loadPeer<MlMatrix>('ml-matrix');
        const { default: Peer } = await loadPeer<MlLogisticRegression>('ml-logistic-regression');
        const { XTrain, yTrain, XTest, yTest } = classificationData(rows, columns);
        const [X, y] = [new Matrix(XTrain.toArray()), Matrix.columnVector(yTrain)];
        const train = () => {
          const model = new Peer({ numSteps: 1000, learningRate: 5e-3 });
          model.train(X, y);
          return model;
        };
        return body(train, model => accuracyScore(yTest, model.predict(new Matrix(XTest.toArray()))));
      },
    },
  }),
  workload({
    name: 'logistic-digits',
    target: 1,
    size: { maxIter: 2000 },
    quick: { maxIter: 100 },
    quality: STOPPED,
    async ours({ maxIter }) {
      const { X, y } = await loadDigits();
      return body(
        () => new LogisticRegression({ maxIter }).fit(X, y),
        model => model.score(X, y),
      );
    },
    theirs: `
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
X, y = load_digits(return_X_y=True)
def run(): return LogisticRegression(max_iter=maxIter).fit(X, y)
def quality(model): return model.score(X, y)
`,
  }),
  workload({
    name: 'pipeline-one-row',
    target: 50,
    size: LONG,
    quick: QUICK_LONG,
    quality: { name: 'class', within: 0 },
    async ours({ rows, columns }) {
      const { XTrain, yTrain, XTest } = classificationData(rows, columns);
      const pipeline = new Pipeline([
        ['scaler', new StandardScaler()],
        ['classifier', new LogisticRegression()],
      ]);
      const { predict } = sync(await pipeline.fit(XTrain, yTrain));
      const row = [...XTest.row(0)];
      return body(
        () => predict([row]),
        ([label]) => Number(label),
      );
    },
    theirs: `${CLASSIFICATION_DATA}
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
row = X_test[:1]
def run(): return model.predict(row)
def quality(result): return result[0]
`,
  }),
];
