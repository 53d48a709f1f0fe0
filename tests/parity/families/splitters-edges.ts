import {
  GroupKFold,
  GroupShuffleSplit,
  KFold,
  LeaveOneGroupOut,
  LeaveOneOut,
  LeavePGroupsOut,
  LeavePOut,
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
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { toPython } from '../twin.ts';

/** Splitters at odd counts: sizes that leave nothing, gaps longer than folds, rare classes, single groups. */
export function cases(draw: Draw): Case[] {
  const drawers = [kFolds, grouped, shuffles, stratified, timeSeries, repeated, leaving, division];
  return drawers.flatMap(one => Array.from({ length: 40 }, () => ({ ...one(draw), liveOnly: true })));
}

type Labels = readonly (number | string | boolean)[];
type Make = new (params: never) => Splitter;

interface Given {
  readonly n: number;
  readonly y?: Labels;
  readonly groups?: Labels;
}

/** Splits of both sides; what scikit-learn refuses must be refused by ours too. */
function compared(Splits: Make, params: object, { n, y, groups }: Given): Case {
  const { name } = Splits;
  return {
    name: `${name} at odd counts`,
    class: 'D',
    expectError: 'alike',
    oracle: {
      ...{ split: `model_selection.${name}`, params: toPython(params), X: Array.from({ length: n }, () => [0]) },
      ...(y === undefined ? {} : { y }),
      ...(groups === undefined ? {} : { groups }),
    },
    ours: () => Array.from(new Splits(params as never).split(n, y, groups), ({ train, test }) => [train, test]),
  };
}

function seeded(draw: Draw) {
  const shuffle = draw.bool();
  return { shuffle, randomState: shuffle ? draw.choice([0, 2 ** 32 - 1, draw.seed()]) : null };
}

function skewed(draw: Draw, n: number): Labels {
  const names = draw.choice([
    [true, false],
    ['b', 'a', 'c'],
    [3, -1, 0, 7, 9],
    ['é', 'z', 'a', 'B', '10'],
    [1],
  ] as const) as Labels;
  return Array.from({ length: n }, () => names[Math.floor(draw.real() * draw.real() * names.length)]!);
}

function kFolds(draw: Draw): Case {
  const n = draw.integer(2, 30);
  return compared(
    draw.choice<Make>([KFold, StratifiedKFold]),
    { nSplits: draw.integer(2, 8), ...seeded(draw) },
    { n, y: skewed(draw, n) },
  );
}

function grouped(draw: Draw): Case {
  const n = draw.integer(3, 40);
  const name = draw.choice<Make>([GroupKFold, StratifiedGroupKFold, StratifiedGroupKFold]);
  const groups = draw.choice([
    draw.labels(n, draw.integer(1, 12)),
    draw.labels(n, ['g2', 'g10', 'g1', 'x']),
    skewed(draw, n),
  ] as Labels[]);
  return compared(name, { nSplits: draw.integer(2, 6), ...seeded(draw) }, { n, y: skewed(draw, n), groups });
}

function sizes(draw: Draw, n: number) {
  const size = () => draw.choice([null, null, draw.real(0.01, 0.99), draw.integer(1, n)]);
  return { testSize: size(), trainSize: size(), randomState: draw.choice([0, 1, draw.seed()]) };
}

function shuffles(draw: Draw): Case {
  const n = draw.integer(2, 40);
  const groups = draw.labels(n, draw.integer(1, 10));
  return compared(
    draw.choice<Make>([ShuffleSplit, GroupShuffleSplit]),
    { nSplits: draw.integer(1, 4), ...sizes(draw, n) },
    { n, groups },
  );
}

function stratified(draw: Draw): Case {
  const n = draw.integer(6, 60);
  return compared(
    StratifiedShuffleSplit,
    { nSplits: draw.integer(1, 4), ...sizes(draw, n) },
    { n, y: skewed(draw, n) },
  );
}

function timeSeries(draw: Draw): Case {
  const n = draw.integer(2, 30);
  const params = {
    nSplits: draw.integer(2, 7),
    gap: draw.choice([0, 0, 1, 3, 10]),
    testSize: draw.choice([null, null, 1, 4]),
    maxTrainSize: draw.choice([null, null, 1, 5, 100]),
  };
  return compared(TimeSeriesSplit, params, { n });
}

function repeated(draw: Draw): Case {
  const n = draw.integer(4, 30);
  const params = {
    nSplits: draw.integer(2, 5),
    nRepeats: draw.integer(1, 5),
    randomState: draw.choice([0, 2 ** 32 - 1, draw.seed()]),
  };
  return compared(draw.choice<Make>([RepeatedKFold, RepeatedStratifiedKFold]), params, {
    n,
    y: skewed(draw, n),
  });
}

function leaving(draw: Draw): Case {
  const n = draw.integer(1, 9);
  const groups = draw.choice([draw.labels(n, draw.integer(1, 5)), draw.labels(n, ['b', 'a'])] as Labels[]);
  return draw.choice([
    () => compared(LeavePOut, { p: draw.integer(1, 4) }, { n }),
    () => compared(LeaveOneGroupOut, {}, { n, groups }),
    () => compared(LeavePGroupsOut, { nGroups: draw.integer(1, 4) }, { n, groups }),
    () => compared(LeaveOneOut, {}, { n }),
  ])();
}

function division(draw: Draw): Case {
  const n = draw.integer(2, 40);
  const y = skewed(draw, n);
  const rows = Array.from({ length: n }, (_, i) => [i]);
  const isStratified = draw.bool();
  const params = { ...sizes(draw, n), shuffle: isStratified || draw.bool(0.8), stratify: isStratified ? y : null };
  return {
    name: 'trainTestSplit at odd counts',
    class: 'D',
    expectError: 'alike',
    oracle: { call: 'model_selection.train_test_split', args: [rows, y], kwargs: toPython(params) },
    ours: () => {
      const { XTrain, XTest, yTrain, yTest } = trainTestSplit(rows, y, params);
      return [XTrain, XTest, yTrain, yTest];
    },
  };
}
