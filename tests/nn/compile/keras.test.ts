/** Courses of Keras 3's compile and fit from the same weights and data: make_keras_goldens.py. */
import { expect, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import {
  apply,
  compile,
  input,
  Linear,
  type LossName,
  type MetricName,
  type Module,
  model,
  type NestedNumbers,
  type OptimizerName,
  Sequential,
  Sigmoid,
  Softmax,
  softmax,
  Tanh,
  type Tensor,
  tanh,
  tensor,
} from '../../../src/nn/index.ts';
import goldens from './keras.json' with { type: 'json' };

const LOSSES: Readonly<Record<string, LossName>> = {
  binary_crossentropy: 'binaryCrossentropy',
  categorical_crossentropy: 'categoricalCrossentropy',
  sparse_categorical_crossentropy: 'sparseCategoricalCrossentropy',
};
const ACTIVATIONS: Readonly<Record<string, () => Module>> = {
  sigmoid: () => new Sigmoid(),
  softmax: () => new Softmax(),
};
/** Their names of arguments in ours. */
const camelled = (options: object) =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [camelCase(name), value]));
const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const BATCHES = { batchSize: 8, shuffle: false, epochs: 4 };

/** A layer with the weights and the bias of a golden. */
function dense([weight, bias]: readonly NestedNumbers[]): Linear {
  const state = { weight: tensor(weight!), bias: tensor(bias!) };
  const layer = new Linear(state.weight.shape[1]!, state.weight.shape[0]!);
  layer.loadStateDict(state);
  return layer;
}

/** Single precision keeps seven digits; over twelve steps one or two are lost. */
function expectClose(ours: ArrayLike<number>, theirs: readonly number[], what: string) {
  expect(ours.length, what).toBe(theirs.length);
  theirs.forEach((value, i) => {
    expect(Math.abs(ours[i]! - value), `${what}[${i}]: ${ours[i]} and ${value}`).toBeLessThan(
      3e-6 * Math.max(1, Math.abs(value)),
    );
  });
}

function expectCourse(
  values: Readonly<Record<string, readonly number[]>>,
  history: Readonly<Record<string, number[]>>,
) {
  expect(Object.keys(values).sort()).toEqual(Object.keys(history).sort());
  for (const [name, theirs] of Object.entries(history)) {
    // Where Keras leaves out an epoch that did not measure it, ours is NaN.
    const ours = values[name]!.filter(value => !Number.isNaN(value));
    expectClose(ours, theirs, name);
  }
}

const flat = (values: NestedNumbers) => [...tensor(values).data];

test.each(goldens.cases)('Keras: $optimizer, $loss', async golden => {
  const layers = golden.weights.map(dense);
  const activation = ACTIVATIONS[golden.activation ?? ''];
  const net = new Sequential(layers[0]!, new Tanh(), layers[1]!, ...(activation === undefined ? [] : [activation()]));
  const compiled = compile(net, {
    optimizer: golden.optimizer as OptimizerName,
    loss: LOSSES[golden.loss] ?? (golden.loss as LossName),
    metrics: golden.metrics as MetricName[],
  });
  const [x, y] = [tensor(golden.x), tensor(golden.y)];
  const held = { x: tensor(golden.held.x), y: tensor(golden.held.y) };
  const { values } = await compiled.fit({ x, y }, { ...BATCHES, validationData: held });
  expectCourse(values, golden.history);
  const last = layers.flatMap(({ weight, bias }) => [...weight.data, ...bias!.data]);
  expectClose(last, golden.last.flat().flatMap(flat), 'weights');
  expectClose((await compiled.predict({ x: held.x }, { batchSize: 4 })).data, flat(golden.predicted), 'predicted');
  const logs = await compiled.evaluate(held, { batchSize: 4 });
  for (const [name, value] of Object.entries(golden.evaluated)) expectClose([logs[name]!], [value], name);
});

test('Keras: two outputs with losses, weights and metrics of their own', async () => {
  const golden = goldens.two;
  const layers = golden.weights.map(dense);
  const x = input([3]);
  const hidden = apply(tanh, apply(layers[0]!, x));
  const net = model(x, { kind: apply(softmax, apply(layers[1]!, hidden)), size: apply(layers[2]!, hidden) });
  const compiled = compile(net, {
    optimizer: 'adam',
    loss: { kind: 'sparseCategoricalCrossentropy', size: 'mse' },
    lossWeights: { kind: 1, size: 0.25 },
    metrics: { kind: ['accuracy'], size: ['mae'] },
  });
  const both = ({ kind, size }: { kind: number[]; size: number[][] }) => ({ kind: tensor(kind), size: tensor(size) });
  const held = { x: tensor(golden.held.x), y: both(golden.held.y) };
  const data: { x: Tensor; y: { kind: Tensor; size: Tensor } } = { x: tensor(golden.x), y: both(golden.y) };
  const { values } = await compiled.fit(data, { ...BATCHES, validationData: held });
  expectCourse(values, golden.history);
  const predicted = await compiled.predict({ x: held.x }, { batchSize: 4 });
  expectClose(predicted.kind.data, flat(golden.predicted.kind), 'kind');
  expectClose(predicted.size.data, flat(golden.predicted.size), 'size');
});

interface Arrays {
  readonly x: NestedNumbers;
  readonly y: NestedNumbers;
  readonly sample_weight?: NestedNumbers;
}

/** Drawn data, with the weights of samples where they have some. */
function weighted({ x, y, sample_weight }: Arrays) {
  const data = { x: tensor(x), y: tensor(y) };
  return sample_weight === undefined ? data : { ...data, sampleWeight: tensor(sample_weight) };
}

test.each(goldens.arguments)('Keras, arguments of fit: $title', async golden => {
  const layers = golden.weights.map(dense);
  const activation = ACTIVATIONS[golden.activation ?? ''];
  const net = new Sequential(layers[0]!, new Tanh(), layers[1]!, ...(activation === undefined ? [] : [activation()]));
  const compiled = compile(net, {
    optimizer: 'adam',
    loss: LOSSES[golden.loss] ?? (golden.loss as LossName),
    metrics: golden.metrics as MetricName[],
    weightedMetrics: (golden.weighted_metrics ?? []) as MetricName[],
  });
  const data = weighted(golden.data as Arrays);
  const held = golden.held === null ? undefined : weighted(golden.held as Arrays);
  const options = { ...camelled(golden.fit), shuffle: false, validationData: held };
  const { result, warnings } = await captureWarnings(() => compiled.fit(data, options));
  expectCourse(result.values, golden.history as Readonly<Record<string, number[]>>);
  const last = layers.flatMap(({ weight, bias }) => [...weight.data, ...bias!.data]);
  expectClose(last, golden.last.flat().flatMap(flat), 'weights');
  const seen = held ?? data;
  const ofTwo = { batchSize: 4, steps: 2 };
  expectClose((await compiled.predict(seen, ofTwo)).data, flat(golden.predicted as NestedNumbers), 'predicted');
  const logs = await compiled.evaluate(seen, ofTwo);
  expect(Object.keys(logs).sort()).toEqual(Object.keys(golden.evaluated).sort());
  for (const [name, value] of Object.entries(golden.evaluated)) expectClose([logs[name]!], [value], name);
  expect(warnings.length > 0).toBe(golden.title.includes('Epoch that go on') || golden.title.startsWith('more'));
});

test.each(goldens.two_arguments)('Keras, arguments of fit: $title', async golden => {
  const layers = golden.weights.map(dense);
  const x = input([3]);
  const hidden = apply(tanh, apply(layers[0]!, x));
  const net = model(x, { kind: apply(softmax, apply(layers[1]!, hidden)), size: apply(layers[2]!, hidden) });
  const compiled = compile(net, {
    optimizer: 'adam',
    loss: { kind: 'sparseCategoricalCrossentropy', size: 'mse' },
    lossWeights: { kind: 1, size: 0.25 },
    metrics: { kind: ['accuracy'], size: [] },
    weightedMetrics: { kind: ['accuracy'], size: ['mae'] },
  });
  const both = (given: { kind: NestedNumbers; size: NestedNumbers }) => ({
    kind: tensor(given.kind),
    size: tensor(given.size),
  });
  const batch = ({ x, y, sample_weight }: typeof golden.data) => ({
    ...{ x: tensor(x), y: both(y) },
    sampleWeight: 'kind' in sample_weight ? both(sample_weight) : tensor(sample_weight),
  });
  const held = batch(golden.held);
  const { values } = await compiled.fit(batch(golden.data), { ...BATCHES, validationData: held });
  expectCourse(values, golden.history);
  const logs = await compiled.evaluate(held, { batchSize: 4, steps: 2 });
  for (const [name, value] of Object.entries(golden.evaluated)) expectClose([logs[name]!], [value], name);
});
