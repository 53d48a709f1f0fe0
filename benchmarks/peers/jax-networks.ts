/**
 * The benchmark's networks by jax-js on its WebAssembly backend, on the weights that ours begin with. Its functions use
 * their arguments up; `ref` keeps one for another use.
 */
import type { Module, Tensor as Ours } from 'fitwise/nn';
import { loadPeer } from '../paths.ts';
import { type Body, body } from '../workload.ts';

interface Tensor {
  readonly ref: Tensor;
  readonly shape: readonly number[];
  data(): Promise<Float32Array>;
  dispose(): void;
  reshape(shape: readonly number[]): Tensor;
  add(other: Tensor | number): Tensor;
  sub(other: Tensor): Tensor;
  mul(other: Tensor | number): Tensor;
  div(other: Tensor): Tensor;
  sum(): Tensor;
  mean(axis?: number, options?: { keepdims: boolean }): Tensor;
}

type Weights = Record<string, Tensor>;

interface Jax {
  init(device: 'wasm'): Promise<unknown>;
  defaultDevice(device: 'wasm'): unknown;
  jit<F>(body: F): F;
  valueAndGrad<A extends readonly unknown[]>(body: (w: Weights, ...rest: A) => Tensor): StepOf<A>;
  blockUntilReady(tree: unknown): Promise<unknown>;
  readonly tree: { ref<T>(tree: T): T; dispose(tree: unknown): void };
  readonly nn: Readonly<Record<'relu' | 'softmax' | 'logSoftmax', (x: Tensor) => Tensor>>;
  readonly numpy: {
    array(values: Float32Array | number): Tensor;
    zeros(shape: readonly number[]): Tensor;
    matmul(a: Tensor, b: Tensor): Tensor;
    matrixTranspose(x: Tensor): Tensor;
    transpose(x: Tensor, axes: readonly number[]): Tensor;
    split(x: Tensor, parts: number, axis: number): Tensor[];
    square(x: Tensor): Tensor;
    sqrt(x: Tensor): Tensor;
  };
}

type StepOf<A extends readonly unknown[]> = (w: Weights, ...rest: A) => [loss: Tensor, gradients: Weights];

export const JAX = '@jax-js/jax';

/** Uses the weights and the samples up. */
export type Network = (jax: Jax) => (w: Weights, x: Tensor) => Tensor;

const denseOf =
  ({ numpy }: Jax, w: Weights) =>
  (x: Tensor, name: string): Tensor =>
    numpy.matmul(x, numpy.matrixTranspose(w[`${name}.weight`]!)).add(w[`${name}.bias`]!);

export const mlp: Network = jax => (w, x) => {
  const dense = denseOf(jax, w);
  const { relu } = jax.nn;
  return dense(relu(dense(relu(dense(x, '0')), '2')), '4');
};

const HEADS = 4;

export const encoderLayer: Network = jax => (w, x) => {
  const { numpy, nn } = jax;
  const [batch, steps, width] = x.shape as [number, number, number];
  const perHead = width / HEADS;
  const dense = denseOf(jax, {
    ...w,
    'in.weight': w['self_attn.in_proj_weight']!,
    'in.bias': w['self_attn.in_proj_bias']!,
  });
  const norm = (x: Tensor, name: string) => {
    const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
    const scale = numpy.sqrt(numpy.square(centred.ref).mean(-1, { keepdims: true }).add(1e-5));
    return centred.div(scale).mul(w[`${name}.weight`]!).add(w[`${name}.bias`]!);
  };
  const rows = x.reshape([batch * steps, width]);
  const [q, k, v] = numpy
    .split(dense(rows.ref, 'in'), 3, 1)
    .map(part => numpy.transpose(part.reshape([batch, steps, HEADS, perHead]), [0, 2, 1, 3])) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const attention = nn.softmax(numpy.matmul(q, numpy.matrixTranspose(k)).mul(1 / Math.sqrt(perHead)));
  const seen = numpy.transpose(numpy.matmul(attention, v), [0, 2, 1, 3]).reshape([batch * steps, width]);
  const attended = norm(rows.add(dense(seen, 'self_attn.out_proj')), 'norm1');
  const fed = dense(nn.relu(dense(attended.ref, 'linear1')), 'linear2');
  return norm(attended.add(fed), 'norm2').reshape([batch, steps, width]);
};

interface Task {
  readonly network: Network;
  /** Whose first weights are taken over. */
  readonly model: Pick<Module, 'stateDict'>;
  readonly x: Ours;
}

async function open({ network, model, x }: Task) {
  const jax = await loadPeer<Jax>(JAX);
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  const array = ({ data, shape }: Ours) => jax.numpy.array(data.slice()).reshape(shape);
  const weights = Object.fromEntries(Object.entries(model.stateDict()).map(([name, w]) => [name, array(w)]));
  return { jax, weights, samples: array(x), forward: network(jax) };
}

/** A forward and a backward pass; the quality is the mean square of the outputs. */
export async function passes(task: Task): Promise<Body> {
  const { jax, weights, samples, forward } = await open(task);
  const loss = jax.valueAndGrad((w: Weights, x: Tensor) => jax.numpy.square(forward(w, x)).mean());
  const step = jax.jit(loss);
  const run = async () => {
    const [value, gradients] = step(jax.tree.ref(weights), samples.ref);
    await jax.blockUntilReady(gradients);
    jax.tree.dispose(gradients);
    return (await value.data())[0]!;
  };
  return body(run, value => value);
}

/** Steps of a classifier under Adam; the quality is the loss of the first weights. */
export async function training(task: Task): Promise<Body> {
  const { jax, weights, samples, forward } = await open(task);
  const { numpy, tree } = jax;
  const batch = samples.shape[0]!;
  const oneHot = Float32Array.from({ length: batch * 10 }, (_, at) => Number(at % 10 === Math.floor(at / 10) % 10));
  const y = numpy.array(oneHot).reshape([batch, 10]);
  const loss = jax.valueAndGrad((w: Weights, x: Tensor, y: Tensor) =>
    jax.nn
      .logSoftmax(forward(w, x))
      .mul(y)
      .sum()
      .mul(-1 / batch),
  );
  const step = jax.jit((now: State, corrections: readonly [Tensor, Tensor], x: Tensor, y: Tensor) => {
    const [value, gradients] = loss(tree.ref(now.weights), x, y);
    return [value, adam(jax, now, gradients, corrections)] as const;
  });
  const zeros = () => Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, numpy.zeros(w.shape)]));
  let state: State = { weights, first: zeros(), second: zeros() };
  let steps = 0;
  const run = async () => {
    steps++;
    const corrections = [0.9, 0.999].map(beta => numpy.array(1 - beta ** steps)) as [Tensor, Tensor];
    const [value, next] = step(state, corrections, samples.ref, y.ref);
    state = next;
    await jax.blockUntilReady(state.weights);
    return (await value.data())[0]!;
  };
  const first = await run();
  return body(run, () => first);
}

/** Weights, and the moving means of their gradients and of the squares of these. */
type State = {
  readonly weights: Weights;
  readonly first: Weights;
  readonly second: Weights;
};

function adam({ numpy }: Jax, now: State, gradients: Weights, [c1, c2]: readonly [Tensor, Tensor]): State {
  const next: State = { weights: {}, first: {}, second: {} };
  for (const [name, g] of Object.entries(gradients)) {
    const first = now.first[name]!.mul(0.9).add(g.ref.mul(0.1));
    const second = now.second[name]!.mul(0.999).add(numpy.square(g).mul(0.001));
    const size = numpy.sqrt(second.ref.div(c2.ref)).add(1e-8);
    next.weights[name] = now.weights[name]!.sub(first.ref.div(c1.ref).div(size).mul(1e-3));
    next.first[name] = first;
    next.second[name] = second;
  }
  c1.dispose();
  c2.dispose();
  return next;
}
