import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accuracy,
  BatchNorm1d,
  compile,
  crossEntropy,
  DataLoader,
  Dropout,
  Linear,
  ReLU,
  Sequential,
} from '../../../src/nn/index.ts';
import { closePool, registerModule } from '../../../src/parallel/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import { bundle } from '../../helpers/bundle.ts';
import { rings } from './rings.ts';

beforeAll(async () => {
  registerModule(await bundle(new URL('./rings.ts', import.meta.url), 'rings'));
});
afterAll(closePool);

/** First weights, dropout, the order of the samples and their augmentation from one seed. */
async function train(seed: number, workers: number) {
  const randomState = new RandomState(seed);
  const model = new Sequential(
    new Linear(2, 16, { randomState }),
    new BatchNorm1d(16),
    new ReLU(),
    new Dropout(0.2, { randomState }),
    new Linear(16, 2, { randomState }),
  );
  const loader = new DataLoader(rings.open(40), { batchSize: 7, shuffle: true, randomState: seed, workers });
  const compiled = compile(model, { optimizer: 'adam', loss: crossEntropy, metrics: { accuracy } });
  const { values } = await compiled.fit(loader, { epochs: 3 });
  return { values, state: Object.values(model.stateDict()).map(({ data }) => [...data]) };
}

test('a training is the same bits for the same seed, on one thread and on three, and other bits for another', async () => {
  const one = await train(5, 0);
  expect(await train(5, 0)).toEqual(one);
  expect(await train(5, 2)).toEqual(one);
  expect((await train(6, 0)).state).not.toEqual(one.state);
});
