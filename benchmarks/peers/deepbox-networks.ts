/** The benchmark's networks by deepbox, on the weights that ours begin with. */
import type { Module as OurModule, Tensor as Ours } from 'fitwise/nn';
import { loadPeer } from '../paths.ts';
import { type Body, body } from '../workload.ts';
import { DEEPBOX, loadDeepbox, type Tensor } from './deepbox.ts';

interface Loss {
  readonly data: ArrayLike<number>;
  backward(): void;
}

interface Module {
  parameters(): Iterable<unknown>;
  stateDict(): State;
  loadStateDict(state: State): void;
  forward(x: unknown): unknown;
  train(): void;
  eval(): void;
}

type State = Readonly<Record<'parameters' | 'buffers', Readonly<Record<string, Entry>>>>;

type Precision = 'float32' | 'float64';

interface Entry {
  readonly data: readonly number[];
  readonly dtype: Precision;
  readonly shape: readonly number[];
}

/** Layers, and the sequence of them, by name. */
type Layers = Readonly<Record<string, new (...options: readonly unknown[]) => Module>>;

interface Losses {
  crossEntropyLoss(scores: unknown, labels: Tensor): Loss;
}

/** On whose values networks record what they do. */
interface Recorded {
  readonly GradTensor: { fromTensor(values: Tensor, options: { requiresGrad: boolean }): unknown };
}

interface Optimizers {
  readonly Adam: new (parameters: Iterable<unknown>, options: { lr: number }) => { zeroGrad(): void; step(): void };
}

export type Network = (nn: Layers) => Module[];

const block = ({ Conv2d, BatchNorm2d, ReLU, MaxPool2d }: Layers, channels: number, outChannels: number) => [
  new Conv2d!(channels, outChannels, 3, { padding: 1 }),
  new BatchNorm2d!(outChannels),
  new ReLU!(),
  new MaxPool2d!(2),
];

export const mlp: Network = ({ Linear, ReLU }) => [
  new Linear!(784, 512),
  new ReLU!(),
  new Linear!(512, 256),
  new ReLU!(),
  new Linear!(256, 10),
];

export const convNet: Network = nn => {
  const { Flatten, Linear, ReLU, Dropout } = nn;
  const head = [new Flatten!(), new Linear!(3136, 128), new ReLU!(), new Dropout!(0.5), new Linear!(128, 10)];
  return [...block(nn, 1, 32), ...block(nn, 32, 64), ...head];
};

interface Task {
  readonly network: Network;
  /** Of convolutions and norms; its pools give doubles whatever they get, and its convolutions take one kind. */
  readonly precision?: Precision;
  /** Whose first weights are taken over. */
  readonly model: Pick<OurModule, 'stateDict'>;
  readonly x: Ours;
}

/** Steps of a classifier under Adam; the quality is the loss of the first weights. */
export async function training({ network, precision = 'float32', model, x }: Task): Promise<Body> {
  const { setDtype } = await loadPeer<{ setDtype(precision: Precision): void }>(`${DEEPBOX}/core`);
  const nn = await loadPeer<Layers & Losses>(`${DEEPBOX}/nn`);
  const { Adam } = await loadPeer<Optimizers>(`${DEEPBOX}/optim`);
  const { tensor } = await loadDeepbox('ndarray');
  const { GradTensor } = await loadPeer<Recorded>(`${DEEPBOX}/ndarray`);
  setDtype(precision);
  const theirs = new nn.Sequential!(...network(nn));
  theirs.loadStateDict(filled(theirs.stateDict(), model));
  const values = precision === 'float32' ? x.data : Float64Array.from(x.data);
  const samples = GradTensor.fromTensor(tensor(values, { dtype: precision }).reshape(x.shape), { requiresGrad: false });
  const labels = tensor(
    Int32Array.from({ length: x.shape[0]! }, (_, i) => i % 10),
    { dtype: 'int32' },
  );
  const loss = () => nn.crossEntropyLoss(theirs.forward(samples), labels);
  theirs.eval();
  const first = loss().data[0]!;
  theirs.train();
  const optimizer = new Adam(theirs.parameters(), { lr: 1e-3 });
  const step = () => {
    optimizer.zeroGrad();
    loss().backward();
    optimizer.step();
  };
  return body(step, () => first);
}

/** A state with the values of our model, under the same names. */
function filled({ parameters, buffers }: State, model: Pick<OurModule, 'stateDict'>): State {
  const ours = model.stateDict();
  const fill = (entries: Readonly<Record<string, Entry>>) =>
    Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [name, { ...entry, data: Array.from(ours[name]!.data) }]),
    );
  return { parameters: fill(parameters), buffers: fill(buffers) };
}
