import { Matrix, makeClassification, makeRegression, RandomState } from 'fitwise';

/** Independent normal values; `np.random.RandomState(0).standard_normal((rows, columns))` in Python. */
export function normalMatrix(rows: number, columns: number): Matrix {
  return new Matrix(new RandomState(0).standardNormal(rows * columns), rows, columns);
}

/** The problem that classifiers get, and as many other rows as a quarter of it to be scored on. */
export function classificationData(rows: number, columns: number) {
  const { X, y } = makeClassification({
    nSamples: rows + rows / 4,
    nFeatures: columns,
    nInformative: 10,
    randomState: 0,
  });
  return halves(X, y, rows);
}

export const CLASSIFICATION_DATA = `
from sklearn.datasets import make_classification
X, y = make_classification(rows + rows // 4, columns, n_informative=10, random_state=0)
X_train, X_test, y_train, y_test = X[:rows], X[rows:], y[:rows], y[rows:]
`;

/**
 * The same for regressors, in numbers of single precision: the last bit of a double depends on the order in which a
 * product was summed, and a forest's splits on the last bit of its targets.
 */
export function regressionData(rows: number, columns: number) {
  const { X, y } = makeRegression({
    nSamples: rows + rows / 4,
    nFeatures: columns,
    nInformative: 10,
    noise: 10,
    randomState: 0,
  });
  return halves(new Matrix(X.data.map(Math.fround), X.rows, X.columns), Array.from(y, Math.fround), rows);
}

export const REGRESSION_DATA = `
from sklearn.datasets import make_regression
X, y = make_regression(rows + rows // 4, columns, n_informative=10, noise=10, random_state=0)
X, y = X.astype('float32').astype(float), y.astype('float32').astype(float)
X_train, X_test, y_train, y_test = X[:rows], X[rows:], y[:rows], y[rows:]
`;

function halves(X: Matrix, y: readonly number[], rows: number) {
  const part = (from: number, to: number) =>
    new Matrix(X.data.slice(from * X.columns, to * X.columns), to - from, X.columns);
  return { XTrain: part(0, rows), XTest: part(rows, X.rows), yTrain: y.slice(0, rows), yTest: y.slice(rows) };
}
