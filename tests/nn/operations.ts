/** Every operation with inputs, for checks of its gradient and of its kernels. */
import * as nn from '../../src/nn/index.ts';
import { type Columns, headAttention } from '../../src/nn/ops/attention-heads.ts';
import { RandomState } from '../../src/random/index.ts';
import { distinct, drawn, positive } from './drawn.ts';

/** An operation as a function of the inputs that gradients flow to. */
export type Check = readonly [name: string, f: (...inputs: nn.Tensor[]) => nn.Tensor, ...inputs: readonly nn.Tensor[]];

const [a, b] = [drawn([2, 3], 1), drawn([2, 3], 2)];
const row = drawn([3], 3);
const column = drawn([2, 1], 4);
const images = drawn([2, 4, 5, 6], 5);
const signals = drawn([2, 4, 9], 6);
const indices = nn.tensor([2, 0, 2]);
const classes = nn.tensor([1, 2]);
const mask = nn.tensor([
  [1, 0, 1],
  [0, 1, 1],
]);
const running = { mean: drawn([4], 7), variance: positive([4], 8) };

/** A constant where x lies. */
const beside = ({ device }: nn.Tensor, constant: nn.Tensor) => (device === null ? constant : constant.to(device));
const runningBeside = (x: nn.Tensor) => ({ mean: beside(x, running.mean), variance: beside(x, running.variance) });

/** Equal shares of the last axis. */
const columnsOf = (of: nn.Tensor, count: number): Columns[] => {
  const width = of.shape[2]! / count;
  return Array.from({ length: count }, (_, i) => ({ of, at: i * width, width }));
};
const inTwoHeads = (columns: readonly Columns[]) => headAttention(columns[0]!, columns[1]!, columns[2]!, 2);

export const operations: readonly Check[] = [
  ['add', nn.add, a, b],
  ['add, broadcast', nn.add, a, row],
  ['add, broadcast both ways', nn.add, column, row],
  ['sub', nn.sub, a, row],
  ['mul', nn.mul, a, column],
  ['mul by itself', x => nn.mul(x!, x!), a],
  ['div', nn.div, a, positive([3])],
  ['neg', nn.neg, a],
  ['maximum', nn.maximum, a, b],
  ['minimum', nn.minimum, a, b],
  ['exp', nn.exp, a],
  ['log', nn.log, positive([2, 3])],
  ['log1p', nn.log1p, positive([2, 3])],
  ['sqrt', nn.sqrt, positive([2, 3])],
  ['square', nn.square, a],
  ['abs', nn.abs, a],
  ['sin', nn.sin, a],
  ['cos', nn.cos, a],
  ['power, whole', x => nn.power(x!, 3), a],
  ['power, negative', x => nn.power(x!, -2), positive([2, 3])],
  ['power, fractional', x => nn.power(x!, 1.5), positive([2, 3])],
  ['clamp', x => nn.clamp(x!, -0.55, 0.85), a],
  ['relu', x => nn.relu(x!), a],
  ['leakyRelu', x => nn.leakyRelu(x!, 0.2), a],
  ['elu', x => nn.elu(x!, 1.3), a],
  ['selu', nn.selu, a],
  ['gelu', x => nn.gelu(x!), a],
  ['gelu, by tanh', x => nn.gelu(x!, { approximate: 'tanh' }), a],
  ['silu', nn.silu, a],
  ['mish', nn.mish, a],
  ['sigmoid', nn.sigmoid, a],
  ['tanh', nn.tanh, a],
  ['softplus', x => nn.softplus(x!, 1.5), a],
  ['softsign', nn.softsign, a],
  ['logSigmoid', nn.logSigmoid, a],
  ['hardtanh', x => nn.hardtanh(x!), a],
  ['relu6', nn.relu6, nn.mul(a, 4)],
  ['hardsigmoid', nn.hardsigmoid, nn.mul(a, 2)],
  ['hardswish', nn.hardswish, nn.mul(a, 2)],
  ['expand', x => nn.expand(x!, [4, 2, 3]), column],
  ['sum', x => nn.sum(x!), a],
  ['sum, one axis', x => nn.sum(x!, 1), images],
  ['sum, axes kept', x => nn.sum(x!, [0, 2], { keepdim: true }), images],
  ['mean', x => nn.mean(x!, -1), a],
  ['variance', x => nn.variance(x!, 1), a],
  ['max', x => nn.max(x!, 0).values, a],
  ['min', x => nn.min(x!, 1, { keepdim: true }).values, a],
  ['reshape', x => nn.reshape(x!, [3, -1]), a],
  ['flatten', x => nn.flatten(x!, 1, 2), images],
  ['squeeze and unsqueeze', x => nn.unsqueeze(nn.squeeze(x!), 0), column],
  ['permute', x => nn.permute(x!, [2, 0, 3, 1]), images],
  ['transpose', x => nn.transpose(x!), a],
  ['cat', (x, y) => nn.cat([x!, y!], 1), a, column],
  ['stack', (x, y) => nn.stack([x!, y!], 1), a, b],
  ['split', x => nn.split(x!, 2, -1)[1]!, a],
  ['narrow', x => nn.narrow(x!, 1, 1, 2), images],
  ['select', x => nn.select(x!, 1, -1), images],
  ['indexSelect', x => nn.indexSelect(x!, 1, indices), images],
  [
    'gather',
    x =>
      nn.gather(
        x!,
        1,
        nn.tensor([
          [2, 2],
          [0, 1],
        ]),
      ),
    a,
  ],
  ['where', (x, y) => nn.where(beside(x!, mask), x!, y!), a, row],
  ['matmul', nn.matmul, a, drawn([3, 4])],
  ['matmul, batched', nn.matmul, drawn([2, 3, 4]), drawn([2, 4, 2])],
  ['matmul, one matrix for all', nn.matmul, drawn([2, 3, 4]), drawn([4, 2])],
  ['matmul, broadcast', nn.matmul, drawn([3, 4]), drawn([2, 1, 4, 2])],
  ['matmul with a column', nn.matmul, a, row],
  ['matmul with a row', nn.matmul, row, drawn([3, 4])],
  ['linear', (x, w, b) => nn.linear(x!, w!, b!), drawn([2, 2, 3]), drawn([4, 3]), drawn([4])],
  ['softmax', x => nn.softmax(x!, 1), images],
  ['logSoftmax', x => nn.logSoftmax(x!), a],
  [
    'conv1d',
    (x, w, b) => nn.conv1d(x!, w!, b!, { stride: 2, padding: 1, dilation: 2 }),
    signals,
    drawn([3, 4, 3]),
    row,
  ],
  ['conv2d', (x, w, b) => nn.conv2d(x!, w!, b!), images, drawn([3, 4, 2, 3]), row],
  [
    'conv2d in groups, strided and dilated',
    (x, w) => nn.conv2d(x!, w!, null, { stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2 }),
    images,
    drawn([6, 2, 2, 3]),
  ],
  ['convTranspose2d', (x, w, b) => nn.convTranspose2d(x!, w!, b!), images, drawn([4, 3, 2, 2]), row],
  [
    'convTranspose2d in groups, strided and dilated',
    (x, w) => nn.convTranspose2d(x!, w!, null, { stride: 2, padding: 1, outputPadding: [1, 0], groups: 2 }),
    images,
    drawn([4, 2, 3, 2]),
  ],
  ['maxPool2d', x => nn.maxPool2d(x!, 2), distinct([2, 4, 5, 6])],
  [
    'maxPool2d, overlapping',
    x => nn.maxPool2d(x!, 3, { stride: 2, padding: 1, ceilMode: true }),
    distinct([2, 4, 5, 6]),
  ],
  ['maxPool1d', x => nn.maxPool1d(x!, 3, { stride: 2, dilation: 2 }), distinct([2, 4, 9])],
  ['avgPool2d', x => nn.avgPool2d(x!, [2, 3], { padding: 1 }), images],
  [
    'avgPool2d without padding in the count',
    x => nn.avgPool2d(x!, 3, { stride: 2, padding: 1, countIncludePad: false }),
    images,
  ],
  ['avgPool1d', x => nn.avgPool1d(x!, 2), signals],
  ['adaptiveAvgPool2d', x => nn.adaptiveAvgPool2d(x!, [2, 4]), images],
  ['adaptiveMaxPool2d', x => nn.adaptiveMaxPool2d(x!, 3), distinct([2, 4, 5, 6])],
  ['adaptiveAvgPool1d', x => nn.adaptiveAvgPool1d(x!, 4), signals],
  ['adaptiveMaxPool1d', x => nn.adaptiveMaxPool1d(x!, 4), distinct([2, 4, 9])],
  [
    'batchNorm',
    (x, w, b) => nn.batchNorm(x!, null, 0.1, { weight: w!, bias: b! }),
    images,
    drawn([4], 9),
    drawn([4], 10),
  ],
  ['batchNorm without scale', x => nn.batchNorm(x!, null, 0.1), images],
  [
    'batchNormEval',
    (x, w, b) => nn.batchNormEval(x!, runningBeside(x!), { weight: w!, bias: b! }),
    images,
    drawn([4], 9),
    drawn([4]),
  ],
  ['layerNorm', (x, w, b) => nn.layerNorm(x!, [6], { weight: w!, bias: b! }), images, drawn([6], 9), drawn([6], 10)],
  ['layerNorm over two axes', x => nn.layerNorm(x!, [5, 6]), images],
  ['groupNorm', (x, w, b) => nn.groupNorm(x!, 2, { weight: w!, bias: b! }), images, drawn([4], 9), drawn([4], 10)],
  ['dropout', x => nn.dropout(x!, 0.5, new RandomState(1)), a],
  [
    'embedding',
    w =>
      nn.embedding(
        nn.tensor([
          [1, 0],
          [1, 2],
        ]),
        w!,
      ),
    drawn([3, 2]),
  ],
  ['attend', (q, k, v) => nn.attend(q!, k!, v!).output, drawn([2, 3, 4], 1), drawn([2, 5, 4], 2), drawn([2, 5, 2], 3)],
  [
    'headAttention',
    (...sequences) => inTwoHeads(sequences.flatMap(x => columnsOf(x, 1))),
    drawn([2, 3, 4], 1),
    drawn([2, 5, 4], 2),
    drawn([2, 5, 4], 3),
  ],
  ['headAttention of one sequence', x => inTwoHeads(columnsOf(x!, 3)), drawn([2, 3, 12], 1)],
  ['nll', x => nn.nll(x!, classes, { weight: nn.tensor([1, 2, 0.5]) }), a],
  ['crossEntropy', x => nn.crossEntropy(x!, classes), a],
];
