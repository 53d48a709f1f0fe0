/** Wrong options of rules, schedules, layers and callbacks, refused by whole sentences where they are made. */
import { expect, test } from 'vitest';
import * as nn from '../../src/nn/index.ts';
import { refusal } from '../helpers/refusal.ts';

const makeOptimizer = () => new nn.Optimizer([nn.zeros([1], { requiresGrad: true })], nn.sgd());
const never = (value: unknown) => value as never;

const REFUSED: Readonly<Record<string, readonly [make: () => unknown, sentence: string]>> = {
  'adam, lr': [() => nn.adam({ lr: NaN }), 'adam: lr must be a number >= 0, received NaN'],
  'adam, betas': [
    () => nn.adam({ betas: [1, 0.9] }),
    'adam: betas must be two numbers >= 0 and < 1, received [1, 0.9]',
  ],
  'adamw, an unknown name': [
    () => nn.adamw(never({ weightDecy: 0.1 })),
    "adamw: parameter names must be among lr, betas, eps, weightDecay, received 'weightDecy'; did you mean 'weightDecay'?",
  ],
  sgd: [() => nn.sgd({ momentum: -1 }), 'sgd: momentum must be a number >= 0, received -1'],
  'sgd, nesterov alone': [
    () => nn.sgd({ nesterov: true, dampening: 0.5 }),
    'sgd: nesterov needs momentum > 0 and dampening 0, received 0 and 0.5',
  ],
  rmsprop: [() => nn.rmsprop({ alpha: 3 }), 'rmsprop: alpha must be a number >= 0 and <= 1, received 3'],
  adagrad: [() => nn.adagrad({ eps: -1 }), 'adagrad: eps must be a number >= 0, received -1'],
  lion: [() => nn.lion({ lr: never('fast') }), "lion: lr must be a number >= 0, received 'fast'"],
  clipByNorm: [() => nn.clipByNorm(-1), 'clipByNorm: maxNorm must be a number >= 0, received -1'],
  clipByValue: [() => nn.clipByValue(NaN), 'clipByValue: limit must be a number >= 0, received NaN'],
  clipGradNorm: [() => nn.clipGradNorm([], -1), 'clipGradNorm: maxNorm must be a number >= 0, received -1'],
  MovingAverage: [
    () => new nn.MovingAverage(new nn.Linear(1, 1), 2),
    'MovingAverage: decay must be a number >= 0 and <= 1, received 2',
  ],
  stepDecay: [() => nn.stepDecay({ stepSize: 0 }), 'stepDecay: stepSize must be an integer >= 1, received 0'],
  'stepDecay without a size': [
    () => nn.stepDecay(never({})),
    'stepDecay: stepSize must be an integer >= 1, received undefined',
  ],
  multiStepDecay: [
    () => nn.multiStepDecay({ milestones: [1.5] }),
    'multiStepDecay: milestones must be a list, each an integer >= 0, received [1.5]',
  ],
  exponentialDecay: [() => nn.exponentialDecay(NaN), 'exponentialDecay: gamma must be a number >= 0, received NaN'],
  cosineDecay: [() => nn.cosineDecay({ steps: 0 }), 'cosineDecay: steps must be an integer >= 1, received 0'],
  linearWarmUp: [
    () => nn.linearWarmUp({ startFactor: 0 }),
    'linearWarmUp: startFactor must be a number > 0 and <= 1, received 0',
  ],
  oneCycle: [
    () => nn.oneCycle({ maxLr: 1, totalSteps: 10, momentum: [0.9, 0.1] }),
    'oneCycle: momentum must be null or two numbers, the lower first, received [0.9, 0.1]',
  ],
  ReduceOnPlateau: [
    () => new nn.ReduceOnPlateau(makeOptimizer(), { factor: 1 }),
    'ReduceOnPlateau: factor must be a number >= 0 and < 1, received 1',
  ],
  EarlyStopping: [
    () => new nn.EarlyStopping({ patience: NaN }),
    'EarlyStopping: patience must be an integer >= 0, received NaN',
  ],
  ReduceLROnPlateau: [
    () => new nn.ReduceLROnPlateau({ cooldown: -1 }),
    'ReduceLROnPlateau: cooldown must be an integer >= 0, received -1',
  ],
  ModelCheckpoint: [
    () => new nn.ModelCheckpoint('x', { saveFreq: 0 }),
    "ModelCheckpoint: saveFreq must be 'epoch' or an integer >= 1, received 0",
  ],
  TensorBoard: [
    () => new nn.TensorBoard({ updateFreq: 0 }),
    "TensorBoard: updateFreq must be 'epoch' or an integer >= 1, received 0",
  ],
  CSVLogger: [
    () => new nn.CSVLogger('x', { append: never('yes') }),
    "CSVLogger: append must be true or false, received 'yes'",
  ],
  Linear: [() => new nn.Linear(2, 1, { bias: never(1) }), 'Linear: bias must be true or false, received 1'],
  Conv1d: [() => new nn.Conv1d(1, 1, never({})), 'Conv1d: kernelSize must be an integer >= 1, received undefined'],
  Conv2d: [
    () => new nn.Conv2d(1, 1, { kernelSize: 3, stride: [1, 0] }),
    'Conv2d: stride must be a whole number >= 1, or two of them, received [1, 0]',
  ],
  ConvTranspose2d: [
    () => new nn.ConvTranspose2d(1, 1, { kernelSize: 3, padding: -1 }),
    'ConvTranspose2d: padding must be a whole number >= 0, or two of them, received -1',
  ],
  BatchNorm1d: [
    () => new nn.BatchNorm1d(2, { momentum: 9 }),
    'a batch norm: momentum must be null or a number >= 0 and <= 1, received 9',
  ],
  LayerNorm: [() => new nn.LayerNorm(2, { eps: -1 }), 'LayerNorm: eps must be a number >= 0, received -1'],
  GroupNorm: [() => new nn.GroupNorm(2, 3), 'GroupNorm: groups must divide the channels (3), received 2'],
  Embedding: [
    () => new nn.Embedding(3, 2, { paddingIndex: 3 }),
    'Embedding: paddingIndex must be an integer >= 0 and <= 2, received 3',
  ],
  Dropout: [() => new nn.Dropout(2), 'Dropout: p must be a number >= 0 and <= 1, received 2'],
  RNN: [
    () => new nn.RNN(1, 1, { nonlinearity: never('sin') }),
    "RNN: nonlinearity must be one of ['tanh', 'relu'], received 'sin'",
  ],
  LSTM: [() => new nn.LSTM(1, 0), 'LSTM: hiddenSize must be an integer >= 1, received 0'],
  GRU: [() => new nn.GRU(1, 1, { numLayers: 0 }), 'GRU: numLayers must be an integer >= 1, received 0'],
  MultiheadAttention: [
    () => new nn.MultiheadAttention(8, 3),
    'MultiheadAttention: numHeads must divide embedDim (8), received 3',
  ],
  'MultiheadAttention, heads by name': [
    () => new nn.MultiheadAttention(8, never('2')),
    "MultiheadAttention: numHeads must be an integer >= 1, received '2'",
  ],
  'GroupNorm, a half': [() => new nn.GroupNorm(1.5, 3), 'GroupNorm: groups must be an integer >= 1, received 1.5'],
  'BatchNorm1d of nothing': [() => new nn.BatchNorm1d(0), 'a batch norm: channels must be an integer >= 1, received 0'],
  'Conv2d, groups that do not divide': [
    () => new nn.Conv2d(4, 3, { kernelSize: 1, groups: 2 }),
    'Conv2d: groups must divide the channels, 4 in and 3 out, received 2',
  ],
  'ConvTranspose2d, channels': [
    () => new nn.ConvTranspose2d(0, 3, { kernelSize: 1 }),
    'ConvTranspose2d: inChannels must be an integer >= 1, received 0',
  ],
  "Conv1d, 'same' with a stride": [
    () => new nn.Conv1d(1, 1, { kernelSize: 3, padding: 'same', stride: 2 }),
    "Conv1d: stride must be 1 where padding is 'same', received 2",
  ],
  'Conv2d, another padding': [
    () => new nn.Conv2d(1, 1, { kernelSize: 3, padding: never('full') }),
    "Conv2d: padding must be a whole number >= 0, or two of them or one of ['same', 'valid'], received 'full'",
  ],
  'MaxPool2d, an unknown name': [
    () => new nn.MaxPool2d(2, never({ ceil_mode: true })),
    "MaxPool2d: parameter names must be among stride, padding, ceilMode, dilation, received 'ceil_mode'; did you mean 'ceilMode'?",
  ],
  'MaxPool2d, a stride by its place': [
    () => new nn.MaxPool2d(2, never(2)),
    'MaxPool2d: parameters must be given as an object, received 2',
  ],
  AvgPool1d: [
    () => new nn.AvgPool1d(never(undefined)),
    'AvgPool1d: kernelSize must be an integer >= 1, received undefined',
  ],
  AdaptiveAvgPool2d: [
    () => new nn.AdaptiveAvgPool2d(0),
    'AdaptiveAvgPool2d: outputSize must be a whole number >= 1, or two of them, received 0',
  ],
  'GELU, by its place': [
    () => new nn.GELU(never('tanh')),
    "GELU: parameters must be given as an object, received 'tanh'",
  ],
  ELU: [() => new nn.ELU(NaN), 'ELU: alpha must be a number, received NaN'],
  Hardtanh: [() => new nn.Hardtanh(1, -1), 'Hardtanh: high must be a number > 1, received -1'],
  PReLU: [() => new nn.PReLU(0), 'PReLU: numParameters must be an integer >= 1, received 0'],
  'Sequential of a list': [
    () => new nn.Sequential(never([new nn.ReLU()])),
    'Sequential: its parts must be modules, received [ReLU]',
  ],
  'Sequential of nothing': [
    () => new nn.Sequential(new nn.ReLU(), never(undefined)),
    'Sequential: its parts must be modules, received undefined',
  ],
  'TransformerEncoder of a layer and a number': [
    () => new nn.TransformerEncoder(never(new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 1 }))),
    'TransformerEncoder: its parts must be a list of encoder layers, received TransformerEncoderLayer',
  ],
  'Optimizer of nothing': [
    () => new nn.Optimizer([], nn.sgd()),
    'an Optimizer: parameters must be a list of tensors, and not empty, received []',
  ],
  'Optimizer of a module': [
    () => new nn.Optimizer(never(new nn.Linear(1, 1)), nn.sgd()),
    'an Optimizer: parameters must be a list of tensors, and not empty, received Linear',
  ],
  'Optimizer, a name': [
    () => new nn.Optimizer(new nn.Linear(1, 1).parameters(), never('adam')),
    "an Optimizer: there must be a rule, such as adam(), received 'adam'",
  ],
  'Optimizer, a parameter in two groups': [
    () => {
      const parameters = new nn.Linear(1, 1).parameters();
      return new nn.Optimizer([
        { parameters, rule: nn.sgd() },
        { parameters, rule: nn.adam() },
      ]);
    },
    'an Optimizer: every parameter must be there once, received Parameter',
  ],
  'Optimizer of a result': [
    () => new nn.Optimizer([nn.mul(nn.zeros([1], { requiresGrad: true }), 2)], nn.sgd()),
    'an Optimizer: parameters must be no results of operations, received Tensor',
  ],
  'oneCycle that rises in no time': [
    () => nn.oneCycle({ maxLr: 1, totalSteps: 10, pctStart: 0.1 }),
    'oneCycle: pctStart must leave more than one step to rise in, or none, of totalSteps (10), received 0.1',
  ],
  'inSequence, milestones that fall': [
    () =>
      nn.inSequence(
        [1, 2, 3].map(() => nn.exponentialDecay(0.5)),
        [5, 3],
      ),
    'a schedule: milestones must be >= 0, and none less than the one before, received [5, 3]',
  ],
  LearningRateScheduler: [
    () => new nn.LearningRateScheduler(never(0.1)),
    'LearningRateScheduler: the schedule must be a function of the epoch and the rate, received 0.1',
  ],
  'Trainer, a rule': [
    () => new nn.Trainer(new nn.Linear(1, 1), { optimizer: never(nn.adam()), loss: nn.mse }),
    "a Trainer: optimizer must be an Optimizer, which binds a rule to parameters, received object with keys ['init', 'update', 'descend']",
  ],
  'Trainer, an unknown name': [
    () => new nn.Trainer(new nn.Linear(1, 1), never({ optimizer: makeOptimizer(), loss: nn.mse, acumulate: 3 })),
    "a Trainer: options must be among optimizer, loss, metrics, accumulate, scaler, scope, received 'acumulate'",
  ],
  'Trainer without a loss': [
    () => new nn.Trainer(new nn.Linear(1, 1), { optimizer: makeOptimizer(), loss: never('mse') }),
    "a Trainer: loss must be a function, received 'mse'",
  ],
  'uniform, an unknown name': [
    () => nn.uniform([1], never({ lo: 1 })),
    "uniform: parameter names must be among low, high, received 'lo'; did you mean 'low'?",
  ],
  'uniform, bounds': [() => nn.uniform([1], { low: 2, high: 1 }), 'uniform: high must be >= low (2), received 1'],
  'normal, deviation': [
    () => nn.normal([1], { deviation: -1 }),
    'normal: deviation must be a number >= 0, received -1',
  ],
  truncatedNormal: [() => nn.truncatedNormal([1], { low: 3 }), 'truncatedNormal: high must be >= low (3), received 2'],
  'kaimingUniform, mode': [
    () => nn.kaimingUniform([2, 2], { mode: never('fan_in') }),
    "kaimingUniform: mode must be one of ['in', 'out'], received 'fan_in'",
  ],
  orthogonal: [() => nn.orthogonal([2, 2], { gain: NaN }), 'orthogonal: gain must be a number >= 0, received NaN'],
  gainOf: [
    () => nn.gainOf(never('gelu')),
    "a gain: activation must be one of ['linear', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'selu'], received 'gelu'",
  ],
  TransformerEncoderLayer: [
    () => new nn.TransformerEncoderLayer(8, 2, { activation: never('tanh') }),
    "TransformerEncoderLayer: activation must be one of ['relu', 'gelu'], received 'tanh'",
  ],
};

for (const [what, [make, sentence]] of Object.entries(REFUSED)) {
  test(`${what}: wrong options are refused`, async () => {
    expect(await refusal(make)).toBe(`InvalidParamError: Cannot make ${sentence}`);
  });
}

for (const shape of [[2, -1], [1.5], [NaN], 3]) {
  test(`tensors of shape ${JSON.stringify(shape)} are refused`, async () => {
    for (const make of [nn.zeros, nn.ones, nn.uniform, nn.normal]) {
      expect(await refusal(() => make(never(shape)))).toContain(
        'Cannot make a tensor: the shape must be a list of whole numbers >= 0',
      );
    }
  });
}
