/** Splitters, tables and streams of random numbers, with each hostile value in the place of each argument. */
import { describe, expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { complaint } from './judge.ts';
import { hostileValues } from './values.ts';

const X = [[1], [2], [3], [4], [5], [6], [7], [8]];
const y = [0, 1, 0, 1, 0, 1, 0, 1];
const groups = [1, 1, 2, 2, 3, 3, 4, 4];

const splitters = {
  GroupKFold: () => new library.GroupKFold({ nSplits: 2 }),
  GroupShuffleSplit: () => new library.GroupShuffleSplit({ nSplits: 2, randomState: 0 }),
  KFold: () => new library.KFold({ nSplits: 2 }),
  LeaveOneGroupOut: () => new library.LeaveOneGroupOut(),
  LeaveOneOut: () => new library.LeaveOneOut(),
  LeavePGroupsOut: () => new library.LeavePGroupsOut({ nGroups: 2 }),
  LeavePOut: () => new library.LeavePOut({ p: 2 }),
  PredefinedSplit: () => new library.PredefinedSplit({ testFold: y }),
  RepeatedKFold: () => new library.RepeatedKFold({ nSplits: 2, nRepeats: 2, randomState: 0 }),
  RepeatedStratifiedKFold: () => new library.RepeatedStratifiedKFold({ nSplits: 2, nRepeats: 2, randomState: 0 }),
  ShuffleSplit: () => new library.ShuffleSplit({ nSplits: 2, randomState: 0 }),
  StratifiedGroupKFold: () => new library.StratifiedGroupKFold({ nSplits: 2 }),
  StratifiedKFold: () => new library.StratifiedKFold({ nSplits: 2 }),
  StratifiedShuffleSplit: () => new library.StratifiedShuffleSplit({ nSplits: 2, randomState: 0 }),
  TimeSeriesSplit: () => new library.TimeSeriesSplit({ nSplits: 2 }),
};

test('every exported splitter is here', () => {
  const isSplitter = (one: unknown) =>
    typeof one === 'function' && typeof (one.prototype as { split?: unknown } | undefined)?.split === 'function';
  const exported = Object.entries(library).filter(([, one]) => isSplitter(one));
  expect(exported.map(([name]) => name).sort()).toEqual(Object.keys(splitters).sort());
});

describe.each(Object.entries(splitters))('%s', (_, make) => {
  const split = (splitter: ReturnType<typeof make>, ...args: readonly unknown[]) =>
    Array.from(splitter.split(...(args as [never, never, never])));

  test('takes soundly, or refuses, whatever it is given', async () => {
    const Splitter = make().constructor as new (params: unknown) => ReturnType<typeof make>;
    const names = Object.keys((make() as unknown as { params?: object }).params ?? {});
    const complaints = await complainAbout(value => ({
      new: () => split(new Splitter(value), X, y, groups),
      ...Object.fromEntries(
        names.map(name => [name, () => split(new Splitter({ ...make().params, [name]: value }), X, y, groups)]),
      ),
      'split(X)': () => split(make(), value, y, groups),
      'split(y)': () => split(make(), X, value, groups),
      'split(groups)': () => split(make(), X, y, value),
      'getNSplits(X)': () => make().getNSplits(value as never),
    }));
    expect(complaints).toEqual([]);
  });
});

test('tables take soundly, or refuse, whatever they are given', async () => {
  const { CsrMatrix, Frame, Matrix } = library;
  const matrix = Matrix.fromRows(X);
  const sparse = CsrMatrix.fromDense(matrix);
  const frame = matrix.toTable(['a']);
  const complaints = await complainAbout(value => ({
    'new Matrix(data)': () => new Matrix(value as never, 4, 1),
    'new Matrix(rows)': () => new Matrix(new Float64Array(4), value as never, 1),
    'new Matrix(columns)': () => new Matrix(new Float64Array(4), 4, value as never),
    'Matrix.zeros(rows)': () => Matrix.zeros(value as never, 1),
    'Matrix.fromRows': () => Matrix.fromRows(value as never),
    'Matrix.fromColumns': () => Matrix.fromColumns(value as never),
    toTable: () => matrix.toTable(value as never),
    'new CsrMatrix(data)': () => new CsrMatrix(value as never, sparse.indices, sparse.indptr, 8, 1),
    'new CsrMatrix(indices)': () => new CsrMatrix(sparse.data, value as never, sparse.indptr, 8, 1),
    'new CsrMatrix(indptr)': () => new CsrMatrix(sparse.data, sparse.indices, value as never, 8, 1),
    'new CsrMatrix(rows)': () => new CsrMatrix(sparse.data, sparse.indices, sparse.indptr, value as never, 1),
    'CsrMatrix.fromDense': () => CsrMatrix.fromDense(value as never),
    'new Frame(columns)': () => new Frame(value as never),
    'new Frame(rows)': () => new Frame(frame.columns, value as never),
    'frame.array': () => frame.array(value as never),
  }));
  expect(complaints).toEqual([]);
});

test('streams of random numbers take soundly, or refuse, whatever they are given', async () => {
  const { RandomState, XorShift } = library;
  const complaints = await complainAbout(value => ({
    'new RandomState': () => new RandomState(value as never),
    'new XorShift': () => new XorShift(value as never),
    randint: () => new RandomState(0).randint(value as never, 9),
    'randint(high)': () => new RandomState(0).randint(0, value as never),
    uniform: () => new RandomState(0).uniform(value as never, 9),
    normal: () => new RandomState(0).normal(value as never, 1),
    'normal(scale)': () => new RandomState(0).normal(0, value as never),
    permutation: () => new RandomState(0).permutation(value as never),
    shuffle: () => new RandomState(0).shuffle(value as never),
    choice: () => new RandomState(0).choice(value as never, 1 as never),
    randomSample: () => new RandomState(0).randomSample(value as never),
    poisson: () => new RandomState(0).poisson(value as never),
    exponential: () => new RandomState(0).exponential(value as never),
    beta: () => new RandomState(0).beta(value as never, 1),
    multinomial: () => new RandomState(0).multinomial(value as never, [0.5, 0.5]),
  }));
  expect(complaints).toEqual([]);
});

/** What is wrong with the answers to calls with each hostile value, made anew for each call. */
async function complainAbout(
  callsWith: (value: unknown) => Readonly<Record<string, () => unknown>>,
): Promise<string[]> {
  const complaints: string[] = [];
  for (const [what, make] of Object.entries(hostileValues)) {
    for (const place of Object.keys(callsWith(undefined))) {
      const value = make();
      const wrong = await complaint(callsWith(value)[place]!, [value]);
      if (wrong !== undefined) complaints.push(`${place}: ${what} ${wrong}`);
    }
  }
  return complaints;
}
