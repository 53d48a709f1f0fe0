/** The benchmark's networks by TensorFlow.js's operations, on the weights that ours begin with. */
import type { Module, Tensor as Ours } from 'fitwise/nn';
import { type Body, body } from '../workload.ts';
import { type Backend, loadTensorFlow } from './tfjs.ts';

interface Tensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
}

type Axes = readonly number[];
type Map1 = (x: Tensor) => Tensor;
type Map2 = (a: Tensor, b: Tensor | number) => Tensor;

interface TensorFlow {
  tensor(values: Float32Array, shape: Axes): Tensor;
  tensor1d(values: readonly number[], type: 'int32'): Tensor;
  variable(tensor: Tensor): Tensor;
  oneHot(labels: Tensor, depth: number): Tensor;
  zeros(shape: Axes): Tensor;
  reshape(x: Tensor, shape: Axes): Tensor;
  transpose(x: Tensor, axes: Axes): Tensor;
  split(x: Tensor, parts: number, axis: number): readonly Tensor[];
  slice(x: Tensor, begin: Axes, size: Axes): Tensor;
  stack(tensors: readonly Tensor[], axis: number): Tensor;
  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  readonly add: Map2;
  readonly sub: Map2;
  readonly mul: Map2;
  readonly div: Map2;
  readonly relu: Map1;
  readonly sigmoid: Map1;
  readonly tanh: Map1;
  readonly softmax: Map1;
  readonly square: Map1;
  readonly sqrt: Map1;
  mean(x: Tensor, axis?: number, keepDims?: boolean): Tensor;
  conv2d(x: Tensor, filter: Tensor, strides: number, pad: 'same'): Tensor;
  maxPool(x: Tensor, size: number, strides: number, pad: 'valid'): Tensor;
  batchNorm(x: Tensor, mean: Tensor, variance: Tensor, offset: Tensor, scale: Tensor, epsilon: number): Tensor;
  tidy<T>(body: () => T): T;
  dispose(tensors: unknown): void;
  variableGrads(loss: () => Tensor, variables: readonly Tensor[]): unknown;
  readonly losses: { softmaxCrossEntropy(oneHot: Tensor, scores: Tensor): Tensor };
  readonly train: { adam(rate: number): { minimize(loss: () => Tensor): unknown } };
}

/** A network's function from samples to outputs; `w` gives a weight by its name in the state dict. */
export type Network = (tf: TensorFlow, w: (name: string) => Tensor) => Map1;

const denseOf =
  (...[tf, w]: Parameters<Network>) =>
  (x: Tensor, name: string): Tensor =>
    tf.add(tf.matMul(x, w(`${name}.weight`), false, true), w(`${name}.bias`));

export const mlp: Network = (tf, w) => {
  const dense = denseOf(tf, w);
  return x => dense(tf.relu(dense(tf.relu(dense(x, '0')), '2')), '4');
};

/** In evaluation; images and filters end with their channels. */
export const convNet: Network = (tf, w) => {
  const dense = denseOf(tf, w);
  const block = (conv: string, norm: string): Map1 => {
    const filter = tf.transpose(w(`${conv}.weight`), [2, 3, 1, 0]);
    const [mean, variance] = [w(`${norm}.running_mean`), w(`${norm}.running_var`)];
    return x => {
      const y = tf.add(tf.conv2d(x, filter, 1, 'same'), w(`${conv}.bias`));
      const normed = tf.batchNorm(y, mean, variance, w(`${norm}.bias`), w(`${norm}.weight`), 1e-5);
      return tf.maxPool(tf.relu(normed), 2, 2, 'valid');
    };
  };
  const [first, second] = [block('0', '1'), block('4', '5')];
  return images => {
    const features = second(first(tf.transpose(images, [0, 2, 3, 1])));
    const flat = tf.reshape(tf.transpose(features, [0, 3, 1, 2]), [images.shape[0]!, -1]);
    return dense(tf.relu(dense(flat, '9')), '12');
  };
};

const HEADS = 4;

export const encoderLayer: Network = (tf, w) => {
  const dense = denseOf(tf, w);
  const norm = (x: Tensor, name: string) => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const scale = tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), 1e-5));
    return tf.add(tf.mul(tf.div(centred, scale), w(`${name}.weight`)), w(`${name}.bias`));
  };
  return x => {
    const [batch, steps, width] = x.shape as [number, number, number];
    const perHead = width / HEADS;
    const rows = tf.reshape(x, [-1, width]);
    const all = tf.add(tf.matMul(rows, w('self_attn.in_proj_weight'), false, true), w('self_attn.in_proj_bias'));
    const [q, k, v] = tf
      .split(all, 3, 1)
      .map(part => tf.transpose(tf.reshape(part, [batch, steps, HEADS, perHead]), [0, 2, 1, 3])) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const attention = tf.softmax(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(perHead)));
    const seen = tf.reshape(tf.transpose(tf.matMul(attention, v), [0, 2, 1, 3]), [-1, width]);
    const attended = norm(tf.add(rows, dense(seen, 'self_attn.out_proj')), 'norm1');
    const fed = dense(tf.relu(dense(attended, 'linear1')), 'linear2');
    return tf.reshape(norm(tf.add(attended, fed), 'norm2'), x.shape);
  };
};

export const lstm: Network = (tf, w) => x => {
  const [batch, steps, width] = x.shape as [number, number, number];
  const size = w('weight_hh_l0').shape[1]!;
  const products = tf.matMul(tf.reshape(x, [-1, width]), w('weight_ih_l0'), false, true);
  const biased = tf.add(tf.add(products, w('bias_ih_l0')), w('bias_hh_l0'));
  const inputs = tf.reshape(biased, [batch, steps, 4 * size]);
  let [h, c] = [tf.zeros([batch, size]), tf.zeros([batch, size])];
  const outputs: Tensor[] = [];
  for (let t = 0; t < steps; t++) {
    const now = tf.reshape(tf.slice(inputs, [0, t, 0], [batch, 1, 4 * size]), [batch, 4 * size]);
    const gates = tf.split(tf.add(now, tf.matMul(h, w('weight_hh_l0'), false, true)), 4, 1);
    const [input, forget, cell, output] = gates as [Tensor, Tensor, Tensor, Tensor];
    c = tf.add(tf.mul(tf.sigmoid(forget), c), tf.mul(tf.sigmoid(input), tf.tanh(cell)));
    h = tf.mul(tf.sigmoid(output), tf.tanh(c));
    outputs.push(h);
  }
  return tf.stack(outputs, 1);
};

interface Task {
  readonly backend?: Backend;
  readonly network: Network;
  /** Whose first weights are taken over. */
  readonly model: Pick<Module, 'stateDict'>;
  readonly x: Ours;
}

async function open({ backend, network, model, x }: Task) {
  const tf = await loadTensorFlow<TensorFlow>(backend);
  const weights = new Map<string, Tensor>();
  for (const [name, { data, shape }] of Object.entries(model.stateDict())) {
    if (shape.length > 0) weights.set(name, tf.variable(tf.tensor(data.slice(), shape)));
  }
  const samples = tf.tensor(x.data.slice(), x.shape);
  const forward = network(tf, name => weights.get(name)!);
  return { tf, weights: [...weights.values()], samples, forward: () => forward(samples) };
}

/** Steps of a classifier under Adam; the quality is the loss of the first weights. */
export async function training(task: Task): Promise<Body> {
  const { tf, samples, forward } = await open(task);
  const labels = Array.from({ length: samples.shape[0]! }, (_, i) => i % 10);
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
  const loss = () => tf.losses.softmaxCrossEntropy(y, forward());
  const first = tf.tidy(() => loss().dataSync()[0]!);
  const optimizer = tf.train.adam(1e-3);
  return body(
    () => void optimizer.minimize(loss),
    () => first,
  );
}

/** Outputs, read back; the quality is their mean square. */
export async function inference(task: Task): Promise<Body> {
  const { tf, forward } = await open(task);
  return body(
    () => tf.tidy(() => forward().dataSync()),
    scores => scores.reduce((sum, score) => sum + score * score, 0) / scores.length,
  );
}

/** A forward and a backward pass; the quality is the mean square of the outputs. */
export async function passes(task: Task): Promise<Body> {
  const { tf, weights, forward } = await open(task);
  const loss = () => tf.mean(tf.square(forward()));
  return body(
    () => tf.dispose(tf.variableGrads(loss, weights)),
    () => tf.tidy(() => loss().dataSync()[0]!),
  );
}
