import { expect, test } from 'vitest';
import { XorShift } from '../../src/random/index.ts';
import { growInKernel, suitsKernel } from '../../src/tree/grow-in-kernel.ts';
import { growPlainly } from '../../src/tree/grow-plainly.ts';
import type { GrowthRules, TreeProblem } from '../../src/tree/grow-tree.ts';
import { encodeRanks } from '../../src/tree/rank-codes.ts';
import { TreeBuffer } from '../../src/tree/tree-buffer.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';

type Draw = (low: number, high: number) => number;

/** Columns of several kinds: continuous, few values, a few ties, one value, near-ties, tiny scale, sorted. */
const KINDS: readonly ((random: XorShift, i: number) => number)[] = [
  random => random.randUniform(-1, 1),
  random => random.randInt(0, 3),
  random => random.randInt(0, 3000),
  random => random.randInt(0, 9000) / 3,
  random => random.randInt(0, 40) / 7,
  () => 2,
  random => random.randInt(0, 60) * 4e-8,
  random => random.randUniform(0, 3e-7),
  (_, i) => i,
  random => (random.randInt(0, 10) === 0 ? 1 : 0) * random.randUniform(0, 1),
];

function draws(seed: number): Draw {
  const random = new XorShift(seed);
  for (let k = 0; k < 8; k++) random.next();
  return (low, high) => random.randInt(low, high + 1);
}

function problemOf(seed: number): TreeProblem {
  const draw = draws(seed + 1);
  const random = new XorShift(draw(1, 1e9));
  const rows = draw(0, 3) === 0 ? draw(2, 12) : draw(2, draw(0, 5) === 0 ? 3000 : 300);
  const columns = draw(1, 8);
  const kinds = Array.from({ length: columns }, () => KINDS[draw(0, KINDS.length - 1)]!);
  const data = Float32Array.from({ length: rows * columns }, (_, at) =>
    kinds[at % columns]!(random, Math.floor(at / columns)),
  );
  // The first column again, negated: equally good cuts, with sums that round otherwise.
  if (draw(0, 1) === 0) for (let at = 0; at < data.length; at += columns) data[at + columns - 1] = -data[at]!;
  const ranks = runSync(encodeRanks({ data, rows, columns }, { keepsOrder: draw(0, 1) === 0 }));
  const isRegression = draw(0, 1) === 0;
  const classes = isRegression ? 1 : draw(2, 5);
  const isWhole = draw(0, 2) === 0;
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const signal = data[i * columns]! > 0.5 ? 1 : 0;
    if (isRegression) return isWhole ? random.randInt(0, 9) : signal + random.randUniform(-1, 1);
    return (random.randInt(0, 3) === 0 ? random.randInt(0, classes) : signal) % classes;
  });
  const weighing = draw(0, 2);
  const weights = Float64Array.from({ length: rows }, () => {
    if (weighing === 0) return 1;
    return weighing === 2 && isRegression ? random.randUniform(0, 2) : random.randInt(0, 4);
  });
  weights[0] = 1;
  const isExact = !isRegression || (isWhole && weighing < 2);
  const weightedTotal = weights.reduce((sum, weight) => sum + weight, 0);
  const rules: GrowthRules = {
    criterion: isRegression ? 'squared_error' : 'gini',
    splitter: 'best',
    maxDepth: draw(0, 2) === 0 ? draw(1, 4) : 1000,
    minSamplesSplit: draw(0, 2) === 0 ? draw(2, 20) : 2,
    minSamplesLeaf: draw(0, 2) === 0 ? draw(1, 8) : 1,
    minWeightLeaf: draw(0, 3) === 0 ? 0.02 * weightedTotal : 0,
    maxFeatures: draw(1, columns),
    maxLeafNodes: null,
    minImpurityDecrease: draw(0, 4) === 0 ? 0.001 : 0,
    monotonic: undefined,
  };
  const nClasses = Int32Array.of(classes);
  return { data: { ranks, y, nOutputs: 1, nClasses }, rules, weights, weightedTotal, isExact, seed: draw(1, 1e9) };
}

function grown(problem: TreeProblem, grow: typeof growPlainly) {
  const { ranks, nOutputs, nClasses } = problem.data;
  const tree = TreeBuffer.begin({ nFeatures: ranks.columns, nOutputs, nClasses });
  runSync(grow(problem, tree));
  return tree.finish();
}

test('the kernel grows the plain tree to the bit, whatever the shape, the ties and the rules', () => {
  for (let seed = 0; seed < 400; seed++) {
    const problem = problemOf(seed);
    expect(suitsKernel(problem)).toBe(true);
    const tree = grown(problem, growInKernel);
    expect({ seed, ...tree }).toEqual({ seed, ...grown(problem, growPlainly) });
  }
});

test('where two cuts of a column with ties are equally good, the kernel finds the order of ties that decides', () => {
  const rows = 64;
  const mirrored = (draw: () => number) => {
    const half = Float64Array.from({ length: rows / 2 }, draw);
    return Float64Array.from({ length: rows }, (_, i) => half[Math.min(i, rows - 1 - i)]!);
  };
  for (let seed = 1; seed < 200; seed++) {
    const random = new XorShift(seed * 7919);
    const place = random.randInt(1, rows / 2 - 1);
    const ties = new Set([place, rows - 1 - place]);
    const data = Float32Array.from({ length: rows }, (_, i) => (ties.has(i) ? i - 1 : i));
    const ranks = runSync(encodeRanks({ data, rows, columns: 1 }, { keepsOrder: true }));
    const y = mirrored(() => random.randUniform(-1, 1));
    const weights = mirrored(() => random.randInt(1, 4));
    const { rules } = problemOf(1);
    const growth = { ...rules, criterion: 'squared_error', maxFeatures: 1, maxDepth: 1 } as const;
    const weightedTotal = weights.reduce((sum, weight) => sum + weight, 0);
    const tree = { ranks, y, nOutputs: 1, nClasses: Int32Array.of(1) };
    const problem = { data: tree, rules: growth, weights, weightedTotal, isExact: false, seed };
    expect(grown(problem, growInKernel)).toEqual(grown(problem, growPlainly));
  }
});

test('the kernel leaves what it has no code for to the plain grower', () => {
  const problem = problemOf(1);
  const { data, rules } = problem;
  const others: readonly Partial<TreeProblem>[] = [
    { rules: { ...rules, splitter: 'random' } },
    { rules: { ...rules, maxLeafNodes: 5 } },
    { rules: { ...rules, criterion: 'entropy' } },
    { rules: { ...rules, criterion: 'gini' }, isExact: false },
    { rules: { ...rules, monotonic: new Int8Array(data.ranks.columns) } },
    { data: { ...data, nOutputs: 2 } },
    { data: { ...data, ranks: { ...data.ranks, missing: Uint8Array.of(1) } } },
  ];
  for (const other of others) expect(suitsKernel({ ...problem, ...other })).toBe(false);
});

test('two trees may grow by turns: each has a memory of its own', () => {
  const problems = [problemOf(3), problemOf(4)];
  const trees = problems.map(({ data }) => {
    const { nOutputs, nClasses, ranks } = data;
    return TreeBuffer.begin({ nFeatures: ranks.columns, nOutputs, nClasses });
  });
  const works = problems.map((problem, k) => growInKernel(problem, trees[k]!));
  for (let running = 2; running > 0; ) running = works.filter(work => !work.next().done).length;
  trees.forEach((tree, k) => void expect(tree.finish()).toEqual(grown(problems[k]!, growPlainly)));
});

test('the kernel comes to a checkpoint every 2^22 element-operations and one feature', () => {
  const rows = 2 ** 18;
  const columns = 24;
  const data = Float32Array.from({ length: rows * columns }, (_, at) => (at * 7919) % 10007);
  const ranks = runSync(encodeRanks({ data, rows, columns }, { keepsOrder: true }));
  const y = Float64Array.from({ length: rows }, (_, i) => data[i * columns]! % 100);
  const problem = problemOf(1);
  const rules = { ...problem.rules, criterion: 'squared_error', maxDepth: 3, maxFeatures: columns } as const;
  const weights = new Float64Array(rows).fill(1);
  const of = { data: { ranks, y, nOutputs: 1, nClasses: Int32Array.of(1) }, rules, weights, weightedTotal: rows };
  const tree = TreeBuffer.begin({ nFeatures: columns, nOutputs: 1, nClasses: Int32Array.of(1) });
  let most = 0;
  for (const state of growInKernel({ ...problem, ...of, isExact: true }, tree)) {
    if ('ops' in state) most = Math.max(most, state.ops);
  }
  expect(most).toBeLessThanOrEqual(MAX_OPS + 2 * rows);
});
