import { Matrix } from '../../array/index.ts';
import { kMeansRows, type Products, type Task } from '../../kernels/index.ts';
import { squaredDistancesInto } from '../../linalg/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';

/** Rows against centers, some times over; the rows travel once, the labels every time. */
export function taskOf({ rows, columns }: Matrix, nClusters: number, times: number): Task {
  return { operations: rows * columns * nClusters * times, numbers: rows * (columns + times) };
}

/** Writes the nearest center of each row to `labels`, the first of equally near ones. */
export function* assignNearest(X: Matrix, centers: Matrix, labels: Int32Array): Work<void> {
  const rows = kMeansRows(X);
  try {
    yield* rows.assign(centers, labels);
  } finally {
    rows.close();
  }
}

/** `assignNearest` on any device: rows that a GPU leaves open are settled in double, so that the labels are the same. */
export function* assignOn(products: Products | undefined, X: Matrix, centers: Matrix, labels: Int32Array): Work<void> {
  const nearestRows = products?.nearestRows;
  if (nearestRows === undefined) return yield* assignNearest(X, centers, labels);
  labels.set(yield* nearestRows(X, centers));
  const open = Int32Array.from(labels.keys()).filter(i => labels[i] === -1);
  const settled = new Int32Array(open.length);
  yield* assignNearest(X.takeRows(open), centers, settled);
  open.forEach((i, at) => {
    labels[i] = settled[at]!;
  });
}

/** The distance of each row from each center, rows × centers. */
export function* distancesTo(centers: Matrix, X: Matrix, products: Products | undefined): Work<Matrix> {
  const squaredDistances = products?.squaredDistances;
  if (squaredDistances !== undefined) return (yield* squaredDistances(X, centers)).map(Math.sqrt);
  const { rows: count, columns } = centers;
  const distances = Matrix.zeros(X.rows, count);
  yield* inBlocks(X.rows, count * columns, (from, to) => {
    for (let i = from; i < to; i++) {
      const row = distances.row(i);
      squaredDistancesInto(X.data, i, centers.data, columns, 0, count, row);
      for (let j = 0; j < count; j++) row[j] = Math.sqrt(row[j]!);
    }
  });
  return distances;
}

/** Equal weights. */
export function ones(length: number): Float64Array {
  return new Float64Array(length).fill(1);
}
