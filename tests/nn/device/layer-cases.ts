/** Layers and losses on a device agree with the processor; what needs values at once is refused by name. */
import * as nn from '../../../src/nn/index.ts';
import { demandRefusal } from '../../kernels/gpu/case.ts';
import { drawn, positive } from '../drawn.ts';
import { type DeviceCase, demandAgreement, demandNear, deviceCase } from './device-case.ts';

const { tensor, softmax, logSoftmax } = nn;
const [logits, other] = [drawn([4, 5], 1), drawn([4, 5], 2)];
const classes = tensor([1, 0, 4, 2]);
const signs = tensor([1, -1, -1, 1]);
const shares = softmax(other, 1);

type Loss = (x: nn.Tensor, y: nn.Tensor) => nn.Tensor;

/** Losses of a prediction and a target that lie on the same device. */
const LOSSES: Readonly<Record<string, Loss>> = {
  mse: nn.mse,
  l1: (x, y) => nn.l1(x, y, { reduction: 'sum' }),
  huber: (x, y) => nn.huber(x, y, { delta: 0.7 }),
  smoothL1: (x, y) => nn.smoothL1(x, y, { beta: 0.5, reduction: 'none' }),
  cosineSimilarity: nn.cosineSimilarity,
};

/** Losses whose targets are constants: classes, signs and weights in the processor's memory, shares beside x. */
const CLASS_LOSSES: Readonly<Record<string, (x: nn.Tensor) => nn.Tensor>> = {
  'crossEntropy, without reduction': x => nn.crossEntropy(x, classes, { reduction: 'none' }),
  'crossEntropy with weights, smoothing and a class that is ignored': x =>
    nn.crossEntropy(x, classes, { weight: tensor([1, 2, 3, 0, 0.5]), labelSmoothing: 0.2, ignoreIndex: 0 }),
  'crossEntropy of shares': x => nn.crossEntropy(x, beside(x, shares), { labelSmoothing: 0.1 }),
  'nll of places': x => nn.nll(logSoftmax(nn.reshape(x, [2, 5, 2]), 1), nn.reshape(classes, [2, 2])),
  bce: x => nn.bce(nn.sigmoid(x), beside(x, shares), { weight: beside(x, tensor([1, 2, 3, 4, 5])) }),
  'bce, whose logarithms are held': x =>
    nn.bce(beside(x, tensor([0, 1, 0.5])), nn.sigmoid(nn.select(nn.narrow(x, 1, 0, 3), 0, 0))),
  bceWithLogits: x => nn.bceWithLogits(x, beside(x, shares), { posWeight: beside(x, tensor([1, 2, 3, 4, 5])) }),
  klDiv: x => nn.klDiv(logSoftmax(x), beside(x, shares), { reduction: 'batchmean' }),
  hinge: x => nn.hinge(nn.select(x, 1, 0), signs),
  hingeEmbedding: x => nn.hingeEmbedding(nn.select(x, 1, 0), signs),
  multiMargin: x => nn.multiMargin(x, classes, { p: 2 }),
  cosineEmbedding: x => nn.cosineEmbedding(x, beside(x, other), signs, { margin: 0.1 }),
};

const beside = ({ device }: nn.Tensor, constant: nn.Tensor) => (device === null ? constant : constant.to(device));

/** Rows of a table, one of which gets no gradient, times what comes in. */
class Lookup extends nn.Module {
  readonly table = new nn.Embedding(5, 4, { paddingIndex: 1, randomState: 0 });

  forward(x: nn.Tensor): nn.Tensor {
    return nn.mul(this.table.forward(tensor([[3, 1], [1, 3]])), x); // biome-ignore format: short
  }
}

/** The outputs of a recurrent layer beside its last states, all of which gradients flow through. */
class Sequences extends nn.Module {
  readonly layer: nn.RNN | nn.GRU | nn.LSTM;

  constructor(layer: nn.RNN | nn.GRU | nn.LSTM) {
    super();
    this.layer = layer;
  }

  forward(x: nn.Tensor): nn.Tensor {
    const [outputs, last] = this.layer.forward(x);
    const states = last instanceof nn.Tensor ? [last] : last;
    return nn.cat([outputs, ...states].map(part => nn.reshape(part, [-1])));
  }
}

/** Layers by what makes them, with the shape of their input. */
const LAYERS: Readonly<Record<string, readonly [make: () => nn.Module, shape: readonly number[]]>> = {
  PReLU: [() => new nn.PReLU(3), [2, 3, 4]],
  Conv1d: [() => new nn.Conv1d(2, 3, { kernelSize: 3, padding: 1, randomState: 0 }), [2, 2, 7]],
  'Conv1d that keeps the length': [
    () => new nn.Conv1d(2, 3, { kernelSize: 4, padding: 'same', randomState: 0 }),
    [2, 2, 7],
  ],
  'Conv2d with mirrored borders': [
    () => new nn.Conv2d(2, 3, { kernelSize: [3, 2], padding: [1, 2], paddingMode: 'reflect', randomState: 0 }),
    [2, 2, 4, 5],
  ],
  ConvTranspose2d: [() => new nn.ConvTranspose2d(2, 3, { kernelSize: 2, stride: 2, randomState: 0 }), [2, 2, 3, 4]],
  'Embedding, a row of which gets no gradient': [() => new Lookup(), [2, 4]],
  LayerNorm: [() => new nn.LayerNorm(6), [4, 6]],
  GroupNorm: [() => new nn.GroupNorm(2, 4), [2, 4, 3, 3]],
  'BatchNorm1d of signals': [() => new nn.BatchNorm1d(3), [2, 3, 5]],
  'BatchNorm2d by its running statistics': [() => new nn.BatchNorm2d(3).eval(), [2, 3, 2, 2]],
  RNN: [() => new Sequences(new nn.RNN(3, 5, { randomState: 0 })), [4, 2, 3]],
  'RNN with max(x, 0), of one step': [
    () => new Sequences(new nn.RNN(3, 5, { nonlinearity: 'relu', bias: false, randomState: 0 })),
    [1, 2, 3],
  ],
  'GRU in both directions': [
    () => new Sequences(new nn.GRU(3, 4, { bidirectional: true, batchFirst: true, randomState: 0 })),
    [2, 5, 3],
  ],
  'GRU without biases': [() => new Sequences(new nn.GRU(2, 3, { bias: false, randomState: 0 })), [3, 1, 2]],
  'LSTM of two layers with dropout between': [
    () => new Sequences(new nn.LSTM(3, 4, { numLayers: 2, dropout: 0.3, randomState: 0 })),
    [6, 2, 3],
  ],
  TransformerEncoderLayer: [
    () => new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 12, dropout: 0.1, randomState: 0, batchFirst: true }),
    [2, 5, 8],
  ],
};

const processor = (name: string) =>
  `it needs a tensor in the memory of the processor, received one on ${name}; await its toCpu()`;

export const layerCases: readonly DeviceCase[] = [
  ...Object.entries(LOSSES).map(([name, loss]) =>
    deviceCase(name, gpu => demandAgreement(gpu, (x, y) => loss(x!, y!), [logits, other])),
  ),
  ...Object.entries(CLASS_LOSSES).map(([name, loss]) =>
    deviceCase(name, gpu => demandAgreement(gpu, x => loss(x!), [logits])),
  ),
  ...Object.entries(LAYERS).map(([name, [make, shape]]) =>
    deviceCase(`${name}: values, and the gradients of input and parameters`, async gpu => {
      const [own, theirs] = [make(), make()];
      theirs.to(gpu);
      await demandAgreement(gpu, x => (x!.device === null ? own : theirs).forward(x!), [drawn(shape)]);
      for (const [i, parameter] of own.parameters().entries()) {
        await demandNear(theirs.parameters()[i]!.grad!, parameter.grad!, `the gradient of parameter ${i}`);
      }
      await theirs.toCpu();
    }),
  ),
  deviceCase('attention hides what its masks hide', async gpu => {
    const make = () => new nn.MultiheadAttention(6, 3, { batchFirst: true, randomState: 0 });
    const [own, theirs] = [make(), make().to(gpu)];
    const masks = { attnMask: tensor([[0, -1e30], [0, 0]]), keyPaddingMask: tensor([[0, 0], [0, 1]]) }; // biome-ignore format: short
    const f = (x: nn.Tensor) => (x.device === null ? own : theirs).forward(x, x, x, masks)[0];
    await demandAgreement(gpu, x => f(x!), [drawn([2, 2, 6])]);
    await theirs.toCpu();
  }),
  deviceCase('a probability outside [0, 1] is refused where its loss is read, and nothing after it', async gpu => {
    const [p, y] = [tensor([0.5, 1.5]).to(gpu), tensor([1, 0]).to(gpu)];
    await demandRefusal(
      () => nn.bce(p, y).toCpu(),
      'Cannot compute the binary cross-entropy: every probability must lie in [0, 1], received 1.5',
    );
    await demandNear(nn.mul(p, 2), tensor([1, 3]));
  }),
  deviceCase(
    'detectAnomaly names the operation and the module, forward and backward, at the next reading',
    async gpu => {
      const model = new nn.Sequential(new nn.Linear(2, 2, { randomState: 0 }), new nn.ReLU()).to(gpu);
      const run = (x: nn.Tensor) => nn.detectAnomaly(model, () => nn.sum(model.forward(x.to(gpu))));
      const own = new nn.Sequential(new nn.Linear(2, 2, { randomState: 0 }), new nn.ReLU());
      await demandNear(run(tensor([[1, 2]])), nn.sum(own.forward(tensor([[1, 2]]))));
      await demandRefusal(
        () => run(tensor([[1, Number.NaN]])).toCpu(),
        "Cannot run linear in module '0': what it is given must be finite, received NaN at position 1 of input 0 of shape (1, 2)",
      );
      const back = () =>
        nn.detectAnomaly(model, () => {
          const y = nn.sum(model.forward(tensor([[1, 2]]).to(gpu)));
          y.backward({ grad: tensor(Number.POSITIVE_INFINITY) });
          return y;
        });
      await demandRefusal(
        () => back().toCpu(),
        'Cannot go back through sum outside the model: gradients must be finite, received Infinity at position 0 of the gradient of input 0 of shape (1, 2)',
      );
      await model.toCpu();
    },
  ),
  deviceCase('what has no kernels is refused by name', async gpu => {
    const x = positive([2, 2, 3]).to(gpu);
    await demandRefusal(async () => nn.clipGradNorm([x], 1), `Cannot clip gradients: ${processor(gpu.name)}`);
    const model = new nn.Linear(3, 1).to(gpu);
    const optimizer = new nn.Optimizer(model.parameters(), nn.sgd());
    await demandRefusal(
      async () => new nn.GradScaler().step(optimizer),
      `Cannot unscale gradients: ${processor(gpu.name)}`,
    );
    await demandRefusal(
      async () => nn.autocast(() => model.forward(x)),
      `Cannot keep in 16 bits what operations save: ${processor(gpu.name)}`,
    );
    await model.toCpu();
    const labels = nn.zeros([1, 2, 3]).to(gpu);
    await demandRefusal(
      async () => nn.gather(x, 0, labels),
      `Cannot check the indices to gather from a tensor: ${processor(gpu.name)}`,
    );
  }),
];
