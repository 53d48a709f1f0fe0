import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  loadIris,
  makeBiclusters,
  makeBlobs,
  makeCheckerboard,
  makeCircles,
  makeClassification,
  makeFriedman1,
  makeFriedman2,
  makeGaussianQuantiles,
  makeHastie102,
  makeLowRankMatrix,
  makeMoons,
  makeMultilabelClassification,
  makeRegression,
  makeSCurve,
  makeSparseCodedSignal,
  makeSparseUncorrelated,
  makeSpdMatrix,
  makeSwissRoll,
} from '../../src/datasets/index.ts';
import { RandomState } from '../../src/random/index.ts';

const randomState = 0;

test('makeMoons without noise and shuffling: ends and top of the half circles, worked by hand', () => {
  const { X, y } = makeMoons({ nSamples: 6, shuffle: false });
  // upper: angles 0, pi/2, pi on the unit circle; lower: (1 - cos, 0.5 - sin) of the same angles
  const expected = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, 0.5],
    [1, -0.5],
    [2, 0.5],
  ];
  expect(y).toEqual([0, 0, 0, 1, 1, 1]);
  expected.flat().forEach((value, at) => {
    expect(X.data[at]).toBeCloseTo(value, 15);
  });
});

test('makeCircles without noise: radius 1 outside, `factor` inside; the odd row is inside', () => {
  const { X, y } = makeCircles({ nSamples: 9, factor: 0.25, randomState });
  expect(y.filter(label => label === 1)).toHaveLength(5);
  y.forEach((label, i) => {
    expect(Math.hypot(...X.row(i))).toBeCloseTo(label === 0 ? 1 : 0.25, 14);
  });
});

test('makeBlobs without spread puts every row on its center', () => {
  const { X, y, centers } = makeBlobs({ nSamples: 7, centers: 3, clusterStd: 0, randomState });
  expect([0, 1, 2].map(k => y.filter(label => label === k).length)).toEqual([3, 2, 2]);
  expect(X).toEqual(centers.takeRows(y));
});

test('makeBlobs: `nSamples` lists the size of each blob', () => {
  const { y } = makeBlobs({ nSamples: [1, 0, 3], shuffle: false, randomState });
  expect(y).toEqual([0, 2, 2, 2]);
});

test('makeClassification: shares of classes, and repeated columns that equal others', () => {
  const { X, y, featureInfo } = makeClassification({
    nSamples: 40,
    nFeatures: 6,
    nRepeated: 1,
    weights: [0.75],
    flipY: 0,
    randomState,
  });
  expect(y.filter(label => label === 0)).toHaveLength(30);
  expect([...featureInfo].sort()).toEqual([
    'informative',
    'informative',
    'random',
    'redundant',
    'redundant',
    'repeated',
  ]);
  const columns = featureInfo.map((_, j) => X.column(j).join());
  expect(new Set(columns).size).toBe(5);
});

test('makeRegression: without noise y = X coef + bias, for one target and several', () => {
  const one = makeRegression({ nSamples: 5, nFeatures: 3, bias: 2, randomState });
  one.y.forEach((value, i) => {
    expect(one.X.row(i).reduce((sum, x, j) => sum + x * one.coef[j]!, 2)).toBeCloseTo(value, 10);
  });
  const two = makeRegression({ nSamples: 5, nFeatures: 3, nInformative: 1, nTargets: 2, randomState });
  expect([two.y.rows, two.y.columns, two.coef.rows, two.coef.columns]).toEqual([5, 2, 3, 2]);
  expect(two.coef.toArray().filter(row => row.some(value => value !== 0))).toHaveLength(1);
});

test('makeFriedman1: features beyond the fifth do not matter', () => {
  const { X, y } = makeFriedman1({ nSamples: 4, randomState });
  const formula = ([a = 0, b = 0, c = 0, d = 0, e = 0]: Iterable<number> & ArrayLike<number>) =>
    10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e;
  y.forEach((value, i) => {
    expect(value).toBeCloseTo(formula(X.row(i)), 12);
  });
});

test('makeFriedman2: features lie in the ranges of the circuit', () => {
  const { X } = makeFriedman2({ nSamples: 200, randomState });
  const bounds = [
    [0, 100],
    [40 * Math.PI, 560 * Math.PI],
    [0, 1],
    [1, 11],
  ] as const;
  bounds.forEach(([low, high], j) => {
    expect(X.column(j).every(value => value >= low && value < high)).toBe(true);
  });
});

test('makeGaussianQuantiles without shuffling: classes are rings from the center outwards', () => {
  const { X, y } = makeGaussianQuantiles({ nSamples: 10, nClasses: 3, mean: [5, 5], shuffle: false, randomState });
  expect(y).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 2]);
  const radii = X.toArray().map(([a, b]) => Math.hypot(a! - 5, b! - 5));
  expect(radii).toEqual([...radii].sort((a, b) => a - b));
});

test('makeHastie102: the class tells whether the squares sum to more than 9.34', () => {
  const { X, y } = makeHastie102({ nSamples: 30, randomState });
  expect(y).toEqual(X.toArray().map(row => (row.reduce((sum, value) => sum + value * value, 0) > 9.34 ? 1 : -1)));
});

test('makeLowRankMatrix: squared singular values sum to the squares of the matrix', () => {
  const X = makeLowRankMatrix({ nSamples: 6, nFeatures: 4, effectiveRank: 2, tailStrength: 0, randomState });
  const squares = X.data.reduce((sum, value) => sum + value * value, 0);
  // singular values exp(-(i/2)^2): their squares are 1, e^-0.5, e^-2, e^-4.5
  expect(squares).toBeCloseTo(1 + Math.exp(-0.5) + Math.exp(-2) + Math.exp(-4.5), 12);
});

test('makeSpdMatrix is symmetric, and its trace is nDim plus the sum of its uniforms', () => {
  const X = makeSpdMatrix({ nDim: 5, randomState });
  expect(X).toEqual(X.transpose());
  const trace = X.toArray().reduce((sum, row, i) => sum + row[i]!, 0);
  // The first 25 uniforms make the singular vectors; the trace of U (J + D) U' is that of J + D.
  const drawn = new RandomState(randomState).randomSample(30).slice(25);
  expect(trace).toBeCloseTo(5 + drawn.reduce((sum, value) => sum + value, 0), 12);
});

test('makeMultilabelClassification: every document has a label where it must, and indicators are 0 or 1', () => {
  const { X, Y, pClass } = makeMultilabelClassification({
    nSamples: 30,
    nLabels: 1,
    allowUnlabeled: false,
    randomState,
  });
  expect(Y.toArray().every(row => row.includes(1) && row.every(value => value === 0 || value === 1))).toBe(true);
  expect(X.data.every(count => Number.isInteger(count) && count >= 0)).toBe(true);
  expect(pClass.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
});

test('makeSwissRoll and makeSCurve: without noise the points lie on their curves', () => {
  for (const hole of [false, true]) {
    const { X, t } = makeSwissRoll({ nSamples: 20, hole, randomState });
    t.forEach((angle, i) => {
      expect(Math.hypot(X.get(i, 0), X.get(i, 2))).toBeCloseTo(angle, 12);
    });
  }
  const { X, t } = makeSCurve({ nSamples: 20, randomState });
  expect(X.column(0)).toEqual(t.map(Math.sin));
});

test('makeSparseUncorrelated needs the four features that matter', () => {
  expect(() => makeSparseUncorrelated({ nFeatures: 3 })).toThrow(
    'Cannot make data by makeSparseUncorrelated: nFeatures must be an integer >= 4, received 3',
  );
});

test('makeSparseCodedSignal: data = code dictionary, atoms have length one, codes few entries', () => {
  const { data, dictionary, code } = makeSparseCodedSignal({
    nSamples: 3,
    nComponents: 6,
    nFeatures: 4,
    nNonzeroCoefs: 2,
    randomState,
  });
  for (const atom of dictionary.toArray()) expect(Math.hypot(...atom)).toBeCloseTo(1, 14);
  for (const row of code.toArray()) expect(row.filter(value => value !== 0)).toHaveLength(2);
  const first = code.toArray()[0]!.reduce((sum, weight, k) => sum + weight * dictionary.get(k, 0), 0);
  expect(data.get(0, 0)).toBeCloseTo(first, 13);
});

test('makeBiclusters and makeCheckerboard: without noise every block is constant', () => {
  const diagonal = makeBiclusters({ shape: [8, 7], nClusters: 3, randomState });
  const board = makeCheckerboard({ shape: [8, 7], nClusters: [2, 3], randomState });
  expect(board.rows).toHaveLength(6);
  for (const { X, rows, columns } of [diagonal, board]) {
    rows.forEach((inRow, block) => {
      const values = X.toArray().flatMap((row, i) => row.filter((_, j) => inRow[i]! && columns[block]![j]!));
      expect(new Set(values).size).toBeLessThanOrEqual(1);
    });
  }
});

test('makers: the same seed gives the same data, and strings are seeds too', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.string()), seed => {
      expect(makeBlobs({ randomState: seed })).toEqual(makeBlobs({ randomState: seed }));
      expect(makeBiclusters({ shape: [4, 4], nClusters: 2, randomState: seed })).toEqual(
        makeBiclusters({ shape: [4, 4], nClusters: 2, randomState: seed }),
      );
    }),
    { numRuns: 20 },
  );
});

test('makeBlobs takes any table for its centers', async () => {
  const { X } = await loadIris();
  const first = X.takeRows([0, 100]);
  expect(makeBlobs({ centers: first, clusterStd: 0, nSamples: 2, shuffle: false }).X).toEqual(first);
  expect(makeBlobs({ centers: first.toTable(), clusterStd: 0, nSamples: 2, shuffle: false }).X).toEqual(first);
});
