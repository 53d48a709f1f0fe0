import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, expectTypeOf, test } from 'vitest';
import {
  accuracy,
  adam,
  add,
  apply,
  BatchNorm1d,
  cat,
  checkpointFromBytes,
  checkpointToBytes,
  crossEntropy,
  DataLoader,
  Dropout,
  Embedding,
  type Graph,
  type GraphNode,
  input,
  Linear,
  LSTM,
  ModuleClassifier,
  model,
  mse,
  noGrad,
  Optimizer,
  Parameter,
  ReLU,
  randn,
  relu,
  Sequential,
  sum,
  summary,
  type Tensor,
  Trainer,
  tensor,
  zeros,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The same weights from the same seeds. */
const layers = () => [new Linear(4, 8, { randomState: 1 }), new ReLU(), new Linear(8, 2, { randomState: 2 })] as const;

test('a chain computes what a Sequential of the same modules computes, under the same names', () => {
  const [first, activation, last] = layers();
  const x = input([4]);
  const chain = model(x, apply(last, apply(activation, apply(first, x))));
  const sequential = new Sequential(...layers());
  const batch = randn([5, 4], 3);
  expect(chain.forward(batch)).toEqual(sequential.forward(batch));
  expect(Object.keys(chain.stateDict())).toEqual(Object.keys(sequential.stateDict()));
  expect(summary(chain, batch)).toEqual(summary(sequential, batch));
});

test('a layer that is applied twice shares its parameters, and its gradients add up', () => {
  const tower = new Linear(3, 2, { bias: false, randomState: 0 });
  const [a, b] = [input([3]), input([3])];
  const net = model([a, b], apply(add, apply(tower, a), apply(tower, b)));
  expect(Object.keys(net.stateDict())).toEqual(['0.weight']);
  sum(net.forward(tensor([[1, 0, 2]]), tensor([[10, 0, 0]]))).backward();
  expect(tower.weight.grad!.toArray()).toEqual([
    [11, 0, 2],
    [11, 0, 2],
  ]);
});

test('a layer runs after all that it depends on, and names count in the order of applying: h + g(h) + k(g(h))', () => {
  const [first, second, third] = [1, 2, 3].map(scale => {
    const layer = new Linear(1, 1, { bias: false });
    layer.weight.data[0] = scale;
    return layer;
  }) as [Linear, Linear, Linear];
  const x = input([1]);
  const h = apply(first, x);
  const g = apply(second, h);
  const net = model(x, apply(add, apply(add, h, g), apply(third, g)));
  expect(net.forward(tensor([[1]])).item()).toBe(1 + 2 + 6);
  expect(Object.values(net.stateDict()).map(weight => weight.item())).toEqual([1, 2, 3]);
});

test('outputs keep the lists and records they are given in, and merges are functions', () => {
  const [a, b] = [input([2]), input([3])];
  const both = apply((p: Tensor, q: Tensor) => cat([p, q], 1), a, b);
  expect(both.shape).toEqual([5]);
  const net = model([a, b], { both, parts: [apply(relu, a), b] });
  expectTypeOf(net.forward).returns.toEqualTypeOf<{
    readonly both: Tensor;
    readonly parts: readonly [Tensor, Tensor];
  }>();
  expectTypeOf(net).toExtend<Graph<readonly [Tensor, Tensor], unknown>>();
  const { both: joined, parts } = net.forward(tensor([[-1, 2]]), tensor([[3, 4, 5]]));
  expect(joined.toArray()).toEqual([[-1, 2, 3, 4, 5]]);
  expect(parts.map(part => part.toArray())).toEqual([[[0, 2]], [[3, 4, 5]]]);
});

test('layers of several results give a node for each, and take plain arguments beside nodes', () => {
  const words = input([6]);
  const lstm = new LSTM(5, 4, { batchFirst: true, randomState: 0 });
  const [outputs, [state]] = apply(lstm, apply(new Embedding(10, 5, { randomState: 0 }), words));
  expectTypeOf(state).toEqualTypeOf<GraphNode>();
  expect([outputs.shape, state.shape]).toEqual([[6, 4], [2, 4].with(0, 1)]);
  const net = model(words, apply(sum, outputs, 1));
  expect(net.forward(zeros([2, 6])).shape).toEqual([2, 4]);
});

test('a graph stands inside modules and graphs, and inner nodes serve as inputs', () => {
  const x = input([4]);
  const [first, activation, last] = layers();
  const hidden = apply(activation, apply(first, x));
  const whole = model(x, apply(last, hidden));
  const [encoder, head] = [model(x, hidden), model(hidden, apply(last, hidden))];
  const z = input([4]);
  const nested = model(z, apply(head, apply(encoder, z)));
  const batch = randn([3, 4], 5);
  expect(nested.forward(batch)).toEqual(whole.forward(batch));
  expect(Object.keys(nested.stateDict())).toEqual(['0.0.weight', '0.0.bias', '1.0.weight', '1.0.bias']);
});

test('train and eval reach the modules of a graph; trying a layer out changes neither its mode nor its state', () => {
  const [norm, dropout] = [new BatchNorm1d(4), new Dropout(0.5, { randomState: 0 })];
  const before = dropout.generator.getState();
  const x = input([4]);
  const net = model(x, apply(dropout, apply(norm, x)));
  expect([norm.training, dropout.training, norm.numBatchesTracked!.item()]).toEqual([true, true, 0]);
  expect(dropout.generator.getState()).toEqual(before);
  expect(net.namedGenerators().map(([name]) => name)).toEqual(['1.generator']);
  net.eval();
  expect([norm.training, dropout.training]).toEqual([false, false]);
});

function twoTowers(seed: number) {
  const [a, b] = [input([4]), input([3])];
  const towers = [
    apply(new Linear(4, 8, { randomState: seed }), a),
    apply(new Linear(3, 8, { randomState: seed + 1 }), b),
  ];
  const net = model(
    [a, b],
    apply(new Linear(8, 2, { randomState: seed + 2 }), apply(relu, apply(add, towers[0]!, towers[1]!))),
  );
  return { model: net, optimizer: new Optimizer(net.parameters(), adam({ lr: 0.05 })) };
}

test('Trainer and DataLoader feed several inputs, and a checkpoint goes on bit for bit', async () => {
  const [left, right] = [randn([20, 4], 1), randn([20, 3], 2)];
  const rowOf = ({ data, shape }: Tensor, i: number) => tensor(data.slice(i * shape[1]!, (i + 1) * shape[1]!));
  const samples = Array.from({ length: 20 }, (_, i) => ({
    x: [rowOf(left, i), rowOf(right, i)],
    y: left.data[4 * i]! > right.data[3 * i]! ? 1 : 0,
  }));
  const loader = () => new DataLoader(samples, { batchSize: 6, shuffle: true, randomState: 4 });
  const train = async (
    { model, optimizer }: ReturnType<typeof twoTowers>,
    data: ReturnType<typeof loader>,
    n: number,
  ) => new Trainer(model, { optimizer, loss: crossEntropy, metrics: { accuracy } }).fit(data, { epochs: n });
  const [whole, first, resumed] = [twoTowers(7), twoTowers(7), twoTowers(70)];
  const { values } = await train(whole, loader(), 30);
  expect(values.accuracy!.at(-1)).toBe(1);
  const data = loader();
  await train(first, data, 10);
  const other = loader();
  checkpointFromBytes(checkpointToBytes({ ...first, loader: data }), { ...resumed, loader: other });
  await train(resumed, other, 20);
  const weights = ({ model }: typeof whole) => model.parameters().map(({ data }) => [...data]);
  expect(weights(resumed)).toEqual(weights(whole));
});

test('ModuleClassifier takes a graph', async () => {
  const classifier = new ModuleClassifier({
    module: ({ nFeatures, nOutputs }, randomState) => {
      const x = input([nFeatures]);
      return model(x, apply(new Linear(nFeatures, nOutputs, { randomState }), apply(relu, x)));
    },
    lr: 0.1,
    randomState: 0,
  });
  const fitted = await classifier.fit(
    [
      [1, 5],
      [2, 6],
      [8, 1],
      [9, 0],
    ],
    ['a', 'a', 'b', 'b'],
  );
  expect(
    await fitted.predict([
      [1, 6],
      [9, 1],
    ]),
  ).toEqual(['a', 'b']);
});

test('a graph that hangs on another input is refused, and so are inputs that nothing uses', async () => {
  const [a, b] = [input([2]), input([3])];
  const y = apply((p: Tensor, q: Tensor) => cat([p, q], 1), a, b);
  expect(await refusal(() => model(a, y))).toBe(
    'InvalidInputError: Cannot make a graph: every output must be computed from the inputs, received one that needs another input, of samples of shape (3,)',
  );
  expect(await refusal(() => model([a, b], apply(relu, a)))).toBe(
    'InvalidInputError: Cannot make a graph: an output must depend on every input, received none that depends on input 1',
  );
  expect(await refusal(() => model([a, a], apply(relu, a)))).toContain(
    'every input must come once, received one twice',
  );
  expect(await refusal(() => model(a, []))).toContain('there must be an output, received []');
  expect(await refusal(() => model([zeros([1])] as never, y))).toContain('inputs must be nodes, received Tensor');
});

test('a wrong shape is refused where the layer is applied, and where a batch comes in', async () => {
  const x = input([3]);
  expect(await refusal(() => apply(new Linear(4, 2), x))).toBe(
    'InvalidInputError: Cannot apply a linear map: x must have 4 features in its last axis, received shape (1, 3) and shape (2, 4)',
  );
  const net = model(x, apply(relu, x));
  expect(await refusal(() => net.forward(zeros([2, 4])))).toBe(
    'InvalidInputError: Cannot run a graph: samples of input 0 must have shape (3,), received a batch of shape (2, 4)',
  );
  expect(await refusal(() => (net.forward as (...x: Tensor[]) => unknown)())).toBe(
    'InvalidInputError: Cannot run a graph: it takes 1 inputs, received 0',
  );
  expect(await refusal(() => input([-1]))).toContain('the shape must be a list of whole numbers >= 0');
});

test('a layer needs a node, gives a tensor, and leaves parameters to modules', async () => {
  const x = input([2]);
  expect(await refusal(() => apply(relu, zeros([1])))).toBe(
    'InvalidInputError: Cannot apply a layer: an argument must be a node of a graph, received [Tensor]',
  );
  expect(await refusal(() => apply((_: Tensor) => 3, x))).toContain('the layer must give a tensor, received 3');
  expect(await refusal(() => apply(mse, x, new Parameter(zeros([1, 2]))))).toContain(
    'parameters must belong to a module, received one as an argument',
  );
});

test('without a tape a graph lets go of results that nobody needs any more: of 8 MB in a chain it holds 4 at most', () => {
  let most = 0;
  const bytes = () => {
    collectGarbage();
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const x = input([1000]);
  let y: GraphNode = x;
  let before = Infinity;
  for (let i = 0; i < 8; i++) {
    y = apply((z: Tensor) => {
      most = Math.max(most, bytes() - before);
      return add(z, 1);
    }, y);
  }
  const chain = model(x, y);
  const batch = zeros([250, 1000]);
  before = bytes();
  most = 0;
  noGrad(() => chain.forward(batch));
  expect(most / 1e6).toBeLessThan(4);
  expect(most / 1e6).toBeGreaterThan(0.5);
});

test('a thousand layers need no deep stack', () => {
  const x = input([1]);
  let y: GraphNode = x;
  for (let i = 0; i < 1000; i++) y = apply(add, y, x);
  expect(
    model(x, y)
      .forward(tensor([[2]]))
      .item(),
  ).toBe(2002);
});
