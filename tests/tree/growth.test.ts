import { expect, test } from 'vitest';
import { InvalidFileError } from '../../src/index.ts';
import { checkTree } from '../../src/tree/check-tree.ts';
import { growTree } from '../../src/tree/grow-tree.ts';
import { accurateLog } from '../../src/tree/log.ts';
import { encodeRanks } from '../../src/tree/rank-codes.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';

const RULES = {
  criterion: 'squared_error',
  splitter: 'best',
  maxDepth: 3,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  minWeightLeaf: 0,
  maxFeatures: 40,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  monotonic: undefined,
} as const;

function problem(rows: number, columns: number) {
  const data = Float32Array.from({ length: rows * columns }, (_, at) => (at * 7919) % 10007);
  const ranks = runSync(encodeRanks({ data, rows, columns }, { keepsOrder: true }));
  const y = Float64Array.from({ length: rows }, (_, i) => data[i * columns]! % 100);
  return { ranks, y, nOutputs: 1, nClasses: Int32Array.of(1) };
}

test('growTree comes to a checkpoint at least every 2^22 element-operations and one feature', () => {
  const rows = 2 ** 18;
  const data = problem(rows, 40);
  const work = growTree(data, RULES, new Float64Array(rows).fill(1), 1);
  let most = 0;
  let count = 0;
  for (let state = work.next(); !state.done; state = work.next()) {
    if ('ops' in state.value) most = Math.max(most, state.value.ops);
    count++;
  }
  expect(most).toBeLessThan(MAX_OPS + 2 * rows);
  expect(count).toBeGreaterThan(4);
});

test('checkTree refuses trees in which a walk might never end', () => {
  const tree = runSync(growTree(problem(50, 2), RULES, new Float64Array(50).fill(1), 1));
  expect(checkTree(tree)).toBe(tree);
  const childrenLeft = tree.childrenLeft.slice();
  childrenLeft[1] = 0;
  expect(() => checkTree({ ...tree, childrenLeft })).toThrow(InvalidFileError);
  const childrenRight = tree.childrenRight.slice();
  childrenRight[0] = tree.childrenLeft[0]!;
  expect(() => checkTree({ ...tree, childrenRight })).toThrow(
    'Cannot load a tree: each node but the root must be the child of one, received node 1',
  );
  expect(() => checkTree({ ...tree, feature: tree.feature.map(() => 9) })).toThrow(
    'Cannot load a tree: features must be below 2, received feature 9 at node 0',
  );
  expect(() => checkTree({ ...tree, value: tree.value.slice(1) })).toThrow(InvalidFileError);
});

test('accurateLog agrees with Math.log to one unit in the last place, and at powers of two', () => {
  for (let i = 1; i < 4000; i++) {
    for (const x of [i / 4001, i * 1.37, 1 + i * 1e-9, 1 - i * 1e-9]) {
      expect(Math.abs(accurateLog(x) - Math.log(x))).toBeLessThanOrEqual(Math.abs(Math.log(x)) * 2 ** -52);
    }
  }
  expect(accurateLog(1)).toBe(0);
  expect(accurateLog(2 ** 40)).toBe(40 * Math.LN2);
});
