import { loadDigits, PCA } from 'fitwise';
import { loadPeer } from '../paths.ts';
import { body, type Size, type Workload, workload } from '../workload.ts';
import { normalMatrix } from './data.ts';

interface MlPca {
  PCA: new (X: number[][], options: object) => { getEigenvalues(): number[] };
}

const SIZE = { rows: 20_000, columns: 200 };
const QUICK = { rows: 2000, columns: 50 };
const QUALITY = { name: 'last explained variance', within: 1e-9 };

const lastVariance = ({ explainedVariance_: variances }: PCA) => variances[variances.length - 1]!;

/** PCA of normal values, in both languages by the same parameters. */
function pca(name: string, target: number, params: ConstructorParameters<typeof PCA>[0], python: string): Workload {
  return workload({
    name,
    target,
    size: SIZE,
    quick: QUICK,
    quality: QUALITY,
    async ours({ rows, columns }) {
      const X = normalMatrix(rows, columns);
      return body(() => new PCA(params).fit(X), lastVariance);
    },
    theirs: `
from sklearn.decomposition import PCA
X = np.random.RandomState(0).standard_normal((rows, columns))
def run(): return PCA(${python}).fit(X)
def quality(model): return model.explained_variance_[-1]
`,
    ...(name === 'pca-all' ? { peers: { 'ml-pca': mlPca } } : {}),
  });
}

async function mlPca({ rows, columns }: Size) {
  const { PCA: Peer } = await loadPeer<MlPca>('ml-pca');
  const X = normalMatrix(rows!, columns!).toArray();
  return body(
    () => new Peer(X, { method: 'covarianceMatrix' }),
    model => model.getEigenvalues().at(-1)!,
  );
}

export const decomposition = [
  pca('pca-10', 0.7, { nComponents: 10 }, '10'),
  pca('pca-all', 0.7, {}, ''),
  pca('pca-full', 1, { svdSolver: 'full' }, "svd_solver='full'"),
  workload({
    name: 'pca-digits',
    target: 1,
    size: { share: 0.95 },
    quick: { share: 0.95 },
    quality: QUALITY,
    async ours({ share }) {
      const { X } = await loadDigits();
      return body(() => new PCA({ nComponents: share }).fit(X), lastVariance);
    },
    theirs: `
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
X = load_digits().data
def run(): return PCA(share).fit(X)
def quality(model): return model.explained_variance_[-1]
`,
  }),
];
