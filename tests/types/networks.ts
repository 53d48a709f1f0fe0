// What must compile, and what must not, in functional graphs and compiled models: checked by the compilers
// (scripts/ok.mjs), never run.
import {
  add,
  apply,
  cat,
  compile,
  crossEntropy,
  type GraphNode,
  input,
  Linear,
  LSTM,
  MultiheadAttention,
  model,
  softmax,
  type Tensor,
  tensor,
} from 'fitwise/nn';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

// --- A layer gives a node for each of its tensors, and a function knows its arguments.
const [x, z] = [input([4, 3]), input([4, 3])];
const joined = apply((a, b) => cat([a, b], 1), x, z);
same<typeof joined, GraphNode>(true);
const recurrent = apply(new LSTM(3, 5, { batchFirst: true }), x);
same<typeof recurrent, readonly [GraphNode, readonly [GraphNode, GraphNode]]>(true);
apply(softmax, x, 1);
apply(add, x, 2);
apply(new MultiheadAttention(3, 1, { batchFirst: true }), x, x, z);

// @ts-expect-error: add takes two
apply(add, x);
// @ts-expect-error: attention takes a query, keys and values
apply(new MultiheadAttention(3, 1), x);
// @ts-expect-error: an axis is a number
apply(softmax, x, 'last');

// --- A model takes a tensor for each input, and gives its outputs as they were given.
const net = model([x, z], { kind: apply(new Linear(3, 2), x), sizes: [z, joined] });
const outputs = net.forward(tensor(0), tensor(0));
same<typeof outputs, { readonly kind: Tensor; readonly sizes: readonly [Tensor, Tensor] }>(true);
// @ts-expect-error: two inputs
net.forward(tensor(0));
// @ts-expect-error: a tensor is no node
model(tensor(0), joined);

// --- compile knows names, and a loss for each output.
const losses = { kind: crossEntropy, sizes: ['mse', 'mae'] } as const;
const compiled = compile(net, {
  optimizer: 'adam',
  loss: losses,
  metrics: { kind: ['accuracy'], sizes: [[], ['mse']] },
});
const y = { kind: tensor(0), sizes: [tensor(0), tensor(0)] } as const;
compiled.fit({ x: [tensor(0), tensor(0)], y }, { epochs: 2, batchSize: 4, shuffle: false, validationData: [] });
const weight = tensor([1]);
compiled.fit({ x: [tensor(0), tensor(0)], y, sampleWeight: weight }, { validationSplit: 0.2, classWeight: { 1: 2 } });
compiled.evaluate({ x: [tensor(0), tensor(0)], y, sampleWeight: { kind: weight, sizes: [weight, weight] } });
const predicted = await compiled.predict({ x: [tensor(0), tensor(0)] });
same<typeof predicted, typeof outputs>(true);

const single = new Linear(3, 2);
compile(single, { loss: 'sparseCategoricalCrossentropy', metrics: { hits: 'accuracy' }, optimizer: 'lion' });
// @ts-expect-error: a name that is none
compile(single, { loss: 'mean_squared_error' });
// @ts-expect-error: a name that is none
compile(single, { loss: 'mse', optimizer: 'adamax' });
// @ts-expect-error: a name that is none
compile(single, { loss: 'mse', metrics: ['accurracy'] });
// @ts-expect-error: a loss for each output
compile(net, { loss: { kind: 'mse' } });
// @ts-expect-error: weights as the outputs
compiled.fit({ x: [tensor(0), tensor(0)], y, sampleWeight: { kind: weight } });
// @ts-expect-error: weights stand beside the targets
compiled.fit({ x: [tensor(0), tensor(0)], y }, { sampleWeight: weight });
// @ts-expect-error: targets as the outputs
compiled.fit({ x: [tensor(0), tensor(0)], y: tensor(0) });
