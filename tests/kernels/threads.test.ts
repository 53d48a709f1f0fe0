/** What threads share comes out as on one thread, to the bit. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { RandomForestRegressor } from '../../src/ensemble/index.ts';
import { gramWork, kMeansRows, matmulWork, seedsOf, weighedRows } from '../../src/kernels/index.ts';
import { centredGramWork } from '../../src/linalg/index.ts';
import { KNeighborsRegressor } from '../../src/neighbors/index.ts';
import { closePool, setThreads } from '../../src/parallel/index.ts';
import { RandomState } from '../../src/random/index.ts';
import { drive, runSync, type Work } from '../../src/work/index.ts';

beforeAll(startHelpers);
afterEach(() => setThreads(null));
afterAll(closePool);

/** Workers are started when enough was done without them. */
async function startHelpers(): Promise<void> {
  setThreads(3);
  const square = noise(500, 500);
  for (let k = 0; k < 5; k++) await drive(matmulWork(square, square));
}

const noise = (rows: number, columns: number, seed = 0) =>
  new Matrix(new RandomState(seed).standardNormal(rows * columns), rows, columns);

/** A hash, because element by element long arrays are compared slowly. */
function bitsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}

/** The same results without promises, and on 1, 2 and 3 threads, some times over. */
async function checkThreads(make: () => Work<readonly ArrayBufferView[]>): Promise<void> {
  const expected = runSync(make()).map(bitsOf);
  for (const threads of [1, 2, 2, 3, 3]) {
    setThreads(threads);
    expect((await drive(make())).map(bitsOf)).toEqual(expected);
  }
}

test("products and X'X", async () => {
  const [A, B] = [noise(600, 400), noise(400, 500, 1)];
  await checkThreads(function* () {
    const product = yield* matmulWork(A, B);
    const turned = yield* matmulWork(A, A, { transposeA: true });
    return [product.data, turned.data, (yield* gramWork(A)).data];
  });
});

test('centred products of chunks of rows', async () => {
  const [X, y] = [noise(9000, 60), noise(9000, 1, 1)];
  const sampleWeight = new RandomState(2).randomSample(9000);
  await checkThreads(function* () {
    const { mean, gram } = yield* centredGramWork([X, y], { center: true, sampleWeight });
    return [mean, gram.data];
  });
});

test('k-means: labels, sums and first centers', async () => {
  const X = noise(20_000, 12);
  const weights = new RandomState(1).randomSample(X.rows);
  await checkThreads(function* () {
    const rows = kMeansRows(X);
    try {
      const labels = new Int32Array(X.rows);
      const alone = new Int32Array(X.rows);
      yield* rows.assign(noise(9, 12, 2), alone);
      const weighed = weighedRows(rows, weights);
      const { sums, totals } = yield* weighed.assignAndSum(noise(9, 12, 2), labels);
      const inertia = yield* weighed.inertia(noise(9, 12, 2), labels);
      weighed.close();
      const seeds = seedsOf(rows, weights);
      yield* seeds.take([17]);
      const { row, total } = yield* seeds.take([5, 77, 19_999]);
      const closest = seeds.closest.slice();
      seeds.close();
      return [alone, labels, sums, totals, closest, Float64Array.of(row, total, inertia)];
    } finally {
      rows.close();
    }
  });
});

test('nearest samples', async () => {
  const [X, queries] = [noise(6000, 17), noise(1100, 17, 1)];
  const model = await new KNeighborsRegressor({ algorithm: 'brute' }).fit(X, Array.from(X.column(0)));
  await checkThreads(function* () {
    const { distances, indices } = yield* model.kneighborsWork(queries);
    return [distances.data, ...indices];
  });
});

test('predictions of a forest', async () => {
  const X = noise(3001, 6);
  const y = Array.from({ length: X.rows }, (_, i) => X.get(i, 0) * X.get(i, 1));
  const forest = await new RandomForestRegressor({ nEstimators: 30, randomState: 0 }).fit(X, y);
  const expected = bitsOf((await forest.predict(X)) as Float64Array);
  for (const nJobs of [2, 3, 3]) {
    const other = await forest.withParams({ nJobs }).fit(X, y);
    expect(bitsOf((await other.predict(X)) as Float64Array)).toBe(expected);
  }
});
