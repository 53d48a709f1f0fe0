import * as nn from '../../../src/nn/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { common, drawTensor, layerCase, mapNested, type Nested } from '../torch-case.ts';

export const oracle = 'torch';

/** Every layer from a seed: its first weights, outputs, gradients, running statistics, and its outputs in evaluation. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(3, linear),
    ...times(4, conv2d),
    ...times(3, conv1d),
    ...times(3, convTranspose2d),
    ...times(4, batchNorm1d),
    ...times(4, batchNorm2d),
    ...times(3, layerNorm),
    ...times(3, groupNorm),
    ...times(2, embedding),
    ...times(2, prelu),
    ...times(3, rnn),
    ...times(3, gru),
    ...times(4, lstm),
    ...times(3, attention),
    ...times(2, crossAttention),
    ...times(3, encoderLayer),
    ...times(2, encoder).map(item => ({ ...item, liveOnly: true })),
    ...times(2, convNet),
    ...activations(draw),
    ...pools(draw),
    ...initialisers(draw),
    ...times(8, borders),
  ];
}

const python = (value: boolean | number) => (typeof value === 'number' ? String(value) : value ? 'True' : 'False');
const ofX = (module: nn.Module, { x }: Readonly<Record<string, nn.Tensor>>) => module.forward(x!);

/** A layer of one input `x`. */
function plain(
  draw: Draw,
  name: string,
  torch: string,
  make: (randomState: nn.InitOptions) => nn.Module,
  x: Nested,
): Case {
  return layerCase({
    name,
    seed: draw.seed(),
    torch,
    make: random => make({ randomState: random }),
    inputs: { x },
    forward: ofX,
  });
}

function linear(draw: Draw): Case {
  const [features, out] = draw.integers(2, 1, 6) as [number, number];
  const bias = draw.bool(0.7);
  const x = drawTensor(draw, [draw.integer(1, 3), 2, features]);
  const torch = `nn.Linear(${features}, ${out}, ${python(bias)})`;
  return plain(draw, 'Linear', torch, seeded => new nn.Linear(features, out, { bias, ...seeded }), x);
}

function conv2d(draw: Draw): Case {
  const groups = draw.integer(1, 2);
  const [channels, out] = [groups * draw.integer(1, 2), groups * draw.integer(1, 3)];
  const kernelSize = draw.integers(2, 1, 3) as [number, number];
  const [stride, padding, bias] = [draw.integer(1, 2), draw.integer(0, 1), draw.bool(0.7)];
  const torch = `nn.Conv2d(${channels}, ${out}, (${kernelSize}), ${stride}, ${padding}, 1, ${groups}, ${python(bias)})`;
  const options = { kernelSize, stride, padding, groups, bias };
  const x = drawTensor(draw, [2, channels, 5, 6]);
  return plain(draw, 'Conv2d', torch, seeded => new nn.Conv2d(channels, out, { ...options, ...seeded }), x);
}

function conv1d(draw: Draw): Case {
  const [channels, out, kernelSize] = draw.integers(3, 1, 3) as [number, number, number];
  const [stride, padding] = [draw.integer(1, 2), draw.integer(0, 1)];
  const torch = `nn.Conv1d(${channels}, ${out}, ${kernelSize}, ${stride}, ${padding})`;
  const options = { kernelSize, stride, padding };
  const x = drawTensor(draw, [2, channels, 7]);
  return plain(draw, 'Conv1d', torch, seeded => new nn.Conv1d(channels, out, { ...options, ...seeded }), x);
}

/** Padding by name, and borders of other values than zeros. */
function borders(draw: Draw): Case {
  const paddingMode = draw.choice(['zeros', 'reflect', 'replicate', 'circular'] as const);
  const padding = draw.choice(['same', 'valid', 1, 2] as const);
  const [kernelSize, dilation] = [draw.integers(2, 1, 4), draw.integers(2, 1, 2)] as [
    [number, number],
    [number, number],
  ];
  const name = typeof padding === 'string' ? `'${padding}'` : padding;
  const options = { kernelSize, dilation, padding, paddingMode };
  const [k, d] = [kernelSize[0], dilation[0]];
  const [first, second] = [
    `nn.Conv2d(2, 2, (${kernelSize}), padding=${name}, dilation=(${dilation}), padding_mode='${paddingMode}')`,
    `nn.Conv1d(2, 2, ${k}, padding=${name}, dilation=${d}, padding_mode='${paddingMode}')`,
  ];
  if (draw.bool()) {
    const x = drawTensor(draw, [2, 2, 7, 8]);
    return plain(draw, 'Conv2d with borders', first, seeded => new nn.Conv2d(2, 2, { ...options, ...seeded }), x);
  }
  const x = drawTensor(draw, [2, 2, 7]);
  const signal = { ...options, kernelSize: k, dilation: d };
  return plain(draw, 'Conv1d with borders', second, seeded => new nn.Conv1d(2, 2, { ...signal, ...seeded }), x);
}

function convTranspose2d(draw: Draw): Case {
  const [channels, out, kernelSize] = draw.integers(3, 2, 3) as [number, number, number];
  const [stride, padding] = [draw.integer(1, 2), draw.integer(0, 1)];
  const torch = `nn.ConvTranspose2d(${channels}, ${out}, ${kernelSize}, ${stride}, ${padding})`;
  const options = { kernelSize, stride, padding };
  const x = drawTensor(draw, [2, channels, 3, 4]);
  return plain(
    draw,
    'ConvTranspose2d',
    torch,
    seeded => new nn.ConvTranspose2d(channels, out, { ...options, ...seeded }),
    x,
  );
}

function batchNormOptions(draw: Draw) {
  const options = { eps: draw.choice([1e-5, 1e-2]), momentum: draw.choice([0.1, 0.4, null]), affine: draw.bool(0.7) };
  const trackRunningStats = draw.bool(0.7);
  const text = `${options.eps}, ${options.momentum ?? 'None'}, ${python(options.affine)}, ${python(trackRunningStats)}`;
  return { options: { ...options, trackRunningStats }, text };
}

function batchNorm1d(draw: Draw): Case {
  const { options, text } = batchNormOptions(draw);
  const x = drawTensor(
    draw,
    draw.choice([
      [5, 3],
      [3, 3, 4],
    ]),
  );
  return plain(draw, 'BatchNorm1d', `nn.BatchNorm1d(3, ${text})`, () => new nn.BatchNorm1d(3, options), x);
}

function batchNorm2d(draw: Draw): Case {
  const { options, text } = batchNormOptions(draw);
  const x = drawTensor(draw, [2, 3, 4, 3]);
  return plain(draw, 'BatchNorm2d', `nn.BatchNorm2d(3, ${text})`, () => new nn.BatchNorm2d(3, options), x);
}

function layerNorm(draw: Draw): Case {
  const shape = draw.integers(draw.integer(1, 2), 3, 5);
  const [affine, bias] = [draw.bool(0.7), draw.bool(0.7)];
  const torch = `nn.LayerNorm((${shape.join(', ')},), 1e-5, ${python(affine)}, ${python(bias)})`;
  const x = drawTensor(draw, [2, ...shape]);
  return plain(draw, 'LayerNorm', torch, () => new nn.LayerNorm(shape, { affine, bias }), x);
}

function groupNorm(draw: Draw): Case {
  const [groups, each] = draw.integers(2, 1, 3) as [number, number];
  const torch = `nn.GroupNorm(${groups}, ${groups * each})`;
  const x = drawTensor(draw, [2, groups * each, 3]);
  return plain(draw, 'GroupNorm', torch, () => new nn.GroupNorm(groups, groups * each), x);
}

function embedding(draw: Draw): Case {
  const indices = draw.integers(6, 0, 9);
  const paddingIndex = draw.choice([null, 3]);
  return layerCase({
    name: 'Embedding',
    seed: draw.seed(),
    torch: `nn.Embedding(10, 4, ${paddingIndex ?? 'None'})`,
    call: 'module(i)',
    inputs: {},
    data: { i: { $indices: indices } },
    make: random => new nn.Embedding(10, 4, { paddingIndex, randomState: random }),
    forward: (module: nn.Embedding) => module.forward(nn.tensor(indices)),
  });
}

function prelu(draw: Draw): Case {
  const count = draw.choice([1, 3]);
  const x = drawTensor(draw, [2, 3, 4]);
  // Halves, so that there are zeros, where the derivative is the slope.
  const halves = mapNested(x, value => Math.round(2 * value) / 2);
  return plain(draw, 'PReLU', `nn.PReLU(${count})`, () => new nn.PReLU(count), halves);
}

function recurrentOptions(draw: Draw) {
  const options = {
    numLayers: draw.integer(1, 2),
    bias: draw.bool(0.7),
    batchFirst: draw.bool(),
    bidirectional: draw.bool(),
  };
  const { numLayers, bias, batchFirst, bidirectional } = options;
  const text = `num_layers=${numLayers}, bias=${python(bias)}, batch_first=${python(batchFirst)}, bidirectional=${python(bidirectional)}`;
  const [features, hidden, steps, batch] = draw.integers(4, 1, 4) as [number, number, number, number];
  const x = drawTensor(draw, batchFirst ? [batch, steps, features] : [steps, batch, features]);
  const state = drawTensor(draw, [numLayers * (bidirectional ? 2 : 1), batch, hidden]);
  return { options, text, features, hidden, x, state };
}

function rnn(draw: Draw): Case {
  const { options, text, features, hidden, x, state } = recurrentOptions(draw);
  const nonlinearity = draw.choice(['tanh', 'relu']);
  return layerCase({
    name: 'RNN',
    seed: draw.seed(),
    torch: `nn.RNN(${features}, ${hidden}, nonlinearity='${nonlinearity}', ${text})`,
    call: 'module(x, h)',
    inputs: { x, h: state },
    make: random => new nn.RNN(features, hidden, { nonlinearity, ...options, randomState: random }),
    forward: (module: nn.RNN, { x, h }) => module.forward(x!, h!),
  });
}

function gru(draw: Draw): Case {
  const { options, text, features, hidden, x, state } = recurrentOptions(draw);
  return layerCase({
    name: 'GRU',
    seed: draw.seed(),
    torch: `nn.GRU(${features}, ${hidden}, ${text})`,
    call: 'module(x, h)',
    inputs: { x, h: state },
    make: random => new nn.GRU(features, hidden, { ...options, randomState: random }),
    forward: (module: nn.GRU, { x, h }) => module.forward(x!, h!),
  });
}

function lstm(draw: Draw): Case {
  const { options, text, features, hidden, x, state } = recurrentOptions(draw);
  return layerCase({
    name: 'LSTM',
    seed: draw.seed(),
    torch: `nn.LSTM(${features}, ${hidden}, ${text})`,
    call: '(lambda y, s: (y, *s))(*module(x, (h, h * 0.5)))',
    inputs: { x, h: state },
    make: random => new nn.LSTM(features, hidden, { ...options, randomState: random }),
    forward: (module: nn.LSTM, { x, h }) => {
      const [outputs, [last, cell]] = module.forward(x!, [h!, nn.mul(h!, 0.5)]);
      return [outputs, last, cell];
    },
  });
}

function attention(draw: Draw): Case {
  const [batchFirst, bias] = [draw.bool(), draw.bool(0.7)];
  const [batch, steps] = draw.integers(2, 1, 4) as [number, number];
  const padding = Array.from({ length: batch }, () => draw.bools(steps, 0.3).with(0, false));
  const causal = draw.bool();
  const mask = Array.from({ length: steps }, (_, i) =>
    Array.from({ length: steps }, (_, j) => (causal && j > i ? -Infinity : 0)),
  );
  return layerCase({
    name: 'MultiheadAttention',
    seed: draw.seed(),
    torch: `nn.MultiheadAttention(6, 2, bias=${python(bias)}, batch_first=${python(batchFirst)})`,
    call: 'module(x, x, x, key_padding_mask=p.bool(), attn_mask=m)',
    inputs: { x: drawTensor(draw, batchFirst ? [batch, steps, 6] : [steps, batch, 6]) },
    data: { p: padding.map(row => row.map(Number)), m: mask },
    make: random => new nn.MultiheadAttention(6, 2, { bias, batchFirst, randomState: random }),
    forward: (module: nn.MultiheadAttention, { x }) =>
      module.forward(x!, x!, x!, {
        keyPaddingMask: nn.tensor(padding.map(row => row.map(Number))),
        attnMask: nn.tensor(mask),
      }),
  });
}

function crossAttention(draw: Draw): Case {
  return layerCase({
    name: 'MultiheadAttention of other keys',
    seed: draw.seed(),
    torch: 'nn.MultiheadAttention(4, 4)',
    call: 'module(q, k, v)',
    inputs: { q: drawTensor(draw, [3, 2, 4]), k: drawTensor(draw, [5, 2, 4]), v: drawTensor(draw, [5, 2, 4]) },
    make: random => new nn.MultiheadAttention(4, 4, { randomState: random }),
    forward: (module: nn.MultiheadAttention, { q, k, v }) => module.forward(q!, k!, v!),
  });
}

function encoderOptions(draw: Draw) {
  const options = {
    activation: draw.choice(['relu', 'gelu']),
    batchFirst: draw.bool(),
    normFirst: draw.bool(),
    bias: draw.bool(0.7),
  };
  const { activation, batchFirst, normFirst, bias } = options;
  const text = `dim_feedforward=8, dropout=0.0, activation='${activation}', batch_first=${python(batchFirst)}, norm_first=${python(normFirst)}, bias=${python(bias)}`;
  return { options: { dimFeedforward: 8, dropout: 0, ...options }, text };
}

function encoderLayer(draw: Draw): Case {
  const { options, text } = encoderOptions(draw);
  return layerCase({
    name: 'TransformerEncoderLayer',
    seed: draw.seed(),
    torch: `nn.TransformerEncoderLayer(6, 3, ${text})`,
    inputs: { x: drawTensor(draw, [3, 4, 6]) },
    make: random => new nn.TransformerEncoderLayer(6, 3, { ...options, randomState: random }),
    forward: (module: nn.TransformerEncoderLayer, { x }) => module.forward(x!),
  });
}

/** torch copies one layer, so that all begin with the same weights: ours are loaded from the first. */
function encoder(draw: Draw): Case {
  const { options, text } = encoderOptions(draw);
  return layerCase({
    name: 'TransformerEncoder',
    seed: draw.seed(),
    torch: `nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, ${text}), 2, nn.LayerNorm(4), enable_nested_tensor=False)`,
    inputs: { x: drawTensor(draw, [3, 2, 4]) },
    make: random => {
      const layers = [0, 1].map(() => new nn.TransformerEncoderLayer(4, 2, { ...options, randomState: random }));
      layers[1]!.loadStateDict(layers[0]!.stateDict());
      return new nn.TransformerEncoder(layers, { norm: new nn.LayerNorm(4) });
    },
    forward: (module: nn.TransformerEncoder, { x }) => module.forward(x!),
  });
}

/** The convolutions have no bias: before a batch norm its gradient is zero, and what is left of it is noise. */
function convNet(draw: Draw): Case {
  return plain(
    draw,
    'a network of convolutions',
    `nn.Sequential(nn.Conv2d(1, 3, 3, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))`,
    seeded =>
      new nn.Sequential(
        new nn.Conv2d(1, 3, { kernelSize: 3, bias: false, ...seeded }),
        new nn.BatchNorm2d(3),
        new nn.ReLU(),
        new nn.MaxPool2d(2),
        new nn.Conv2d(3, 4, { kernelSize: 3, padding: 1, bias: false, ...seeded }),
        new nn.BatchNorm2d(4),
        new nn.ReLU(),
        new nn.AdaptiveAvgPool2d(1),
        new nn.Flatten(),
        new nn.Linear(4, 3, seeded),
      ),
    drawTensor(draw, [3, 1, 8, 8]),
  );
}

function activations(draw: Draw): Case[] {
  const table: readonly (readonly [torch: string, make: () => nn.Module])[] = [
    ['ReLU()', () => new nn.ReLU()],
    ['ReLU6()', () => new nn.ReLU6()],
    ['LeakyReLU()', () => new nn.LeakyReLU()],
    ['ELU()', () => new nn.ELU()],
    ['SELU()', () => new nn.SELU()],
    ['GELU()', () => new nn.GELU()],
    ['SiLU()', () => new nn.SiLU()],
    ['Mish()', () => new nn.Mish()],
    ['Sigmoid()', () => new nn.Sigmoid()],
    ['Tanh()', () => new nn.Tanh()],
    ['Softplus()', () => new nn.Softplus()],
    ['Softsign()', () => new nn.Softsign()],
    ['LogSigmoid()', () => new nn.LogSigmoid()],
    ['Hardtanh()', () => new nn.Hardtanh()],
    ['Hardsigmoid()', () => new nn.Hardsigmoid()],
    ['Hardswish()', () => new nn.Hardswish()],
    ['Softmax(-1)', () => new nn.Softmax()],
    ['LogSoftmax(-1)', () => new nn.LogSoftmax()],
    ['Identity()', () => new nn.Identity()],
    ['Dropout(0.0)', () => new nn.Dropout(0)],
    ['Flatten()', () => new nn.Flatten()],
  ];
  return table.map(([torch, make]) => plain(draw, torch, `nn.${torch}`, make, drawTensor(draw, [2, 5])));
}

function pools(draw: Draw): Case[] {
  const table: readonly (readonly [torch: string, make: () => nn.Module, axes: 3 | 4])[] = [
    ['MaxPool1d(2)', () => new nn.MaxPool1d(2), 3],
    ['MaxPool2d(3, 2, 1)', () => new nn.MaxPool2d(3, { stride: 2, padding: 1 }), 4],
    ['AvgPool1d(2)', () => new nn.AvgPool1d(2), 3],
    ['AvgPool2d(2)', () => new nn.AvgPool2d(2), 4],
    ['AdaptiveAvgPool1d(3)', () => new nn.AdaptiveAvgPool1d(3), 3],
    ['AdaptiveAvgPool2d(2)', () => new nn.AdaptiveAvgPool2d(2), 4],
    ['AdaptiveMaxPool1d(2)', () => new nn.AdaptiveMaxPool1d(2), 3],
    ['AdaptiveMaxPool2d((1, 3))', () => new nn.AdaptiveMaxPool2d([1, 3]), 4],
  ];
  return table.map(([torch, make, axes]) =>
    plain(draw, torch, `nn.${torch}`, make, drawTensor(draw, [2, 3, 5, 7].slice(0, axes))),
  );
}

function initialisers(draw: Draw): Case[] {
  const shape = [draw.integer(2, 5), draw.integer(2, 4), 3];
  const table: readonly (readonly [torch: string, make: (randomState: RandomState) => nn.Tensor])[] = [
    ['uniform_(w, -2, 3)', randomState => nn.uniform(shape, { low: -2, high: 3, randomState })],
    ['normal_(w, 1, 2)', randomState => nn.normal(shape, { mean: 1, deviation: 2, randomState })],
    ['trunc_normal_(w)', randomState => nn.truncatedNormal(shape, { randomState })],
    [
      'trunc_normal_(w, 1, 2, -0.5, 0.5)',
      randomState => nn.truncatedNormal(shape, { mean: 1, deviation: 2, low: -0.5, high: 0.5, randomState }),
    ],
    ['xavier_uniform_(w, 1.5)', randomState => nn.xavierUniform(shape, { gain: 1.5, randomState })],
    ['xavier_normal_(w)', randomState => nn.xavierNormal(shape, { randomState })],
    [
      "kaiming_uniform_(w, 0.2, 'fan_out')",
      randomState => nn.kaimingUniform(shape, { slope: 0.2, mode: 'out', randomState }),
    ],
    ['kaiming_normal_(w)', randomState => nn.kaimingNormal(shape, { randomState })],
    ['orthogonal_(w, 2)', randomState => nn.orthogonal(shape, { gain: 2, randomState })],
  ];
  return table.map(([torch, make]) => {
    const seed = draw.seed();
    return {
      ...common(torch.slice(0, torch.indexOf('_('))),
      oracle: { torch: `w = torch.empty(${shape.join(', ')}); torch.manual_seed(${seed}); result = nn.init.${torch}` },
      ours: () => make(new RandomState(seed)),
    };
  });
}
