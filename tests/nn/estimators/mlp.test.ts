import { expect, test } from 'vitest';
import { captureWarnings, fromBytes, Matrix, MLPClassifier, MLPRegressor, Ridge, toBytes } from '../../../src/index.ts';
import { lossGradient, type Network } from '../../../src/nn/estimators/mlp/backprop.ts';
import { Layout } from '../../../src/nn/estimators/mlp/layout.ts';
import { batchWorkspace, OrdinaryWorkspace, type Workspace } from '../../../src/nn/estimators/mlp/workspace.ts';
import { RandomState } from '../../../src/random/index.ts';
import { runSync } from '../../../src/work/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const random = new RandomState(5);
const X = new Matrix(random.standardNormal(60), 20, 3);
const numbers = Float64Array.from({ length: 20 }, (_, i) => 2 * X.get(i, 0) - X.get(i, 1) + 1);
const labels = Array.from(numbers, value => (value > 1 ? 'high' : 'low'));

test('Layout: 3 inputs, 4 hidden units and 2 outputs have 3 * 4 + 4 * 2 weights and 4 + 2 biases', () => {
  const layout = new Layout([3, 4, 2]);
  expect([layout.nWeights, layout.length]).toEqual([20, 26]);
  const params = Float64Array.from({ length: 26 }, (_, i) => i);
  expect(layout.weights(params, 1).toArray()).toEqual([12, 14, 16, 18].map(first => [first, first + 1]));
  expect([...layout.biases(params, 1)]).toEqual([24, 25]);
});

const NETWORKS: readonly (readonly [Network['hidden'], Network['output'], Network['loss']])[] = [
  ['relu', 'identity', 'squaredError'],
  ['tanh', 'softmax', 'logLoss'],
  ['logistic', 'logistic', 'binaryLogLoss'],
  ['identity', 'exp', 'poisson'],
];

for (const [hidden, output, loss] of NETWORKS) {
  test(`lossGradient: ${loss} through ${hidden} and ${output} has the slopes of finite differences`, () => {
    // The gradient of the squared error is that of the sum over the outputs, its value the mean: one output agrees.
    const outputs = output === 'softmax' ? 3 : 1;
    const layout = new Layout([3, 4, outputs]);
    const network: Network = { layout, hidden, output, loss, alpha: 0.3 };
    const params = new RandomState(1).uniform(-1, 1, layout.length);
    const Y = Matrix.zeros(20, outputs);
    for (let i = 0; i < 20; i++) Y.set(i, i % outputs, outputs === 1 ? i % 2 : 1);
    const weights = Float64Array.from({ length: 20 }, (_, i) => 1 + (i % 3));
    const at = (point: Float64Array, gradient = new Float64Array(layout.length)) =>
      runSync(lossGradient(network, point, { X, Y, weights }, gradient, new OrdinaryWorkspace()));
    const gradient = new Float64Array(layout.length);
    at(params, gradient);
    const h = 1e-6;
    const slopes = gradient.map((_, k) => {
      const [up, down] = [params.slice(), params.slice()];
      up[k]! += h;
      down[k]! -= h;
      return (at(up) - at(down)) / (2 * h);
    });
    slopes.forEach((slope, k) => {
      expect(gradient[k]).toBeCloseTo(slope, 7);
    });
  });
}

test('batchWorkspace: small networks compute where kernels do, to the same bits as in ordinary memory', () => {
  const shapes = [
    { sizes: [3, 5, 4, 3], rows: 7 },
    { sizes: [1, 1, 1], rows: 1 },
    { sizes: [64, 33, 10], rows: 50 },
    { sizes: [300, 7], rows: 9 },
  ];
  for (const { sizes, rows } of shapes) {
    const layout = new Layout(sizes);
    const network: Network = { layout, hidden: 'relu', output: 'softmax', loss: 'logLoss', alpha: 0.3 };
    const descend = (workspace: Workspace) => {
      const draw = new RandomState(1);
      const take = (name: string, count: number, columns: number) => {
        const matrix = workspace.take(name, count, columns);
        matrix.data.set(draw.uniform(-1, 1, matrix.data.length));
        return matrix;
      };
      const [params, gradient] = [workspace.zeros(layout.length), workspace.zeros(layout.length)];
      const [mean, square] = [workspace.zeros(layout.length), workspace.zeros(layout.length)];
      params.set(draw.uniform(-1, 1, params.length));
      const losses = [rows, Math.ceil(rows / 2)].map(count => {
        const batch = { X: take('X', count, sizes[0]!), Y: take('Y', count, sizes.at(-1)!), weights: undefined };
        const loss = runSync(lossGradient(network, params, batch, gradient, workspace));
        const factors = { beta1: 0.9, beta2: 0.999, rate: 0.1, epsilon: 1e-8 };
        runSync(workspace.descend({ params, gradient, mean, square }, factors));
        return loss;
      });
      const results = [losses, ...[params, gradient, mean, square].map(values => [...values])];
      workspace.close();
      return results;
    };
    const resident = batchWorkspace(layout, rows);
    expect(resident).not.toBeInstanceOf(OrdinaryWorkspace);
    expect(descend(resident)).toEqual(descend(new OrdinaryWorkspace()));
  }
  expect(batchWorkspace(new Layout([1000, 3000]), 10)).toBeInstanceOf(OrdinaryWorkspace);
});

test('MLPRegressor without hidden layers is Ridge: alpha / 2n |w|² is the same penalty, over n', async () => {
  const params = {
    hiddenLayerSizes: [],
    solver: 'lbfgs',
    alpha: 2,
    tol: 1e-10,
    maxIter: 1000,
    randomState: 0,
  } as const;
  const network = await new MLPRegressor(params).fit(X, numbers);
  const ridge = await new Ridge({ alpha: 2 }).fit(X, numbers);
  expect([...network.coefs_[0]!.data].map(w => w.toFixed(5))).toEqual(
    [...(ridge.coef_ as Float64Array)].map(w => w.toFixed(5)),
  );
});

test('MLPClassifier learns what no line can tell apart', async () => {
  const corners = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const model = await new MLPClassifier({ hiddenLayerSizes: 5, solver: 'lbfgs', randomState: 1 }).fit(corners, [
    'same',
    'other',
    'other',
    'same',
  ]);
  expect(await model.predict(corners)).toEqual(['same', 'other', 'other', 'same']);
});

test('partialFit goes on: two calls on all samples are the two epochs of one fit without shuffling', async () => {
  const params = { shuffle: false, maxIter: 2, randomState: 3 } as const;
  const whole = new MLPClassifier(params);
  await captureWarnings(() => whole.fit(X, labels));
  const parts = new MLPClassifier(params);
  await parts.partialFit(X, labels, { classes: ['high', 'low'] });
  const copy = await fromBytes<MLPClassifier>(toBytes(parts));
  for (const model of [parts, copy]) {
    await model.partialFit(X, labels);
    expect(model.coefs_).toEqual(whole.coefs_);
    expect(model.lossCurve_).toEqual(whole.lossCurve_);
  }
});

test('warmStartFrom goes on from the weights, and leaves the model gone on from as it was', async () => {
  const model = new MLPRegressor({ maxIter: 3, randomState: 0 });
  await captureWarnings(async () => {
    await model.fit(X, numbers);
    const before = model.coefs_;
    const more = await model.clone().fit(X, numbers, { warmStartFrom: model });
    expect(model.coefs_).toEqual(before);
    expect(more.lossCurve_.length).toBe(6);
    expect(more.lossCurve_[3]).toBeLessThan(more.lossCurve_[0]!);
  });
});

test('early stopping keeps the weights of the best validation score', async () => {
  const model = new MLPClassifier({ earlyStopping: true, validationFraction: 0.3, maxIter: 30, randomState: 0 });
  const { result } = await captureWarnings(() => model.fit(X, labels));
  expect(result.bestValidationScore_).toBe(Math.max(...result.validationScores_!));
  expect(result.bestLoss_).toBeNull();
});

test('several labels per sample: predictions are rows of 0 and 1, probabilities one matrix per label', async () => {
  const indicator = labels.map((label, i) => [label === 'high' ? 1 : 0, i % 2]);
  const model = await new MLPClassifier({ solver: 'lbfgs', randomState: 0, maxIter: 500 }).fit(X, indicator);
  expect((await model.predict(X)).map(row => row[0])).toEqual(indicator.map(row => row[0]));
  const probabilities = await model.predictProba(X);
  expect(probabilities.map(({ rows, columns }) => [rows, columns])).toEqual([
    [20, 2],
    [20, 2],
  ]);
});

const REFUSALS: readonly (readonly [string, () => Promise<unknown>, string])[] = [
  [
    'one class',
    () => new MLPClassifier().fit(X, new Array(20).fill('a')),
    'InvalidInputError: Cannot fit MLPClassifier: y must have at least 2 classes, received 1 class',
  ],
  [
    'columns of other labels',
    () =>
      new MLPClassifier().fit(
        X,
        labels.map((_, i) => [i % 3, 1]),
      ),
    'InvalidInputError: Cannot fit MLPClassifier: a y of several columns must hold 0 and 1, or false and true, received 2',
  ],
  [
    'partialFit by lbfgs',
    () => new MLPClassifier({ solver: 'lbfgs' }).partialFit(X, labels, { classes: ['high', 'low'] }),
    "UnsupportedError: Cannot fit MLPClassifier: solver must be 'sgd' or 'adam' for partialFit, received 'lbfgs'",
  ],
  [
    'partialFit with early stopping',
    () => new MLPRegressor({ earlyStopping: true }).partialFit(X, numbers),
    'UnsupportedError: Cannot fit MLPRegressor: earlyStopping must be false for partialFit, received true',
  ],
  [
    'negative counts',
    () =>
      new MLPRegressor({ loss: 'poisson' }).fit(
        X,
        numbers.map(value => -Math.abs(value)),
      ),
    "InvalidInputError: Cannot fit MLPRegressor: y must be >= 0 for loss 'poisson', received",
  ],
  [
    'too few samples to hold out',
    () => new MLPRegressor({ earlyStopping: true, validationFraction: 0.01 }).fit(X, numbers),
    'InvalidInputError: Cannot fit MLPRegressor: earlyStopping must hold out >= 2 samples, received 1; raise validationFraction, or pass more samples',
  ],
  [
    'steps that overflow',
    () => new MLPRegressor({ solver: 'sgd', learningRateInit: 1e10, randomState: 0 }).fit(X, numbers),
    'InvalidInputError: Cannot fit MLPRegressor: the weights must stay finite, received an overflow; scale X, e.g. with StandardScaler, or lower learningRateInit',
  ],
  [
    'no units',
    async () => new MLPRegressor({ hiddenLayerSizes: [3, 0] }),
    'InvalidParamError: Cannot make MLPRegressor: hiddenLayerSizes must be a list, each an integer >= 1 or an integer >= 1, received [3, 0]',
  ],
];

for (const [what, run, sentence] of REFUSALS) {
  test(`the perceptrons refuse ${what}`, async () => {
    const { result } = await captureWarnings(() => refusal(run));
    expect(result).toContain(sentence);
  });
}

test('MLPRegressor: sizes of layers in a typed array are those of a list', async () => {
  const fitted = async (hiddenLayerSizes: number[]) => {
    const model = await new MLPRegressor({ hiddenLayerSizes, maxIter: 2, randomState: 0 }).fit(X, numbers);
    return await model.predict(X);
  };
  const typed = Uint8Array.of(3, 2) as ArrayLike<number> as number[];
  expect((await captureWarnings(() => fitted(typed))).result).toEqual(
    (await captureWarnings(() => fitted([3, 2]))).result,
  );
});
