/** Layers and losses on a device: those made of its operations agree with the processor, the others are refused by name. */
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
  deviceCase('what has no kernels is refused by name', async gpu => {
    const x = positive([2, 2, 3]).to(gpu);
    const recurrent = [
      [new nn.RNN(3, 2), 'run a recurrent network'],
      [new nn.GRU(3, 2), 'run a GRU'],
      [new nn.LSTM(3, 2), 'run an LSTM'],
    ] as const;
    for (const [layer, action] of recurrent) {
      layer.to(gpu);
      await demandRefusal(async () => layer.forward(x), `Cannot ${action}: ${processor(gpu.name)}`);
      await layer.toCpu();
    }
    const loss = `Cannot compute the binary cross-entropy: ${processor(gpu.name)}`;
    await demandRefusal(async () => nn.bce(x, x), loss);
    await demandRefusal(async () => nn.clipGradNorm([x], 1), `Cannot clip gradients: ${processor(gpu.name)}`);
    const labels = nn.zeros([1, 2, 3]).to(gpu);
    await demandRefusal(
      async () => nn.gather(x, 0, labels),
      `Cannot check the indices to gather from a tensor: ${processor(gpu.name)}`,
    );
  }),
];
