import { expect, test } from 'vitest';
import { compile, type FitOptions, Linear, mse, randn, type Tensor, tensor } from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const positions = tensor(Array.from({ length: 10 }, (_, i) => [i]));
const data = { x: randn([10, 2], 1), y: positions };

/** The positions of the samples that the loss saw in training, and then in validation, batch by batch. */
function watched() {
  const seen: number[][] = [];
  const net = new Linear(2, 1, { randomState: 0 });
  const loss = (output: Tensor, target: Tensor) => {
    seen.push([...target.data]);
    return mse(output, target);
  };
  return { seen, compiled: compile(net, { loss }) };
}

test('validationSplit keeps the last samples, whatever the order of training', async () => {
  const { seen, compiled } = watched();
  await compiled.fit(data, { validationSplit: 0.25, validationBatchSize: 2, batchSize: 7, randomState: 1 });
  // 7.5 samples are too many to train on.
  expect(seen[0]).not.toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(seen.map(batch => [...batch].sort())).toEqual([[0, 1, 2, 3, 4, 5, 6], [7, 8], [9]]);
});

test('stepsPerEpoch goes on where it stopped, and chooses how large batches are where nobody does', async () => {
  const { seen, compiled } = watched();
  const { values } = await compiled.fit(data, { stepsPerEpoch: 2, batchSize: 5, shuffle: false, epochs: 2 });
  expect(values.loss).toHaveLength(2);
  await compiled.fit(data, { stepsPerEpoch: 1, batchSize: 5, shuffle: false, epochs: 3 });
  const [low, high] = [
    [0, 1, 2, 3, 4],
    [5, 6, 7, 8, 9],
  ];
  expect(seen).toEqual([low, high, low, high, low, high, low]);
  await compiled.fit(data, { stepsPerEpoch: 4, shuffle: false });
  expect(seen.slice(7).map(batch => batch.length)).toEqual([3, 3, 3, 1]);
});

test('evaluate and predict look at the first steps alone', async () => {
  const { seen, compiled } = watched();
  await compiled.evaluate(data, { steps: 1, batchSize: 3 });
  await compiled.evaluate(data, { steps: 5 });
  expect(seen).toEqual([
    [0, 1, 2],
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
    [8, 9],
  ]);
  expect((await compiled.predict(data, { steps: 2, batchSize: 3 })).shape).toEqual([6, 1]);
});

test('arguments that do not fit are refused by sentences', async () => {
  const { compiled } = watched();
  const refused = (options: object, given: Parameters<typeof compiled.fit>[0] = data) =>
    refusal(() => compiled.fit(given, options as FitOptions));
  for (const validationSplit of [0, 1, -0.5, Number.NaN, 'half']) {
    expect(await refused({ validationSplit })).toContain(
      'InvalidParamError: Cannot make a split for validation: validationSplit must be a share between 0 and 1, both exclusive, received ',
    );
  }
  expect(await refused({ validationSplit: 0.95 })).toBe(
    'InvalidParamError: Cannot split data for validation: validationSplit must leave samples on both sides, received 0.95 of 10',
  );
  expect(await refused({ validationSplit: 0.5 }, [data])).toBe(
    'InvalidParamError: Cannot split data for validation: validationSplit must be left out where the data come in batches, received both',
  );
  expect(await refused({ validationSplit: 0.5, validationData: data })).toBe(
    'InvalidParamError: Cannot train a compiled model: validationSplit must be left out where there are validationData, received both',
  );
  expect(await refused({ validationData: [data], validationBatchSize: 2 })).toContain(
    'batchSize must be left out where the data come in batches, received both',
  );
  expect(await refused({ stepsPerEpoch: 0 })).toBe(
    'InvalidParamError: Cannot train: stepsPerEpoch must be a whole number >= 1, received 0',
  );
  expect(await refused({ sampleWeight: positions })).toContain(
    'InvalidParamError: Cannot train a compiled model: options must be among epochs, initialEpoch, stepsPerEpoch, batchSize,',
  );
  expect(await refusal(() => compiled.evaluate(data, { verbose: 1 } as object))).toBe(
    "InvalidParamError: Cannot evaluate a compiled model: options must be among batchSize, steps, signal, onProgress, received 'verbose'",
  );
  expect(await refusal(() => compiled.predict(data, { steps: 0 }))).toBe(
    'InvalidParamError: Cannot predict with a compiled model: steps must be a whole number >= 1, received 0',
  );
});
