import { expect, test } from 'vitest';
import {
  adam,
  checkpointFromBytes,
  checkpointToBytes,
  crossEntropy,
  DataLoader,
  Dropout,
  Linear,
  Optimizer,
  ReLU,
  Sequential,
  sgd,
  TensorDataset,
  tensor,
} from '../../../src/nn/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const random = new RandomState(0);
const x = tensor(Array.from({ length: 24 }, () => [...random.standardNormal(3)]));
const y = tensor(Array.from({ length: 24 }, (_, i) => i % 2));

/** A run with everything that draws: first weights, dropout, the order of the samples. */
function makeRun(seed: number) {
  const dropout = new Dropout(0.3, { randomState: seed });
  const model = new Sequential(
    new Linear(3, 8, { randomState: seed }),
    new ReLU(),
    dropout,
    new Linear(8, 2, { randomState: seed + 1 }),
  );
  const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.05 }));
  const loader = new DataLoader(new TensorDataset({ x, y }), { batchSize: 5, shuffle: true, randomState: seed });
  return { model, optimizer, loader };
}

/** Trains for some batches of one epoch after the other, and saves after the last. */
async function train({ model, optimizer, loader }: ReturnType<typeof makeRun>, batches: number) {
  let bytes = new Uint8Array();
  let left = batches;
  while (left > 0) {
    for await (const batch of loader) {
      optimizer.zeroGrad();
      crossEntropy(model.forward(batch.x), batch.y).backward();
      optimizer.step();
      if (--left > 0) continue;
      bytes = checkpointToBytes({ model, optimizer, loader }, { batches }) as typeof bytes;
      break;
    }
  }
  return bytes;
}

const weights = ({ model }: ReturnType<typeof makeRun>) =>
  Object.fromEntries(Object.entries(model.stateDict()).map(([name, values]) => [name, [...values.data]]));

test('a run that is stopped anywhere and goes on from its checkpoint equals the run that was not', async () => {
  const whole = makeRun(1);
  await train(whole, 13);
  for (const stop of [1, 4, 5, 7, 10]) {
    const bytes = await train(makeRun(1), stop);
    const resumed = makeRun(77);
    const meta = checkpointFromBytes<{ batches: number }>(bytes, resumed);
    expect(meta.batches).toBe(stop);
    await train(resumed, 13 - stop);
    expect(weights(resumed), `stopped after ${stop}`).toEqual(weights(whole));
  }
});

test('a checkpoint that does not fit changes nothing', async () => {
  const run = makeRun(1);
  const bytes = await train(run, 2);
  const other = makeRun(2);
  const before = weights(other);
  const wrong = new Optimizer(other.model.parameters(), sgd({ lr: 0.1, momentum: 0.9 }));
  expect(await refusal(() => checkpointFromBytes(bytes, { model: other.model, optimizer: wrong }))).toMatch(
    /^InvalidInputError: Cannot restore an optimizer: /,
  );
  expect(weights(other)).toEqual(before);
  expect(await refusal(() => checkpointFromBytes(bytes, { model: new Linear(3, 2) }))).toMatch(
    /^InvalidInputError: Cannot load a state dict: its names and shapes must be those of the module, received 2 missing/,
  );
  expect(await refusal(() => checkpointFromBytes(bytes, { ...other, scheduler: other.optimizer }))).toBe(
    "InvalidInputError: Cannot load a checkpoint: the file must hold the state of 'scheduler', received ['optimizer', 'loader']",
  );
});

test('a damaged checkpoint is refused by a sentence, wherever it is cut or changed', async () => {
  const run = makeRun(1);
  const bytes = await train(run, 1);
  const before = weights(run);
  for (let length = 0; length < bytes.length; length += 97) {
    expect(await refusal(() => checkpointFromBytes(bytes.slice(0, length), run)), `${length}`).toMatch(
      /^InvalidFileError: /,
    );
  }
  expect(weights(run)).toEqual(before);
});
