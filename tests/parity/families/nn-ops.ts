import * as nn from '../../../src/nn/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { drawTensor, mapNested, operationCase } from '../torch-case.ts';

export const oracle = 'torch';

/** Every operation and its gradients on drawn shapes. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...pointwise(draw),
    ...activations(draw),
    ...times(8, broadcasting),
    ...times(6, reduction),
    ...times(4, extreme),
    ...times(8, matrixProduct),
    ...times(4, reordering),
    ...times(4, joining),
    ...times(4, gathering),
    ...times(4, softmax),
    ...times(8, convolution),
    ...times(4, convolution1d),
    ...times(8, transposedConvolution),
    ...times(6, maxPool),
    ...times(6, avgPool),
    ...times(4, adaptivePool),
    ...times(4, batchNorm),
    ...times(4, layerNorm),
    ...times(4, groupNorm),
    ...times(3, embedding),
    ...times(4, attention),
  ];
}

const positive = (x: number) => Math.abs(x) + 0.5;
const shapeOf = (draw: Draw, min = 1, max = 3) => draw.integers(draw.integer(min, max), 1, 4);

function pointwise(draw: Draw): Case[] {
  const table: readonly (readonly [
    name: string,
    torch: string,
    ours: (x: nn.Tensor) => nn.Tensor,
    isPositive?: boolean,
  ])[] = [
    ['neg', '-x', nn.neg],
    ['exp', 'x.exp()', nn.exp],
    ['log', 'x.log()', nn.log, true],
    ['log1p', 'x.log1p()', nn.log1p, true],
    ['sqrt', 'x.sqrt()', nn.sqrt, true],
    ['square', 'x.square()', nn.square],
    ['abs', 'x.abs()', nn.abs],
    ['sin', 'x.sin()', nn.sin],
    ['cos', 'x.cos()', nn.cos],
    ['power', 'x ** 3', x => nn.power(x, 3)],
    ['power', 'x ** -2', x => nn.power(x, -2), true],
    ['power', 'x ** 1.5', x => nn.power(x, 1.5), true],
    ['clamp', 'x.clamp(-0.5, 0.75)', x => nn.clamp(x, -0.5, 0.75)],
  ];
  return table.map(([name, torch, ours, isPositive]) => {
    const drawn = drawTensor(draw, shapeOf(draw));
    return operationCase({
      name,
      torch,
      leaves: { x: isPositive ? mapNested(drawn, positive) : drawn },
      ours: ({ x }) => ours(x!),
    });
  });
}

function activations(draw: Draw): Case[] {
  const table: readonly (readonly [name: string, torch: string, ours: (x: nn.Tensor) => nn.Tensor])[] = [
    ['relu', 'F.relu(x)', nn.relu],
    ['leakyRelu', 'F.leaky_relu(x, 0.2)', x => nn.leakyRelu(x, 0.2)],
    ['elu', 'F.elu(x, 1.3)', x => nn.elu(x, 1.3)],
    ['selu', 'F.selu(x)', nn.selu],
    ['gelu', 'F.gelu(x)', x => nn.gelu(x)],
    ['gelu', "F.gelu(x, approximate='tanh')", x => nn.gelu(x, { approximate: 'tanh' })],
    ['silu', 'F.silu(x)', nn.silu],
    ['mish', 'F.mish(x)', nn.mish],
    ['sigmoid', 'x.sigmoid()', nn.sigmoid],
    ['tanh', 'x.tanh()', nn.tanh],
    ['softplus', 'F.softplus(x, 2, 10)', x => nn.softplus(x, 2, 10)],
    ['softsign', 'F.softsign(x)', nn.softsign],
    ['logSigmoid', 'F.logsigmoid(x)', nn.logSigmoid],
    ['hardtanh', 'F.hardtanh(x, -1, 2)', x => nn.hardtanh(x, -1, 2)],
    ['relu6', 'F.relu6(x)', nn.relu6],
    ['hardsigmoid', 'F.hardsigmoid(x)', nn.hardsigmoid],
    ['hardswish', 'F.hardswish(x)', nn.hardswish],
  ];
  return table.map(([name, torch, ours]) => {
    const x = mapNested(drawTensor(draw, [4, 5]), value => 3 * value);
    const kinks = [0, 1, -1, 3, -3, 6, 2, -0.5, 20, -20].map(Math.fround);
    const both = `(${torch}, ${torch.replace(/\bx\b/, 'k')})`;
    return operationCase({ name, torch: both, leaves: { x, k: kinks }, ours: ({ x, k }) => [ours(x!), ours(k!)] });
  });
}

/** Two shapes that broadcast, from one by dropping leading axes and setting others to 1. */
function broadcastPair(draw: Draw): [number[], number[]] {
  const whole = draw.integers(draw.integer(1, 4), 1, 4);
  const part = () => whole.map(length => (draw.bool(0.3) ? 1 : length)).slice(draw.integer(0, whole.length - 1));
  return draw.bool() ? [whole, part()] : [part(), whole];
}

function broadcasting(draw: Draw): Case {
  const [name, torch, ours] = draw.choice([
    ['add', 'a + b', nn.add],
    ['sub', 'a - b', nn.sub],
    ['mul', 'a * b', nn.mul],
    ['div', 'a / b', nn.div],
    ['maximum', 'torch.maximum(a, b)', nn.maximum],
    ['minimum', 'torch.minimum(a, b)', nn.minimum],
    [
      'where',
      'torch.where(a > b, a, b * 2)',
      (a: nn.Tensor, b: nn.Tensor) => nn.where(nn.greater(a, b), a, nn.mul(b, 2)),
    ],
  ]);
  const [shapeA, shapeB] = broadcastPair(draw);
  const leaves = { a: drawTensor(draw, shapeA), b: mapNested(drawTensor(draw, shapeB), x => x + Math.sign(x)) };
  return operationCase({ name: `${name}, broadcast`, torch, leaves, ours: ({ a, b }) => ours(a!, b!) });
}

function reduction(draw: Draw): Case {
  const shape = draw.integers(3, 2, 4);
  const axes = draw.bool(0.1) ? [] : draw.sample([0, 1, 2], draw.integer(1, 3));
  const keepdim = draw.bool();
  const python = `(${axes.map(axis => `${axis},`).join(' ')}), keepdim=${keepdim ? 'True' : 'False'}`;
  const [name, torch, ours] = draw.choice([
    ['sum', `x.sum(${python})`, (x: nn.Tensor) => nn.sum(x, axes, { keepdim })],
    ['mean', `x.mean(${python})`, (x: nn.Tensor) => nn.mean(x, axes, { keepdim })],
    ['variance', `x.var(${python})`, (x: nn.Tensor) => nn.variance(x, axes, { keepdim })],
  ]);
  return operationCase({ name, torch, leaves: { x: drawTensor(draw, shape) }, ours: ({ x }) => ours(x!) });
}

function extreme(draw: Draw): Case {
  const axis = draw.integer(-3, 2);
  const [name, f] = draw.choice([
    ['max', nn.max],
    ['min', nn.min],
  ]);
  return operationCase({
    name,
    torch: `x.${name}(${axis}).values`,
    leaves: { x: drawTensor(draw, draw.integers(3, 1, 4)) },
    ours: ({ x }) => f(x!, axis).values,
  });
}

function matrixProduct(draw: Draw): Case {
  const [m, k, n, batch] = draw.integers(4, 1, 5) as [number, number, number, number];
  const [a, b] = draw.choice([
    [
      [m, k],
      [k, n],
    ],
    [[k], [k, n]],
    [[m, k], [k]],
    [[k], [k]],
    [
      [batch, m, k],
      [k, n],
    ],
    [
      [batch, m, k],
      [batch, k, n],
    ],
    [
      [m, k],
      [batch, k, n],
    ],
    [
      [2, 1, m, k],
      [batch, k, n],
    ],
  ]);
  const leaves = { a: drawTensor(draw, a), b: drawTensor(draw, b) };
  return operationCase({ name: 'matmul', torch: 'a @ b', leaves, ours: ({ a, b }) => nn.matmul(a!, b!) });
}

function reordering(draw: Draw): Case {
  const order = draw.permutation(4);
  return operationCase({
    name: 'permute, reshape, flatten, transpose',
    torch: `(x.permute(${order.join(', ')}).reshape(-1, 2), x.flatten(1, 2), x.transpose(0, -1) * 2)`,
    leaves: { x: drawTensor(draw, [2, ...draw.integers(3, 1, 4)]) },
    ours: ({ x }) => [
      nn.reshape(nn.permute(x!, order), [-1, 2]),
      nn.flatten(x!, 1, 2),
      nn.mul(nn.transpose(x!, 0, -1), 2),
    ],
  });
}

function joining(draw: Draw): Case {
  const axis = draw.integer(0, 2);
  const shape = draw.integers(3, 1, 4);
  const leaves = { a: drawTensor(draw, shape), b: drawTensor(draw, shape.with(axis, draw.integer(1, 4))) };
  return operationCase({
    name: 'cat, stack, split',
    torch: `(torch.cat([a, b], ${axis}), torch.stack([a, a * 2], ${axis}), *torch.split(a, 2, ${axis}))`,
    leaves,
    ours: ({ a, b }) => [nn.cat([a!, b!], axis), nn.stack([a!, nn.mul(a!, 2)], axis), ...nn.split(a!, 2, axis)],
  });
}

function gathering(draw: Draw): Case {
  const axis = draw.integer(0, 1);
  const shape = draw.integers(2, 2, 5);
  const take = draw.integers(3, 0, shape[axis]! - 1);
  const pick = [draw.integers(2, 0, shape[axis]! - 1), draw.integers(2, 0, shape[axis]! - 1)];
  return operationCase({
    name: 'gather, indexSelect, narrow',
    torch: `(x.gather(${axis}, p), x.index_select(${axis}, t), x.narrow(${axis}, 1, 1))`,
    leaves: { x: drawTensor(draw, shape) },
    data: { p: { $indices: pick }, t: { $indices: take } },
    ours: ({ x }) => [
      nn.gather(x!, axis, nn.tensor(pick)),
      nn.indexSelect(x!, axis, nn.tensor(take)),
      nn.narrow(x!, axis, 1, 1),
    ],
  });
}

function softmax(draw: Draw): Case {
  const axis = draw.integer(0, 2);
  return operationCase({
    name: 'softmax, logSoftmax',
    torch: `(x.softmax(${axis}), x.log_softmax(${axis}))`,
    leaves: { x: mapNested(drawTensor(draw, draw.integers(3, 1, 5)), value => 10 * value) },
    ours: ({ x }) => [nn.softmax(x!, axis), nn.logSoftmax(x!, axis)],
  });
}

function convolution(draw: Draw): Case {
  const groups = draw.choice([1, 1, 2]);
  const [inChannels, outChannels] = [groups * draw.integer(1, 3), groups * draw.integer(1, 3)];
  const kernel = draw.integers(2, 1, 3) as [number, number];
  const options = {
    stride: draw.integers(2, 1, 2) as [number, number],
    padding: draw.integers(2, 0, 2) as [number, number],
    dilation: draw.integers(2, 1, 2) as [number, number],
    groups,
  };
  const { stride, padding, dilation } = options;
  return operationCase({
    name: 'conv2d',
    torch: `F.conv2d(x, w, b, (${stride}), (${padding}), (${dilation}), ${groups})`,
    leaves: {
      x: drawTensor(draw, [draw.integer(1, 2), inChannels, draw.integer(5, 8), draw.integer(5, 8)]),
      w: drawTensor(draw, [outChannels, inChannels / groups, ...kernel]),
      b: drawTensor(draw, [outChannels]),
    },
    ours: ({ x, w, b }) => nn.conv2d(x!, w!, b!, options),
  });
}

function convolution1d(draw: Draw): Case {
  const options = { stride: draw.integer(1, 2), padding: draw.integer(0, 2), dilation: draw.integer(1, 2) };
  return operationCase({
    name: 'conv1d',
    torch: `F.conv1d(x, w, None, ${options.stride}, ${options.padding}, ${options.dilation})`,
    leaves: { x: drawTensor(draw, [2, 3, draw.integer(6, 9)]), w: drawTensor(draw, [4, 3, 3]) },
    ours: ({ x, w }) => nn.conv1d(x!, w!, null, options),
  });
}

function transposedConvolution(draw: Draw): Case {
  const groups = draw.choice([1, 1, 2]);
  const [inChannels, perGroup] = [groups * draw.integer(1, 2), draw.integer(1, 3)];
  const stride = draw.integers(2, 1, 3) as [number, number];
  const dilation = draw.integers(2, 1, 2) as [number, number];
  const padding = draw.integers(2, 0, 1) as [number, number];
  const outputPadding = stride.map((step, i) => draw.integer(0, Math.max(step, dilation[i]!) - 1)) as [number, number];
  return operationCase({
    name: 'convTranspose2d',
    torch: `F.conv_transpose2d(x, w, b, (${stride}), (${padding}), (${outputPadding}), ${groups}, (${dilation}))`,
    leaves: {
      x: drawTensor(draw, [2, inChannels, draw.integer(2, 4), draw.integer(2, 4)]),
      w: drawTensor(draw, [inChannels, perGroup, 3, 2]),
      b: drawTensor(draw, [perGroup * groups]),
    },
    ours: ({ x, w, b }) => nn.convTranspose2d(x!, w!, b!, { stride, padding, outputPadding, groups, dilation }),
  });
}

function poolShape(draw: Draw) {
  const kernel = draw.integers(2, 1, 3) as [number, number];
  return {
    kernel,
    stride: draw.integers(2, 1, 3) as [number, number],
    padding: kernel.map(size => draw.integer(0, Math.floor(size / 2))) as [number, number],
    ceilMode: draw.bool(),
    x: drawTensor(draw, [2, 2, draw.integer(5, 8), draw.integer(5, 8)]),
  };
}

const pythonBool = (value: boolean) => (value ? 'True' : 'False');

function maxPool(draw: Draw): Case {
  const { kernel, stride, padding, ceilMode, x } = poolShape(draw);
  const dilation = draw.integers(2, 1, 2) as [number, number];
  return operationCase({
    name: 'maxPool2d',
    torch: `F.max_pool2d(x, (${kernel}), (${stride}), (${padding}), (${dilation}), ${pythonBool(ceilMode)})`,
    leaves: { x },
    ours: ({ x }) => nn.maxPool2d(x!, kernel, { stride, padding, dilation, ceilMode }),
  });
}

function avgPool(draw: Draw): Case {
  const { kernel, stride, padding, ceilMode, x } = poolShape(draw);
  const countIncludePad = draw.bool();
  return operationCase({
    name: 'avgPool2d',
    torch: `F.avg_pool2d(x, (${kernel}), (${stride}), (${padding}), ${pythonBool(ceilMode)}, ${pythonBool(countIncludePad)})`,
    leaves: { x },
    ours: ({ x }) => nn.avgPool2d(x!, kernel, { stride, padding, ceilMode, countIncludePad }),
  });
}

function adaptivePool(draw: Draw): Case {
  const size = draw.integers(2, 1, 4) as [number, number];
  return operationCase({
    name: 'adaptiveAvgPool2d, adaptiveMaxPool2d',
    torch: `(F.adaptive_avg_pool2d(x, (${size})), F.adaptive_max_pool2d(x, (${size})))`,
    leaves: { x: drawTensor(draw, [2, 2, draw.integer(3, 7), draw.integer(3, 7)]) },
    ours: ({ x }) => [nn.adaptiveAvgPool2d(x!, size), nn.adaptiveMaxPool2d(x!, size)],
  });
}

function batchNorm(draw: Draw): Case {
  const channels = draw.integer(1, 4);
  const [m, v] = [drawTensor(draw, [channels]), mapNested(drawTensor(draw, [channels]), positive)];
  return operationCase({
    name: 'batchNorm',
    torch: '(F.batch_norm(x, None, None, w, b, True), F.batch_norm(x, m, v, w, b, False, 0.1, 1e-3))',
    leaves: {
      x: drawTensor(draw, [draw.integer(2, 4), channels, ...draw.choice([[], [3], [3, 2]])]),
      w: drawTensor(draw, [channels]),
      b: drawTensor(draw, [channels]),
    },
    data: { m, v },
    ours: ({ x, w, b }) => {
      const running = { mean: nn.tensor(m), variance: nn.tensor(v) };
      const trained = nn.batchNorm(x!, null, 0, { weight: w!, bias: b! });
      return [trained, nn.batchNormEval(x!, running, { weight: w!, bias: b!, eps: 1e-3 })];
    },
  });
}

function layerNorm(draw: Draw): Case {
  const shape = draw.integers(3, 3, 5);
  const axes = shape.slice(draw.integer(1, 2));
  return operationCase({
    name: 'layerNorm',
    torch: `F.layer_norm(x, (${axes.join(', ')},), w, b)`,
    leaves: { x: drawTensor(draw, shape), w: drawTensor(draw, axes), b: drawTensor(draw, axes) },
    ours: ({ x, w, b }) => nn.layerNorm(x!, axes, { weight: w!, bias: b! }),
  });
}

function groupNorm(draw: Draw): Case {
  const groups = draw.integer(1, 3);
  const channels = groups * draw.integer(1, 3);
  return operationCase({
    name: 'groupNorm',
    torch: `F.group_norm(x, ${groups}, w, b)`,
    leaves: { x: drawTensor(draw, [2, channels, 5]), w: drawTensor(draw, [channels]), b: drawTensor(draw, [channels]) },
    ours: ({ x, w, b }) => nn.groupNorm(x!, groups, { weight: w!, bias: b! }),
  });
}

function embedding(draw: Draw): Case {
  const indices = [draw.integers(3, 0, 4), draw.integers(3, 0, 4)];
  return operationCase({
    name: 'embedding',
    torch: 'F.embedding(i, w, padding_idx=2)',
    leaves: { w: drawTensor(draw, [5, 3]) },
    data: { i: { $indices: indices } },
    ours: ({ w }) => nn.embedding(nn.tensor(indices), w!, 2),
  });
}

function attention(draw: Draw): Case {
  const [queries, keys, width] = draw.integers(3, 2, 5) as [number, number, number];
  const mask = drawTensor(draw, [queries, keys]);
  return operationCase({
    name: 'attend',
    torch: 'F.scaled_dot_product_attention(q, k, v, attn_mask=m)',
    leaves: {
      q: drawTensor(draw, [2, 2, queries, width]),
      k: drawTensor(draw, [2, 2, keys, width]),
      v: drawTensor(draw, [2, 2, keys, 3]),
    },
    data: { m: mask },
    ours: ({ q, k, v }) => nn.attend(q!, k!, v!, { mask: nn.tensor(mask) }).output,
  });
}
