/** What only `fit` needs is loaded there: predicting must need none of it, in a program that never fits. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { AnyEstimator } from '../../src/core/index.ts';
import type * as Library from '../../src/index.ts';
import { fromBytes, KNeighborsClassifier, RandomForestClassifier, sync, toBytes } from '../../src/index.ts';
import { savable } from '../contract/registry.ts';

const X = Array.from({ length: 30 }, (_, i) => [i % 7, (i * i) % 11, i % 3]);
const y = X.map(([a, b]) => Number(a! + b! > 8));
const texts = X.map(([a, b, c]) => `word${a} word${b} and${c}`);

interface Saved {
  readonly bytes: Uint8Array;
  readonly answers: unknown;
}

const saved = new Map<string, Saved>();
let fresh: typeof Library;

/** Where parameters or getters reach for more than the methods of the default parameters do. */
const neighbors = [
  { algorithm: 'brute', metric: 'euclidean' },
  { algorithm: 'kd_tree', metric: 'euclidean' },
  { algorithm: 'ball_tree', metric: 'canberra' },
  { algorithm: 'brute', metric: 'cosine' },
] as const;
const searches: Saved[] = [];
let forest: Saved;

function treesOf(model: unknown): unknown {
  const { estimators_, estimatorsSamples_, featureImportances_ } = model as RandomForestClassifier;
  return [estimators_.map(tree => tree.getDepth()), estimatorsSamples_, featureImportances_].map(part => [...part]);
}

/** Fits before the modules are reset: what is loaded afterwards belongs to the fresh copy of the library. */
beforeAll(async () => {
  for (const [name, { make }] of savable) {
    const model = make();
    const bytes = toBytes(await model.fit(model.traits.input === 'text' ? texts : X, y));
    saved.set(name, { bytes, answers: answersOf(await fromBytes(bytes), sync) });
  }
  for (const params of neighbors) {
    const bytes = toBytes(await new KNeighborsClassifier(params).fit(X, y));
    searches.push({ bytes, answers: answersOf(await fromBytes(bytes), sync) });
  }
  const grown = await new RandomForestClassifier({ nEstimators: 3, randomState: 0 }).fit(X, y);
  forest = { bytes: toBytes(grown as never), answers: treesOf(grown) };
  vi.resetModules();
  fresh = await import('../../src/index.ts');
}, 60_000);

/** What every method without promises gives, as plain data; of a refusal, its sentence. */
function answersOf(model: AnyEstimator, synchronous: typeof sync): unknown {
  const methods = synchronous(model) as unknown as Record<string, (X: unknown, y?: unknown) => unknown>;
  const samples = model.traits.input === 'text' ? texts : X;
  const answers = Object.entries(methods).map(([name, method]) => {
    const input = name === 'inverseTransform' ? methods.transform!(samples) : samples;
    try {
      return [name, name === 'score' ? method(input, y) : method(input)];
    } catch (error) {
      return [name, String(error)];
    }
  });
  return JSON.parse(JSON.stringify(answers));
}

describe('a loaded model answers without promises in a program that has fitted nothing', () => {
  test.each(savable.map(([name]) => name))('%s', async name => {
    const { bytes, answers } = saved.get(name)!;
    expect(answersOf(await fresh.fromBytes(bytes), fresh.sync)).toEqual(answers);
  });
});

test.each(neighbors.map((params, i) => [params.algorithm, params.metric, i] as const))(
  'a loaded KNeighborsClassifier searches by %s with the metric %s, without promises',
  async (_algorithm, _metric, i) => {
    const { bytes, answers } = searches[i]!;
    expect(answersOf(await fresh.fromBytes(bytes), fresh.sync)).toEqual(answers);
  },
);

test('a loaded forest shows its trees, their draws and the importances, without promises', async () => {
  expect(treesOf(await fresh.fromBytes(forest.bytes))).toEqual(forest.answers);
});
