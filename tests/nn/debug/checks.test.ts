import { expect, test } from 'vitest';
import {
  adam,
  BatchNorm1d,
  crossEntropy,
  Dropout,
  gradientFlow,
  Linear,
  memoryReport,
  mse,
  mul,
  Optimizer,
  overfitOneBatch,
  Parameter,
  ReLU,
  randn,
  reshape,
  Sequential,
  sum,
  tensor,
  zeros,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const batch = { x: randn([8, 2], 1), y: tensor([0, 1, 1, 0, 1, 0, 0, 1]) };

function classifier(width: number) {
  return new Sequential(
    new Linear(2, width, { randomState: 0 }),
    new BatchNorm1d(width),
    new ReLU(),
    new Dropout(0.1, { randomState: 0 }),
    new Linear(width, 2, { randomState: 1 }),
  );
}

test('overfitOneBatch: a wide network learns a batch by heart, a constant target with two values nobody does', async () => {
  const { isLearned, losses } = await overfitOneBatch(classifier(32), batch, { loss: crossEntropy });
  expect([isLearned, losses.length]).toEqual([true, 200]);
  const contradiction = {
    x: tensor([
      [1, 1],
      [1, 1],
    ]),
    y: tensor([0, 1]),
  };
  const failed = await overfitOneBatch(classifier(32), contradiction, { loss: crossEntropy, steps: 50 });
  expect(failed.isLearned).toBe(false);
  expect(failed.losses.at(-1)).toBeGreaterThan(0.5);
});

test('overfitOneBatch leaves values, statistics, generators, gradients and modes as they were', async () => {
  const model = classifier(4);
  crossEntropy(model.forward(batch.x), batch.y).backward();
  model.eval();
  model.at(0)!.train();
  const snapshot = () => [
    Object.values(model.stateDict()).map(({ data }) => [...data]),
    model.namedGenerators().map(([, generator]) => generator.getState()),
    model.parameters().map(({ grad }) => [...grad!.data]),
    [...model.namedModules()].map(([, { training }]) => training),
  ];
  const before = snapshot();
  await overfitOneBatch(model, batch, { loss: crossEntropy, steps: 3 });
  expect(snapshot()).toEqual(before);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(overfitOneBatch(model, batch, { loss: crossEntropy, signal })).rejects.toThrow('enough');
  expect(snapshot()).toEqual(before);
});

test('overfitOneBatch refuses options that are wrong', async () => {
  const run = (options: object) =>
    refusal(() => overfitOneBatch(classifier(2), batch, { loss: crossEntropy, ...options }));
  expect(await run({ steps: 0 })).toContain('Cannot make overfitOneBatch: steps must be an integer >= 1, received 0');
  expect(await run({ rule: 'adam' })).toContain("rule must be a rule, such as adam(), received 'adam'");
  expect(await run({ epochs: 3 })).toContain("received 'epochs'");
});

test('gradientFlow: fine, missing, dead, vanishing, exploding and not finite', () => {
  const model = new Sequential(...Array.from({ length: 6 }, () => new Linear(1, 2, { bias: false })));
  const weights = model.parameters();
  const gradients = [[3, 4], null, [0, 0], [1e-9, 0], [0, 2e4], [NaN, 1]];
  weights.forEach((weight, i) => {
    weight.grad = gradients[i] ? tensor(gradients[i].map(value => [value])) : null;
  });
  const rows = gradientFlow(model);
  expect(rows.map(({ verdict }) => verdict)).toEqual(['fine', 'none', 'dead', 'vanishing', 'exploding', 'not finite']);
  expect(rows[0]).toEqual({ name: '0.weight', verdict: 'fine', rms: Math.sqrt(12.5), largest: 4, zeros: 0 });
  expect(rows[3]!.zeros).toBe(0.5);
  expect(gradientFlow(model, { vanishing: 5 })[0]!.verdict).toBe('vanishing');
  expect(() => gradientFlow(model, { exploding: 0 })).toThrow('exploding must be a number > 0, received 0');
});

test('memoryReport: parameters, statistics, gradients and two moments of Adam, 4 bytes each', () => {
  const model = new Sequential(new Linear(3, 5), new BatchNorm1d(5), new Linear(5, 1, { bias: false }));
  const optimizer = new Optimizer(model.parameters(), adam());
  expect(memoryReport(model)).toMatchObject({
    parameters: 4 * 35,
    buffers: 4 * 11,
    gradients: 0,
    optimizer: 0,
    saved: 0,
  });
  sum(model.forward(randn([4, 3], 0))).backward();
  const report = memoryReport(model, { optimizer });
  expect(report).toMatchObject({ gradients: 4 * 35, optimizer: 2 * 4 * 35 });
  expect(report.total).toBe(4 * (35 + 11 + 35 + 70));
});

test('memoryReport: what the tape keeps, by module and operation; what two keep counts once, parameters not at all', () => {
  const model = new Sequential(new Linear(2, 3), new ReLU(), new Sequential(new Linear(3, 1), new Dropout(0.5)));
  const y = zeros([4, 1]);
  const { savedBy, saved } = memoryReport(model, { run: () => mse(model.forward(randn([4, 2], 0)), y) });
  expect(savedBy).toEqual([
    { module: '0', operation: 'linear', bytes: 4 * 8 }, // x
    { module: '1', operation: 'relu', bytes: 4 * 12 }, // its result, which the next layer keeps too
    { module: '2.1', operation: 'dropout', bytes: 4 * 4 }, // the factors
    // The square keeps the difference; the mean the sum and 1/n.
    { module: null, operation: 'square', bytes: 4 * 4 },
    { module: null, operation: 'mul', bytes: 2 * 4 },
  ]);
  expect(saved).toBe(32 + 48 + 16 + 16 + 8);
});

test('memoryReport: views of one array count once', () => {
  const model = new ReLU();
  const w = new Parameter(randn([6], 0));
  const { saved } = memoryReport(model, { run: () => mul(reshape(mul(w, w), [2, 3]), reshape(mul(w, w), [2, 3])) });
  expect(saved).toBe(3 * 4 * 6);
});
