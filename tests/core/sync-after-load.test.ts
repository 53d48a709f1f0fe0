/** What only `fit` needs is loaded there: predicting must need none of it, in a program that never fits. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { AnyEstimator } from '../../src/core/index.ts';
import type * as Library from '../../src/index.ts';
import { fromBytes, sync, toBytes } from '../../src/index.ts';
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

/** Fits before the modules are reset: what is loaded afterwards belongs to the fresh copy of the library. */
beforeAll(async () => {
  for (const [name, { make }] of savable) {
    const model = make();
    const bytes = toBytes(await model.fit(model.traits.input === 'text' ? texts : X, y));
    saved.set(name, { bytes, answers: answersOf(await fromBytes(bytes), sync) });
  }
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
