import { type Matrix, MinMaxScaler, RobustScaler, SimpleImputer, StandardScaler } from 'fitwise';
import { body, type Workload, workload } from '../workload.ts';
import { normalMatrix } from './data.ts';

const SIZE = { rows: 200_000, columns: 50 };
const QUICK = { rows: 10_000, columns: 50 };
const DATA = `
X = np.random.RandomState(0).standard_normal((rows, columns))
`;

/** Every seventh value is missing. */
function matrixWithHoles(rows: number, columns: number): Matrix {
  const X = normalMatrix(rows, columns);
  for (let i = 0; i < X.data.length; i += 7) X.data[i] = Number.NaN;
  return X;
}

const DATA_WITH_HOLES = `${DATA}
X.ravel()[::7] = np.nan
`;

interface Scaling {
  readonly name: string;
  readonly target: number;
  readonly make: (rows: number, columns: number) => Matrix;
  readonly fitTransform: (X: Matrix) => Promise<Matrix>;
  readonly data: string;
  /** The estimator in Python, and its module. */
  readonly estimator: string;
  readonly module: string;
}

function fitTransform({ name, target, make, fitTransform, data, estimator, module }: Scaling): Workload {
  return workload({
    name,
    target,
    size: SIZE,
    quick: QUICK,
    quality: { name: 'sum of squares', within: 1e-9 },
    async ours({ rows, columns }) {
      const X = make(rows, columns);
      return body(
        () => fitTransform(X),
        result => result.data.reduce((sum, value) => sum + value * value, 0),
      );
    },
    theirs: `${data}
from sklearn.${module} import ${estimator.split('(')[0]}
def run(): return ${estimator}.fit_transform(X)
def quality(result): return (result ** 2).sum()
`,
  });
}

const scaled = { make: normalMatrix, data: DATA, module: 'preprocessing' };
const imputed = { make: matrixWithHoles, data: DATA_WITH_HOLES, module: 'impute' };

export const preprocessing = [
  fitTransform({
    ...scaled,
    name: 'standard-scaler',
    target: 1.5,
    fitTransform: X => new StandardScaler().fitTransform(X),
    estimator: 'StandardScaler()',
  }),
  fitTransform({
    ...scaled,
    name: 'min-max-scaler',
    target: 1.5,
    fitTransform: X => new MinMaxScaler().fitTransform(X),
    estimator: 'MinMaxScaler()',
  }),
  fitTransform({
    ...scaled,
    name: 'robust-scaler',
    target: 3,
    fitTransform: X => new RobustScaler().fitTransform(X),
    estimator: 'RobustScaler()',
  }),
  fitTransform({
    ...imputed,
    name: 'imputer-mean',
    target: 1.5,
    fitTransform: X => new SimpleImputer().fitTransform(X),
    estimator: 'SimpleImputer()',
  }),
  fitTransform({
    ...imputed,
    name: 'imputer-median',
    target: 3,
    fitTransform: X => new SimpleImputer({ strategy: 'median' }).fitTransform(X),
    estimator: "SimpleImputer(strategy='median')",
  }),
];
