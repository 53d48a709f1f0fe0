import { type Matrix, MinMaxScaler, RobustScaler, SimpleImputer, StandardScaler } from 'fitwise';
import { DEEPBOX, loadDeepbox, toTensor as toDeepbox } from '../peers/deepbox.ts';
import { loadTensorFlow, type Tensor, type TensorFlow, TFJS, toTensor } from '../peers/tfjs.ts';
import { type Body, body, HUGE_PAGES, type Size, type Workload, workload } from '../workload.ts';
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
  /** The same by TensorFlow's operations. */
  readonly tensors?: (tf: TensorFlow, X: Tensor) => Tensor;
}

const sumOfSquares = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]! * values[at]!;
  return sum;
};

/** deepbox has scikit-learn's class names; parameters go by the same words. */
function byDeepbox({ make, estimator }: Scaling): (size: Size) => Promise<Body> {
  const [name, rest] = estimator.split('(') as [string, string];
  const options = rest.includes('median') ? { strategy: 'median' } : {};
  return async ({ rows, columns }) => {
    const { [name]: Peer } = await loadDeepbox('preprocess');
    const X = await toDeepbox(make(rows!, columns!));
    return body(
      () => new Peer!(options).fitTransform(X),
      ({ data }) => sumOfSquares(data),
    );
  };
}

/** Operations on tensors that lie in the backend's memory already; the result is read back, as it is of no use there. */
function byTensorFlow(scaling: Scaling): (size: Size) => Promise<Body> {
  return async ({ rows, columns }) => {
    const tf = await loadTensorFlow();
    const X = toTensor(tf, scaling.make(rows!, columns!));
    const run = async () => {
      const result = tf.tidy(() => scaling.tensors!(tf, X));
      const values = await result.data();
      tf.dispose(result);
      return values;
    };
    return body(run, sumOfSquares);
  };
}

function fitTransform(scaling: Scaling): Workload {
  const { name, target, make, fitTransform, data, estimator, module, tensors } = scaling;
  const ours = async ({ rows, columns }: typeof SIZE) => {
    const X = make(rows, columns);
    return body(
      () => fitTransform(X),
      result => sumOfSquares(result.data),
    );
  };
  return workload({
    name,
    target,
    size: SIZE,
    quick: QUICK,
    quality: { name: 'sum of squares', within: 1e-9 },
    ours,
    variants: { [HUGE_PAGES]: ours },
    peers: {
      [DEEPBOX]: byDeepbox(scaling),
      ...(tensors === undefined ? {} : { [TFJS]: byTensorFlow(scaling) }),
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
    tensors(tf, X) {
      const { mean, variance } = tf.moments(X, 0);
      return tf.div(tf.sub(X, mean), tf.sqrt(variance));
    },
  }),
  fitTransform({
    ...scaled,
    name: 'min-max-scaler',
    target: 1.5,
    fitTransform: X => new MinMaxScaler().fitTransform(X),
    estimator: 'MinMaxScaler()',
    tensors(tf, X) {
      const least = tf.min(X, 0);
      return tf.div(tf.sub(X, least), tf.sub(tf.max(X, 0), least));
    },
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
