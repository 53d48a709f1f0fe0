import * as datasets from '../../../src/datasets/index.ts';
import { eighWork } from '../../../src/linalg/index.ts';
import { runSync } from '../../../src/work/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Every loader whole, and every maker with drawn parameters. */
export function cases(draw: Draw): Case[] {
  return [...loaders(), ...MAKERS.flatMap(maker => Array.from({ length: 8 }, () => maker(draw)))];
}

function loaders(): Case[] {
  const whole = (name: string, python: string, ours: () => Promise<datasets.Dataset<unknown>>, nNames = 10): Case => ({
    name: `load ${name}`,
    class: 'A',
    tolerance: 0,
    // The sums of rows and columns stand for the values, weighted so that no two can be swapped unseen.
    oracle: {
      python: [
        `b = sklearn.datasets.${python}`,
        'X = b.data',
        'i, j = np.arange(X.shape[0]) % 16 + 1, np.arange(X.shape[1]) % 16 + 1',
        'rows = [sum(float(a) * float(w) for a, w in zip(row, j)) for row in X[:60]]',
        'columns = [sum(float(a) * float(w) for a, w in zip(column, i)) for column in X.T]',
        `names = list(map(str, getattr(b, 'target_names', ['target'])))[:${nNames}]`,
        'result = [X.shape, rows, columns, b.target, names]',
      ].join('\n'),
    },
    ours: async () => {
      const { X, y, targetNames } = await ours();
      const weighted = (values: Float64Array) => values.reduce((sum, value, at) => sum + value * ((at % 16) + 1), 0);
      const rows = Array.from({ length: Math.min(60, X.rows) }, (_, i) => weighted(X.row(i)));
      const columns = Array.from({ length: X.columns }, (_, j) => weighted(X.column(j)));
      return [[X.rows, X.columns], rows, columns, y, targetNames];
    },
  });
  return [
    whole('iris', 'load_iris()', datasets.loadIris),
    whole('wine', 'load_wine()', datasets.loadWine),
    whole('breast cancer', 'load_breast_cancer()', datasets.loadBreastCancer),
    whole('digits', 'load_digits()', datasets.loadDigits),
    // scikit-learn names all ten digits whatever n_class is.
    whole('digits', 'load_digits(n_class=4)', () => datasets.loadDigits({ nClass: 4 }), 4),
    whole('diabetes', 'load_diabetes()', datasets.loadDiabetes),
    whole('diabetes', 'load_diabetes(scaled=False)', () => datasets.loadDiabetes({ scaled: false })),
    whole('linnerud', 'load_linnerud()', datasets.loadLinnerud),
  ];
}

/** The maker's name and parameters in Python's spelling; lists where scikit-learn wants tuples become such. */
function versus<P extends object>(make: (params: P) => unknown, params: P, pick: readonly string[], extra = {}): Case {
  const snake = (name: string) =>
    name.replace(/[A-Z]|102$/g, part => `_${part === '102' ? '10_2' : part.toLowerCase()}`);
  const kwargs = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [snake(name), asPython(name, value)]),
  );
  return {
    name: make.name,
    class: 'D',
    oracle: { call: `datasets.${snake(make.name)}`, kwargs: { ...kwargs, ...extra } },
    ours: () => {
      const made = make(params) as Record<string, unknown>;
      return pick.length === 0 ? made : pick.map(name => made[name]);
    },
  };
}

function asPython(name: string, value: unknown): unknown {
  const isTuple = name === 'shape' || name === 'centerBox' || (name === 'nSamples' && Array.isArray(value));
  return isTuple ? { $tuple: value } : value;
}

const Xy = ['X', 'y'] as const;
const Xt = ['X', 't'] as const;
const blocks = ['X', 'rows', 'columns'] as const;

const MAKERS: readonly ((draw: Draw) => Case)[] = [
  classification,
  classification,
  blobs,
  curves,
  curves,
  regression,
  draw =>
    versus(
      datasets.makeFriedman1,
      { nSamples: draw.integer(1, 20), nFeatures: draw.integer(5, 8), ...noisy(draw) },
      Xy,
    ),
  draw => versus(datasets.makeFriedman2, { nSamples: draw.integer(1, 20), ...noisy(draw) }, Xy),
  draw => versus(datasets.makeFriedman3, { nSamples: draw.integer(1, 20), ...noisy(draw) }, Xy),
  draw => versus(datasets.makeSwissRoll, { nSamples: draw.integer(2, 20), hole: draw.bool(), ...noisy(draw) }, Xt),
  draw => versus(datasets.makeSCurve, { nSamples: draw.integer(2, 20), ...noisy(draw) }, Xt),
  draw => versus(datasets.makeHastie102, { nSamples: draw.integer(1, 15), randomState: draw.seed() }, Xy),
  draw =>
    versus(
      datasets.makeSparseUncorrelated,
      { nSamples: draw.integer(1, 15), nFeatures: draw.integer(4, 7), randomState: draw.seed() },
      Xy,
    ),
  quantiles,
  multilabel,
  draw =>
    versus(
      datasets.makeLowRankMatrix,
      {
        nSamples: draw.integer(1, 9),
        nFeatures: draw.integer(1, 9),
        effectiveRank: draw.integer(1, 4),
        tailStrength: draw.choice([0, 0.5, 1, draw.real()]),
        randomState: draw.seed(),
      },
      [],
    ),
  biclusters,
  checkerboard,
  signal,
  spd,
];

function noisy(draw: Draw): { noise: number; randomState: number } {
  return { noise: draw.choice([0, 0.1, draw.real(0, 3)]), randomState: draw.choice([0, 42, draw.seed()]) };
}

function classification(draw: Draw): Case {
  const nClasses = draw.integer(1, 4);
  const nClustersPerClass = draw.integer(1, 2);
  const nInformative = draw.choice([3, 4, 5, 34]);
  const nRedundant = draw.integer(0, 3);
  const nRepeated = draw.integer(0, 2);
  const nFeatures = nInformative + nRedundant + nRepeated + draw.integer(0, 3);
  const shares = draw.uniforms(nClasses, 0.1, 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const weights = shares.map(share => share / total);
  return versus(
    datasets.makeClassification,
    {
      nSamples: draw.choice([1, 10, 23]),
      nFeatures,
      nInformative,
      nRedundant,
      nRepeated,
      nClasses,
      nClustersPerClass,
      weights: draw.choice([null, weights, weights.slice(0, -1)]),
      flipY: draw.choice([0, 0.01, 0.4, 1]),
      classSep: draw.real(0.2, 3),
      hypercube: draw.bool(),
      shift: draw.choice([null, 0, draw.real(-3, 3), draw.normals(nFeatures)]),
      scale: draw.choice([null, 1, draw.real(0.1, 3), draw.uniforms(nFeatures, 0.1, 2)]),
      shuffle: draw.bool(0.7),
      randomState: draw.seed(),
    },
    Xy,
  );
}

function blobs(draw: Draw): Case {
  const nBlobs = draw.integer(1, 4);
  const nFeatures = draw.integer(1, 3);
  const isListed = draw.bool(0.4);
  const table = draw.normal(nBlobs, nFeatures);
  return versus(
    datasets.makeBlobs,
    {
      nSamples: isListed ? draw.integers(nBlobs, 0, 6) : draw.integer(1, 20),
      nFeatures,
      centers: draw.choice([isListed ? null : nBlobs, table]),
      clusterStd: draw.choice([0, 1, 0.3, draw.uniforms(nBlobs, 0, 2)]),
      centerBox: draw.choice([
        [-10, 10],
        [0, 1],
      ] as const),
      shuffle: draw.bool(),
      randomState: draw.seed(),
    },
    ['X', 'y', 'centers'],
    { return_centers: true },
  );
}

function curves(draw: Draw): Case {
  const params = {
    nSamples: draw.choice<number | number[]>([1, 2, 15, [3, 6], [0, 4]]),
    shuffle: draw.bool(),
    noise: draw.choice([null, 0, 0.2]),
    randomState: draw.seed(),
  };
  if (draw.bool()) return versus(datasets.makeMoons, params, Xy);
  return versus(datasets.makeCircles, { ...params, factor: draw.choice([0, 0.5, 0.8]) }, Xy);
}

/** At least two rows and features, for scikit-learn drops dimensions of length one. */
function regression(draw: Draw): Case {
  return versus<Partial<datasets.MakeRegressionParams>>(
    datasets.makeRegression,
    {
      nSamples: draw.integer(2, 12),
      nFeatures: draw.integer(2, 9),
      nInformative: draw.integer(0, 12),
      nTargets: draw.integer(1, 3),
      bias: draw.choice([0, draw.real(-9, 9)]),
      effectiveRank: draw.choice([null, 1, 3]),
      tailStrength: draw.real(),
      noise: draw.choice([0, 2.5]),
      shuffle: draw.bool(),
      randomState: draw.seed(),
    },
    ['X', 'y', 'coef'],
    { coef: true },
  );
}

function quantiles(draw: Draw): Case {
  const nFeatures = draw.integer(1, 4);
  const nClasses = draw.integer(1, 4);
  return versus(
    datasets.makeGaussianQuantiles,
    {
      mean: draw.choice([null, draw.normals(nFeatures)]),
      cov: draw.choice([1, 0.3, 4]),
      nSamples: nClasses + draw.integer(0, 20),
      nFeatures,
      nClasses,
      shuffle: draw.bool(),
      randomState: draw.seed(),
    },
    Xy,
  );
}

function multilabel(draw: Draw): Case {
  return versus(
    datasets.makeMultilabelClassification,
    {
      nSamples: draw.integer(1, 8),
      nFeatures: draw.integer(1, 8),
      nClasses: draw.integer(1, 12),
      nLabels: draw.integer(1, 4),
      length: draw.choice([1, 5, 50]),
      allowUnlabeled: draw.bool(),
      randomState: draw.seed(),
    },
    ['X', 'Y', 'pClass', 'pWord'],
    { return_distributions: true },
  );
}

function blockParams(draw: Draw) {
  return {
    shape: [draw.integer(1, 9), draw.integer(1, 9)] as const,
    noise: draw.choice([0, 0.5]),
    minval: draw.real(-5, 5),
    maxval: draw.real(5, 9),
    shuffle: draw.bool(),
    randomState: draw.seed(),
  };
}

function biclusters(draw: Draw): Case {
  return versus(datasets.makeBiclusters, { ...blockParams(draw), nClusters: draw.integer(1, 4) }, blocks);
}

function checkerboard(draw: Draw): Case {
  const nClusters = draw.choice<number | number[]>([1, 3, [2, 3], [4, 1]]);
  return versus(datasets.makeCheckerboard, { ...blockParams(draw), nClusters }, blocks);
}

/** At least two of each, for scikit-learn drops dimensions of length one. */
function signal(draw: Draw): Case {
  const nComponents = draw.integer(2, 7);
  return versus(
    datasets.makeSparseCodedSignal,
    {
      nSamples: draw.integer(2, 5),
      nComponents,
      nFeatures: draw.integer(2, 5),
      nNonzeroCoefs: draw.integer(1, nComponents),
      randomState: draw.seed(),
    },
    ['data', 'dictionary', 'code'],
  );
}

/** Entries depend on the signs of singular vectors; eigenvalues do not. */
function spd(draw: Draw): Case {
  const [nDim, randomState] = [draw.integer(1, 6), draw.seed()];
  return {
    name: 'makeSpdMatrix (eigenvalues)',
    class: 'C',
    oracle: {
      python: `result = np.linalg.eigvalsh(sklearn.datasets.make_spd_matrix(${nDim}, random_state=${randomState}))`,
    },
    ours: () => runSync(eighWork(datasets.makeSpdMatrix({ nDim, randomState }))).eigenvalues.toSorted(),
  };
}
