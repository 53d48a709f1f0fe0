/** Epochs and evaluations of so many batches, and epochs without validation. */
import { expect, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import { Linear, mse, Optimizer, sgd, type Tensor, Trainer, tensor } from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const batchOf = (value: number) => ({ x: tensor([[value]]), y: tensor([[value]]) });

/** A trainer, and the batches that it saw. */
function watched() {
  const seen: number[] = [];
  const model = new Linear(1, 1, { randomState: 0 });
  const loss = (output: Tensor, target: Tensor) => {
    seen.push(target.item());
    return mse(output, target);
  };
  return { seen, trainer: new Trainer(model, { optimizer: new Optimizer(model.parameters(), sgd({ lr: 0 })), loss }) };
}

test('stepsPerEpoch trains on a source without end, which is told when it is left', async () => {
  const { seen, trainer } = watched();
  let isClosed = false;
  function* endless() {
    try {
      for (let i = 0; ; i++) yield batchOf(i);
    } finally {
      isClosed = true;
    }
  }
  const { epochs } = await trainer.fit(endless(), { epochs: 3, stepsPerEpoch: 2 });
  expect(epochs).toEqual([0, 1, 2]);
  expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  expect(isClosed).toBe(true);
});

test('an epoch within which the source ends is shorter, with a warning, and the next one begins anew', async () => {
  const { seen, trainer } = watched();
  const list = [0, 1, 2].map(batchOf);
  const { warnings } = await captureWarnings(() => trainer.fit(list, { epochs: 4, stepsPerEpoch: 2 }));
  expect(seen).toEqual([0, 1, 2, 0, 1, 2]);
  expect(warnings.map(({ source, message }) => `${source}: ${message}`)).toEqual([
    'Trainer: the data ended after 1 of 2 steps',
    'Trainer: the data ended after 1 of 2 steps',
  ]);
});

test('validationSteps and steps look at the first batches, each time', async () => {
  const { seen, trainer } = watched();
  const validationData = [10, 11, 12].map(batchOf);
  await trainer.fit([batchOf(0)], { epochs: 2, validationData, validationSteps: 2 });
  expect(seen).toEqual([0, 10, 11, 0, 10, 11]);
  expect((await trainer.predict(validationData, { steps: 2 })).shape).toEqual([2, 1]);
});

test('validationFreq counts epochs from 1, also those of an earlier training', async () => {
  const validated = async (validationFreq: number | number[], initialEpoch = 0) => {
    const { values } = await watched().trainer.fit([batchOf(1)], {
      ...{ epochs: 5, initialEpoch, validationFreq },
      validationData: [batchOf(1)],
    });
    return values.val_loss!.map(value => !Number.isNaN(value));
  };
  expect(await validated(2)).toEqual([false, true, false, true, false]);
  expect(await validated(2, 3)).toEqual([true, false]);
  expect(await validated([1, 4])).toEqual([true, false, false, true, false]);
});

test('steps and frequencies that are no counts are refused by sentences', async () => {
  const refused = (options: object) => refusal(() => watched().trainer.fit([batchOf(0)], options));
  expect(await refused({ stepsPerEpoch: 0 })).toBe(
    'InvalidParamError: Cannot train: stepsPerEpoch must be a whole number >= 1, received 0',
  );
  expect(await refused({ validationSteps: 1.5 })).toContain(
    'validationSteps must be a whole number >= 1, received 1.5',
  );
  for (const validationFreq of [0, '2', [1, 0]]) {
    expect(await refused({ validationFreq })).toContain(
      'Cannot train: validationFreq must be a whole number >= 1, or a list of them, received ',
    );
  }
  expect(await refusal(() => watched().trainer.evaluate([batchOf(0)], { steps: -1 }))).toBe(
    'InvalidParamError: Cannot run a model: steps must be a whole number >= 1, received -1',
  );
});
