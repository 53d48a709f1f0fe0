import { expect, test } from 'vitest';
import { addRowValues } from '../../src/kernels/forest-predict/reference.ts';
import { type PackedForest, packForest, sumForestValues, type WalkedTree } from '../../src/kernels/index.ts';
import { XorShift } from '../../src/random/index.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';

const COLUMNS = 5;

/** A random tree, its nodes numbered in the order in which they were split, so not in pre-order. */
function randomTree(random: XorShift, splits: number, stride: number): WalkedTree {
  const nodeCount = 2 * splits + 1;
  const childrenLeft = new Int32Array(nodeCount).fill(-1);
  const childrenRight = new Int32Array(nodeCount).fill(-1);
  const depth = new Int32Array(nodeCount);
  const leaves = [0];
  for (let k = 0; k < splits; k++) {
    const [node] = leaves.splice(random.randInt(0, leaves.length), 1);
    childrenLeft[node!] = 2 * k + 1;
    childrenRight[node!] = 2 * k + 2;
    depth[2 * k + 1] = depth[node!]! + 1;
    depth[2 * k + 2] = depth[node!]! + 1;
    leaves.push(2 * k + 1, 2 * k + 2);
  }
  return {
    nodeCount,
    maxDepth: Math.max(...depth),
    childrenLeft,
    childrenRight,
    feature: Int32Array.from({ length: nodeCount }, () => random.randInt(0, COLUMNS)),
    threshold: Float64Array.from({ length: nodeCount }, () => threshold(random)),
    missingGoToLeft: Uint8Array.from({ length: nodeCount }, () => random.randInt(0, 2)),
    value: Float64Array.from({ length: nodeCount * stride }, () => random.randUniform(0, 1)),
  };
}

const SPECIAL = [0, -0, Infinity, -2, 1e-46, -1e-46, 0.1, -0.1, 1 / 3, Math.fround(0.1), 1e30];

function threshold(random: XorShift): number {
  return random.randInt(0, 3) === 0 ? SPECIAL[random.randInt(0, SPECIAL.length)]! : random.randUniform(-1, 1);
}

/** What the packed forest must do, on the trees as they are. */
function walk(trees: readonly WalkedTree[], X: Float32Array, row: number, stride: number): number[] {
  const sums = new Array<number>(stride).fill(0);
  for (const tree of trees) {
    let node = 0;
    while (tree.childrenLeft[node]! >= 0) {
      const x = X[row * COLUMNS + tree.feature[node]!]!;
      const goesLeft = Number.isNaN(x) ? tree.missingGoToLeft[node] === 1 : x <= tree.threshold[node]!;
      node = (goesLeft ? tree.childrenLeft : tree.childrenRight)[node]!;
    }
    for (let c = 0; c < stride; c++) sums[c]! += tree.value[node * stride + c]!;
  }
  return sums;
}

function features(random: XorShift, rows: number): Float32Array {
  return Float32Array.from({ length: rows * COLUMNS }, () =>
    random.randInt(0, 8) === 0 ? [NaN, 0, -0, 0.1, -0.1][random.randInt(0, 5)]! : threshold(random),
  );
}

test('sumForestValues walks as the trees do, for any number of rows, and as its reference, to the bit', () => {
  const random = new XorShift(7);
  for (const rows of [0, 1, 63, 64, 65, 200, 20_001]) {
    const stride = random.randInt(1, 4);
    const trees = [0, 1, 3, 40, 40].map(splits => randomTree(random, splits, stride));
    const forest = packForest(trees, stride);
    const X = features(random, rows);
    const whole = X.map(x => (Number.isNaN(x) ? 0 : x));
    for (const table of [X, whole, withMissingAt(whole, 0), withMissingAt(whole, whole.length - 1)]) {
      const sums = runSync(sumForestValues(forest, table, rows, COLUMNS));
      const byReference = new Float64Array(rows * stride);
      for (let i = 0; i < rows; i++) addRowValues(forest, table, i * COLUMNS, byReference, i * stride);
      expect(sums).toEqual(byReference);
      for (const i of Array.from({ length: Math.min(rows, 300) }, (_, k) => (k < 150 ? k : rows - 1 - (k - 150)))) {
        expect([...sums.subarray(i * stride, (i + 1) * stride)]).toEqual(walk(trees, table, i, stride));
      }
    }
  }
});

function withMissingAt(X: Float32Array, at: number): Float32Array {
  const copy = X.slice();
  copy[at] = Number.NaN;
  return copy;
}

test('sumForestValues comes to a checkpoint every 2^22 steps, and one tree', () => {
  const random = new XorShift(3);
  const trees = Array.from({ length: 300 }, () => randomTree(random, 30, 1));
  const forest: PackedForest = packForest(trees, 1);
  let most = 0;
  for (const state of sumForestValues(forest, features(random, 3000), 3000, COLUMNS)) {
    if ('ops' in state) most = Math.max(most, state.ops);
  }
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(MAX_OPS + 3000 * (forest.maxDepth + 1));
});
