import { RandomState } from 'fitwise';
import { loadParts } from '../paths.ts';
import { loadUnits } from '../peers/units.ts';
import { type Body, body, workload } from '../workload.ts';

const SIZE = { side: 1024 };
const QUICK = { side: 128 };

/** Two square matrices of normal values. */
function factors(side: number): [Float64Array, Float64Array] {
  const random = new RandomState(0);
  return [random.standardNormal(side * side), random.standardNormal(side * side)];
}

const FACTORS = `
random = np.random.RandomState(0)
a, b = random.standard_normal((side, side)), random.standard_normal((side, side))
`;

const meanSquare = (values: Float64Array | Float32Array): number =>
  (values as Float64Array).reduce((sum, value) => sum + value * value, 0) / values.length;

const RUN = `
def run(): return a @ b
def quality(product): return np.square(product, dtype=float).mean()
`;

async function double(side: number, threads: number | null): Promise<Body> {
  const [{ Matrix }, { matmulWork }, { drive }, { setThreads }] = await Promise.all([
    loadParts('array'),
    loadParts('kernels'),
    loadParts('work'),
    loadParts('parallel'),
  ]);
  setThreads(threads);
  const [left, right] = factors(side);
  const [a, b] = [new Matrix(left, side, side), new Matrix(right, side, side)];
  return body(
    () => drive(matmulWork(a, b)),
    ({ data }) => meanSquare(data),
  );
}

/** Networks compute on one thread: their operations give their results at once, and a page's main thread may not wait. */
async function single(side: number): Promise<Body> {
  const { multiplySingleInto } = await loadParts('kernels');
  const [a, b] = factors(side).map(values => Float32Array.from(values)) as [Float32Array, Float32Array];
  const run = () => {
    const c = new Float32Array(side * side);
    multiplySingleInto({ m: side, n: side, k: side, a, b, c });
    return c;
  };
  return body(run, meanSquare);
}

/** As many operations as the product takes, in registers: what the processor's vectors of 128 bits can give one thread. */
async function limit(side: number, lanes: 2 | 4): Promise<Body> {
  const run = await loadUnits(lanes);
  return body(() => run(2 * side ** 3), Number);
}

const operations = ({ side }: { readonly side: number }) => 2 * side ** 3;
const quality = { name: 'mean square', within: 1e-5 };

export const products = [
  workload({
    name: 'product-double',
    against: 'numpy',
    target: 0.5,
    size: SIZE,
    quick: QUICK,
    quality,
    operations,
    ours: ({ side }) => double(side, null),
    theirs: `${FACTORS}${RUN}`,
    variants: { '1 thread': ({ side }) => double(side, 1), 'vector units': ({ side }) => limit(side, 2) },
  }),
  workload({
    name: 'product-single',
    against: 'torch',
    target: 0.5,
    size: SIZE,
    quick: QUICK,
    quality,
    operations,
    ours: ({ side }) => single(side),
    theirs: `${FACTORS}
import torch
a, b = torch.tensor(a, dtype=torch.float32), torch.tensor(b, dtype=torch.float32)
def run(): return a @ b
def quality(product): return product.double().square().mean().item()
`,
    variants: { 'vector units': ({ side }) => limit(side, 4) },
  }),
];
