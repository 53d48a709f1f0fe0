import { KNeighborsClassifier, Matrix, makeClassification } from 'fitwise';
import { loadPeer } from '../paths.ts';
import { DEEPBOX, loadDeepbox, toTensor as toDeepbox } from '../peers/deepbox.ts';
import { loadTensorFlow, type TensorFlow, TFJS, toTensor } from '../peers/tfjs.ts';
import { body, type Workload, workload } from '../workload.ts';

interface MlKnn {
  default: new (X: number[][], y: number[], options: object) => { predict(X: number[][]): number[] };
}

interface NeighborsSize {
  readonly [name: string]: number;
  readonly rows: number;
  readonly columns: number;
  readonly informative: number;
  readonly queries: number;
}

/** Samples to learn from, others to be classified, and the labels of both. */
function problem({ rows, columns, informative, queries }: NeighborsSize) {
  const { X, y } = makeClassification({
    nSamples: rows + queries,
    nFeatures: columns,
    nInformative: informative,
    nRedundant: 0,
    randomState: 0,
  });
  const part = (from: number, to: number) => new Matrix(X.data.slice(from * columns, to * columns), to - from, columns);
  return { known: part(0, rows), asked: part(rows, rows + queries), yKnown: y.slice(0, rows), yAsked: y.slice(rows) };
}

function accuracy(predicted: ArrayLike<unknown>, y: readonly number[]): number {
  return y.reduce((right, label, i) => right + Number(predicted[i] === label), 0) / y.length;
}

function kNeighbors(name: string, size: NeighborsSize, quick: NeighborsSize): Workload {
  return workload({
    name,
    target: 1,
    size,
    quick,
    quality: { name: 'accuracy', within: 0 },
    async ours(given) {
      const { known, asked, yKnown, yAsked } = problem(given);
      return body(
        async () => (await new KNeighborsClassifier().fit(known, yKnown)).predict(asked),
        predicted => accuracy(predicted, yAsked),
      );
    },
    theirs: `
from sklearn.datasets import make_classification
from sklearn.neighbors import KNeighborsClassifier
X, y = make_classification(rows + queries, columns, n_informative=informative, n_redundant=0, random_state=0)
def run(): return KNeighborsClassifier().fit(X[:rows], y[:rows]).predict(X[rows:])
def quality(predicted): return (predicted == y[rows:]).mean()
`,
    peers: {
      async [TFJS](given) {
        const tf = await loadTensorFlow();
        const { known, asked, yKnown, yAsked } = problem(given);
        return body(
          () => classifyByTensors(tf, known, asked, yKnown),
          predicted => accuracy(predicted, yAsked),
        );
      },
      async [DEEPBOX](given) {
        const { KNeighborsClassifier: Peer } = await loadDeepbox('ml');
        const { tensor } = await loadDeepbox('ndarray');
        const { known, asked, yKnown, yAsked } = problem(given);
        const [X, queries, y] = [await toDeepbox(known), await toDeepbox(asked), tensor(yKnown)];
        const run = () => {
          const model = new Peer({ nNeighbors: 5 });
          model.fit(X, y);
          return model.predict(queries);
        };
        return body(run, ({ data }) => accuracy(data, yAsked));
      },
      async 'ml-knn'(given) {
        const { default: Peer } = await loadPeer<MlKnn>('ml-knn');
        const { known, asked, yKnown, yAsked } = problem(given);
        const [rows, queries] = [known.toArray(), asked.toArray()];
        return body(
          () => new Peer(rows, [...yKnown], { k: 5 }).predict(queries),
          predicted => accuracy(predicted, yAsked),
        );
      },
    },
  });
}

/** Queries whose distances from all samples are in memory at once. */
const BATCH = 250;

/** The votes of the five nearest samples by |y|² - 2 x'y, batch by batch. */
async function classifyByTensors(
  tf: TensorFlow,
  known: Matrix,
  asked: Matrix,
  y: readonly number[],
): Promise<number[]> {
  const [samples, queries] = [toTensor(tf, known), toTensor(tf, asked)];
  const norms = tf.tidy(() => tf.sum(tf.square(samples), 1));
  const predicted: number[] = [];
  for (let from = 0; from < asked.rows; from += BATCH) {
    const size = Math.min(BATCH, asked.rows - from);
    const nearest = tf.tidy(() => {
      const part = tf.slice(queries, [from, 0], [size, asked.columns]);
      return tf.topk(tf.sub(tf.mul(tf.matMul(part, samples, false, true), 2), norms), 5).indices;
    });
    const indices = await nearest.data();
    tf.dispose(nearest);
    for (let i = 0; i < size; i++) {
      let votes = 0;
      for (let k = 0; k < 5; k++) votes += y[indices[i * 5 + k]!]!;
      predicted.push(votes > 2 ? 1 : 0);
    }
  }
  tf.dispose([samples, queries, norms]);
  return predicted;
}

export const neighbors = [
  kNeighbors(
    'k-neighbors-20',
    { rows: 20_000, columns: 20, informative: 10, queries: 5000 },
    { rows: 2000, columns: 20, informative: 10, queries: 500 },
  ),
  kNeighbors(
    'k-neighbors-3',
    { rows: 20_000, columns: 3, informative: 3, queries: 5000 },
    { rows: 2000, columns: 3, informative: 3, queries: 500 },
  ),
];
