import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkCv,
  GroupKFold,
  GroupShuffleSplit,
  KFold,
  LeaveOneGroupOut,
  LeaveOneOut,
  LeavePGroupsOut,
  LeavePOut,
  PredefinedSplit,
  RepeatedKFold,
  type Split,
  StratifiedGroupKFold,
  StratifiedKFold,
  TimeSeriesSplit,
} from '../../src/model-selection/index.ts';

const sides = (splits: Iterable<Split>) =>
  Array.from(splits, ({ train, test }) => [Array.from(train), Array.from(test)]);

test('KFold: the first nSamples % nSplits folds have one sample more', () => {
  expect(sides(new KFold({ nSplits: 3 }).split(5)).map(([, test]) => test)).toEqual([[0, 1], [2, 3], [4]]);
});

test('GroupKFold: the largest group goes first, each to the lightest fold', () => {
  const groups = ['a', 'b', 'b', 'b', 'c', 'c'];
  expect(sides(new GroupKFold({ nSplits: 2 }).split(6, undefined, groups))).toEqual([
    [
      [0, 4, 5],
      [1, 2, 3],
    ],
    [
      [1, 2, 3],
      [0, 4, 5],
    ],
  ]);
});

test('TimeSeriesSplit: trains on what came before, less the gap, at most maxTrainSize', () => {
  expect(sides(new TimeSeriesSplit({ nSplits: 2, gap: 1, maxTrainSize: 2 }).split(9))).toEqual([
    [
      [0, 1],
      [3, 4, 5],
    ],
    [
      [3, 4],
      [6, 7, 8],
    ],
  ]);
});

test('LeavePOut: is lazy', () => {
  const [first] = new LeavePOut({ p: 3 }).split(2000);
  expect(first!.test).toEqual(Int32Array.of(0, 1, 2));
  expect(new LeavePOut({ p: 3 }).getNSplits(2000)).toBe((2000 * 1999 * 1998) / 6);
});

test('LeavePOut, LeavePGroupsOut: give as many splits as getNSplits says', () => {
  expect([...new LeavePOut({ p: 2 }).split(5)].length).toBe(new LeavePOut({ p: 2 }).getNSplits(5));
  const splitter = new LeavePGroupsOut({ nGroups: 2 });
  const groups = [1, 2, 3, 4, 1];
  expect([...splitter.split(5, undefined, groups)].length).toBe(splitter.getNSplits(5, undefined, groups));
});

test('PredefinedSplit: -1 is never tested, and the folds alone say the splits', () => {
  const split = new PredefinedSplit({ testFold: [1, -1, 0, 1] });
  expect(sides(split.split(4))).toEqual([
    [[0, 1, 3], [2]],
    [
      [1, 2],
      [0, 3],
    ],
  ]);
  expect([...split.split()]).toEqual([...split.split(4)]);
});

test('the splitters that partition: every sample is tested once, and trained on otherwise', () => {
  const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 })), {
    minLength: 12,
    maxLength: 40,
  });
  fc.assert(
    fc.property(samples, fc.boolean(), (drawn, shuffle) => {
      const y = [0, 0, 1, 1, ...drawn.map(([label]) => label)];
      const groups = [0, 1, 2, 3, ...drawn.map(([, group]) => group)];
      const params = { nSplits: 2, shuffle, randomState: shuffle ? 1 : null };
      const splitters = [
        new KFold(params),
        new StratifiedKFold(params),
        new GroupKFold(params),
        new StratifiedGroupKFold(params),
        new LeaveOneOut(),
        new LeaveOneGroupOut(),
      ];
      for (const splitter of splitters) {
        const splits = [...splitter.split(y.length, y, groups)];
        const tested = splits.flatMap(split => Array.from(split.test)).sort((a, b) => a - b);
        expect(tested).toEqual(y.map((_, i) => i));
        for (const { train, test } of splits) {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual(y.map((_, i) => i));
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('the splitters with groups: no group is on both sides', () => {
  const groups = Array.from({ length: 30 }, (_, i) => `g${(i * 7) % 8}`);
  const y = groups.map((_, i) => i % 2);
  for (const splitter of [
    new GroupKFold({ nSplits: 3, shuffle: true, randomState: 0 }),
    new StratifiedGroupKFold({ nSplits: 3 }),
    new GroupShuffleSplit({ randomState: 0 }),
    new LeavePGroupsOut({ nGroups: 3 }),
  ]) {
    for (const { train, test } of splitter.split(30, y, groups)) {
      const trained = new Set(Array.from(train, i => groups[i]));
      expect(Array.from(test).some(i => trained.has(groups[i]))).toBe(false);
    }
  }
});

test('splitters: an integer seed repeats the splits', () => {
  const splitter = new RepeatedKFold({ randomState: 3 });
  expect(sides(splitter.split(11))).toEqual(sides(splitter.split(11)));
});

test('splitters: refuse in sentences', () => {
  const sentence = (splits: () => Iterable<Split>) => {
    try {
      return [...splits()].length;
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect([
    sentence(() => new KFold({ nSplits: 3 }).split(2)),
    sentence(() => new GroupKFold().split(6)),
    sentence(() => new GroupKFold({ nSplits: 3 }).split(4, undefined, [1, 1, 2, 2])),
    sentence(() => new GroupKFold({ nSplits: 2 }).split(4, undefined, [1, 1, 2])),
    sentence(() => new LeaveOneGroupOut().split(2, undefined, ['a', 'a'])),
    sentence(() => new LeaveOneOut().split(1)),
    sentence(() => new LeavePOut({ p: 2 }).split(2)),
    sentence(() => new TimeSeriesSplit({ nSplits: 3, gap: 2, testSize: 2 }).split(8)),
    sentence(() => new StratifiedKFold({ nSplits: 3 }).split(4, [0, 0, 1, 1])),
    sentence(() => new StratifiedKFold({ nSplits: 2 }).split(4, [0.5, 0.1, 1, 1])),
    sentence(() => new PredefinedSplit({ testFold: [0, 1] }).split(3)),
    sentence(() => new KFold({ randomState: 1 }).split(9)),
  ]).toEqual([
    'Cannot split with KFold: nSamples must be >= nSplits (3), received nSamples 2',
    'Cannot split with GroupKFold: groups must be given, received none; pass one group per sample, or use a splitter that knows no groups',
    'Cannot split with GroupKFold: there must be >= 3 groups (nSplits), received 2 groups',
    'Cannot split with GroupKFold: groups must have one value per row of X (4), received length 3',
    'Cannot split with LeaveOneGroupOut: there must be >= 2 groups (one is left out), received 1 group',
    'Cannot split with LeaveOneOut: nSamples must be >= 2, received nSamples 1',
    'Cannot split with LeavePOut: nSamples must be > p (2), received nSamples 2',
    'Cannot split with TimeSeriesSplit: nSamples must be > nSplits (3) and > gap + nSplits * testSize (2 + 3 * 2), received nSamples 8',
    'Cannot split with StratifiedKFold: some class must have >= nSplits (3) samples, received at most 2 of 4 samples in a class',
    'Cannot split with StratifiedKFold: y must hold class labels to stratify by, received 0.5 at row 0; use a splitter that does not stratify',
    'Cannot split with PredefinedSplit: testFold must have one value per row of X (3), received length 2',
    'Cannot make KFold: randomState must be null where shuffle is false, received 1; pass shuffle: true',
  ]);
});

test('checkCv: stratifies for classifiers with labels, in a list or in one column, and only then', () => {
  const name = (y: number[] | number[][] | undefined, isClassifier: boolean) =>
    checkCv(3, y, { isClassifier }).constructor;
  expect(name([0, 1, 1], true)).toBe(StratifiedKFold);
  expect(name([[0], [1], [1]], true)).toBe(StratifiedKFold);
  expect(name([0, 1, 1], false)).toBe(KFold);
  expect(name([0.5, 1, 1], true)).toBe(KFold);
  expect(
    name(
      [
        [0, 1],
        [1, 1],
      ],
      true,
    ),
  ).toBe(KFold);
  expect(name(undefined, true)).toBe(KFold);
});
