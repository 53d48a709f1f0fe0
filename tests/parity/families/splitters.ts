import {
  GroupKFold,
  GroupShuffleSplit,
  KFold,
  LeaveOneGroupOut,
  LeaveOneOut,
  LeavePGroupsOut,
  LeavePOut,
  PredefinedSplit,
  RepeatedKFold,
  RepeatedStratifiedKFold,
  ShuffleSplit,
  type Splitter,
  StratifiedGroupKFold,
  StratifiedKFold,
  StratifiedShuffleSplit,
  TimeSeriesSplit,
  trainTestSplit,
} from '../../../src/model-selection/index.ts';
import type { Case, PythonParams } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Splits, index for index. */
export function cases(draw: Draw): Case[] {
  const drawers = [
    kFold,
    stratifiedKFold,
    groupKFold,
    stratifiedGroupKFold,
    shuffleSplit,
    stratifiedShuffleSplit,
    groupShuffleSplit,
    timeSeriesSplit,
    repeatedKFold,
    repeatedStratifiedKFold,
    leaveOneOut,
    leavePOut,
    leaveOneGroupOut,
    leavePGroupsOut,
    predefinedSplit,
    division,
  ];
  return drawers.flatMap(one => Array.from({ length: 12 }, () => one(draw)));
}

type Labels = readonly (number | string)[];

interface Given {
  readonly n: number;
  readonly y?: Labels;
  readonly groups?: Labels;
}

/** One splitter of both sides on the same samples; a draw that scikit-learn refuses must be refused by ours too. */
function compared(
  name: string,
  splitter: () => Splitter,
  params: PythonParams,
  { n, y, groups }: Given,
  refused = false,
): Case {
  const X = Array.from({ length: n }, () => [0]);
  return {
    name,
    class: 'D',
    expectError: refused,
    oracle: {
      split: `model_selection.${name}`,
      params,
      X,
      ...(y === undefined ? {} : { y }),
      ...(groups === undefined ? {} : { groups }),
    },
    ours: () => Array.from(splitter().split(n, y, groups), ({ train, test }) => [train, test]),
  };
}

function kFold(draw: Draw): Case {
  const nSplits = draw.integer(2, 9);
  const n = draw.integer(2, 40);
  const [shuffle, randomState] = drawShuffle(draw);
  const params = { n_splits: nSplits, shuffle, random_state: randomState };
  return compared('KFold', () => new KFold({ nSplits, shuffle, randomState }), params, { n }, nSplits > n);
}

function stratifiedKFold(draw: Draw): Case {
  const nSplits = draw.integer(2, 6);
  const y = drawLabels(draw, draw.integer(10, 60));
  const [shuffle, randomState] = drawShuffle(draw);
  const params = { n_splits: nSplits, shuffle, random_state: randomState };
  const make = () => new StratifiedKFold({ nSplits, shuffle, randomState });
  return compared('StratifiedKFold', make, params, { n: y.length, y }, largestClass(y) < nSplits);
}

function groupKFold(draw: Draw): Case {
  const nSplits = draw.integer(2, 6);
  const groups = drawGroups(draw, draw.integer(6, 60));
  const [shuffle, randomState] = drawShuffle(draw);
  const params = { n_splits: nSplits, shuffle, random_state: randomState };
  const make = () => new GroupKFold({ nSplits, shuffle, randomState });
  return compared('GroupKFold', make, params, { n: groups.length, groups }, new Set(groups).size < nSplits);
}

function stratifiedGroupKFold(draw: Draw): Case {
  const nSplits = draw.choice([2, 3, 5, 10]);
  const n = draw.integer(20, 150);
  const y = drawLabels(draw, n, draw.choice([2, 3, 5, 11]));
  const groups = draw.labels(n, draw.integer(2, 30));
  const [shuffle, randomState] = drawShuffle(draw);
  const params = { n_splits: nSplits, shuffle, random_state: randomState };
  const make = () => new StratifiedGroupKFold({ nSplits, shuffle, randomState });
  const refused = largestClass(y) < nSplits || new Set(groups).size < nSplits;
  return compared('StratifiedGroupKFold', make, params, { n, y, groups }, refused);
}

function shuffleSplit(draw: Draw): Case {
  const n = draw.integer(8, 50);
  const { ours, theirs } = drawSizes(draw, n);
  return compared('ShuffleSplit', () => new ShuffleSplit(ours), theirs, { n });
}

function stratifiedShuffleSplit(draw: Draw): Case {
  const n = draw.integer(24, 80);
  const y = [...draw.labels(n - 6, draw.choice([2, 3])), 0, 0, 1, 1, 1, 0];
  const { ours, theirs } = drawSizes(draw, n);
  return compared('StratifiedShuffleSplit', () => new StratifiedShuffleSplit(ours), theirs, { n, y });
}

function groupShuffleSplit(draw: Draw): Case {
  const groups = draw.labels(draw.integer(20, 60), draw.integer(8, 15));
  const { ours, theirs } = drawSizes(draw, new Set(groups).size);
  return compared('GroupShuffleSplit', () => new GroupShuffleSplit(ours), theirs, { n: groups.length, groups });
}

function timeSeriesSplit(draw: Draw): Case {
  const n = draw.integer(4, 60);
  const [nSplits, gap] = [draw.integer(2, 6), draw.choice([0, 0, 1, 4])];
  const [maxTrainSize, testSize] = [draw.choice([null, null, 1, 7]), draw.choice([null, null, 1, 5])];
  const size = testSize ?? Math.floor(n / (nSplits + 1));
  const make = () => new TimeSeriesSplit({ nSplits, maxTrainSize, testSize, gap });
  const params = { n_splits: nSplits, max_train_size: maxTrainSize, test_size: testSize, gap };
  return compared('TimeSeriesSplit', make, params, { n }, n <= nSplits || n - gap - size * nSplits <= 0);
}

function repeatedKFold(draw: Draw): Case {
  const [nSplits, nRepeats, randomState] = [draw.integer(2, 5), draw.integer(1, 4), draw.seed()];
  const make = () => new RepeatedKFold({ nSplits, nRepeats, randomState });
  const params = { n_splits: nSplits, n_repeats: nRepeats, random_state: randomState };
  return compared('RepeatedKFold', make, params, { n: draw.integer(5, 20) });
}

function repeatedStratifiedKFold(draw: Draw): Case {
  const [nSplits, nRepeats, randomState] = [draw.integer(2, 4), draw.integer(1, 4), draw.seed()];
  const y = drawLabels(draw, draw.integer(20, 40), 3);
  const make = () => new RepeatedStratifiedKFold({ nSplits, nRepeats, randomState });
  const params = { n_splits: nSplits, n_repeats: nRepeats, random_state: randomState };
  return compared('RepeatedStratifiedKFold', make, params, { n: y.length, y });
}

function leaveOneOut(draw: Draw): Case {
  const n = draw.choice([1, 2, draw.integer(3, 12)]);
  return compared('LeaveOneOut', () => new LeaveOneOut(), {}, { n }, n === 1);
}

function leavePOut(draw: Draw): Case {
  const [p, n] = [draw.integer(1, 4), draw.integer(2, 7)];
  return compared('LeavePOut', () => new LeavePOut({ p }), { p }, { n }, n <= p);
}

function leaveOneGroupOut(draw: Draw): Case {
  const groups = drawGroups(draw, draw.integer(3, 20));
  return compared(
    'LeaveOneGroupOut',
    () => new LeaveOneGroupOut(),
    {},
    { n: groups.length, groups },
    new Set(groups).size < 2,
  );
}

function leavePGroupsOut(draw: Draw): Case {
  const groups = draw.labels(draw.integer(6, 15), draw.integer(2, 6));
  const nGroups = draw.integer(1, 4);
  const make = () => new LeavePGroupsOut({ nGroups });
  return compared(
    'LeavePGroupsOut',
    make,
    { n_groups: nGroups },
    { n: groups.length, groups },
    new Set(groups).size <= nGroups,
  );
}

function predefinedSplit(draw: Draw): Case {
  const testFold = draw.integers(draw.integer(4, 20), -1, 3);
  return {
    name: 'PredefinedSplit',
    class: 'D',
    oracle: { python: 'result = list(sklearn.model_selection.PredefinedSplit(f).split())', with: { f: testFold } },
    ours: () =>
      Array.from(new PredefinedSplit({ testFold }).split(testFold.length), ({ train, test }) => [train, test]),
  };
}

function division(draw: Draw): Case {
  const n = draw.integer(16, 60);
  const y = [...draw.labels(n - 6, 2), 0, 0, 1, 1, 1, 0];
  const stratify = draw.bool() ? y : null;
  const shuffle = stratify !== null || draw.bool(0.8);
  const { ours, theirs } = drawSizes(draw, n);
  const { nSplits: _nSplits, ...sizes } = ours;
  const { n_splits: _n_splits, ...named } = theirs;
  const rows = Array.from({ length: n }, (_, i) => [i]);
  return {
    name: 'trainTestSplit',
    class: 'D',
    oracle: { call: 'model_selection.train_test_split', args: [rows, y], kwargs: { ...named, stratify, shuffle } },
    ours: () => {
      const { XTrain, XTest, yTrain, yTest } = trainTestSplit(rows, y, { ...sizes, stratify, shuffle });
      return [XTrain, XTest, yTrain, yTest];
    },
  };
}

function drawShuffle(draw: Draw): readonly [boolean, number | null] {
  return draw.bool() ? [true, draw.seed()] : [false, null];
}

function drawLabels(draw: Draw, n: number, classes = draw.integer(1, 5)): Labels {
  const labels = draw.labels(n, classes);
  return draw.bool() ? labels : labels.map(label => ['b', 'a', 'e', 'd', 'c'][label % 5]!);
}

function drawGroups(draw: Draw, n: number): Labels {
  const groups = draw.labels(n, draw.integer(1, 9));
  return draw.bool() ? groups : groups.map(group => `g${(group * 7) % 9}`);
}

function largestClass(y: Labels): number {
  return Math.max(...[...new Set(y)].map(label => y.filter(other => other === label).length));
}

/** Sizes as shares, counts or left open; the numbers always fit. */
function drawSizes(draw: Draw, n: number) {
  const [testSize, trainSize] = draw.choice([
    [null, null],
    [draw.real(0.3, 0.5), null],
    [Math.ceil(n / 3), null],
    [null, draw.real(0.3, 0.5)],
    [null, Math.floor(n / 2)],
    [draw.real(0.3, 0.5), draw.real(0.3, 0.5)],
    [Math.floor(n / 3), 0.5],
  ] as const);
  const [nSplits, randomState] = [draw.integer(1, 4), draw.seed()];
  return {
    ours: { nSplits, testSize, trainSize, randomState },
    theirs: { n_splits: nSplits, test_size: testSize, train_size: trainSize, random_state: randomState },
  };
}
