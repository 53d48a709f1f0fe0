import * as nn from '../../../src/nn/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { drawTensor, mapNested, type Nested, operationCase } from '../torch-case.ts';

export const oracle = 'torch';

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const sign = (x: number) => (x < 0 ? -1 : 1);

/** Every loss and its gradients, with each reduction. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(8, crossEntropy),
    ...times(4, crossEntropyOfProbabilities),
    ...times(4, nll),
    ...times(3, bce),
    ...times(4, bceWithLogits),
    ...times(10, elementwise),
    ...times(4, klDiv),
    ...times(4, hinge),
    ...times(4, multiMargin),
    ...times(4, cosine),
    ...times(4, oneSample),
    ...times(8, atKinks),
    ...times(3, certain),
    ...times(6, cosineOfHalves),
  ];
}

const drawReduction = (draw: Draw): nn.Reduction => draw.choice(['mean', 'sum', 'none']);

/** Logits (N, C, ...) and class numbers (N, ...), one of them to be ignored. */
function classification(draw: Draw) {
  const [n, classes] = [draw.integer(2, 4), draw.integer(2, 4)];
  const rest = draw.choice([[], [3], [2, 2]]);
  const size = rest.reduce((product, length) => product * length, n);
  const labels = draw.integers(size, 0, classes - 1).with(-1, -100);
  const target = nn.reshape(nn.tensor(labels), [n, ...rest]);
  const weight = mapNested(drawTensor(draw, [classes]), x => Math.abs(x) + 0.1);
  return { x: drawTensor(draw, [n, classes, ...rest]), target, weight, isWeighted: draw.bool() };
}

function crossEntropy(draw: Draw): Case {
  const { x, target, weight, isWeighted } = classification(draw);
  const [labelSmoothing, reduction] = [draw.choice([0, 0.1, 0.4]), drawReduction(draw)];
  const options = { labelSmoothing, reduction, ...(isWeighted ? { weight: nn.tensor(weight) } : {}) };
  return operationCase({
    name: 'crossEntropy',
    torch: `F.cross_entropy(x, t, ${isWeighted ? 'w' : 'None'}, label_smoothing=${labelSmoothing}, reduction='${reduction}')`,
    leaves: { x },
    data: { t: { $indices: target.toArray() }, w: weight },
    ours: ({ x }) => nn.crossEntropy(x!, target, options),
  });
}

function crossEntropyOfProbabilities(draw: Draw): Case {
  const shape = [3, 4, ...draw.choice([[], [2]])];
  // Neither side asks whether they sum to 1.
  const target = mapNested(drawTensor(draw, shape), Math.abs);
  const weight = mapNested(drawTensor(draw, [4]), x => Math.abs(x) + 0.1);
  const [labelSmoothing, reduction] = [draw.choice([0, 0.2]), drawReduction(draw)];
  return operationCase({
    name: 'crossEntropy of probabilities',
    torch: `F.cross_entropy(x, t, w, label_smoothing=${labelSmoothing}, reduction='${reduction}')`,
    leaves: { x: drawTensor(draw, shape) },
    data: { t: target, w: weight },
    ours: ({ x }) => nn.crossEntropy(x!, nn.tensor(target), { labelSmoothing, reduction, weight: nn.tensor(weight) }),
  });
}

function nll(draw: Draw): Case {
  const { x, target, weight, isWeighted } = classification(draw);
  const reduction = drawReduction(draw);
  const options = { reduction, ...(isWeighted ? { weight: nn.tensor(weight) } : {}) };
  return operationCase({
    name: 'nll',
    torch: `F.nll_loss(x.log_softmax(1), t, ${isWeighted ? 'w' : 'None'}, reduction='${reduction}')`,
    leaves: { x },
    data: { t: { $indices: target.toArray() }, w: weight },
    ours: ({ x }) => nn.nll(nn.logSoftmax(x!, 1), target, options),
  });
}

function binaryTarget(draw: Draw, shape: readonly number[]): Nested {
  return mapNested(drawTensor(draw, shape), draw.bool() ? logistic : x => Number(x > 0));
}

function bce(draw: Draw): Case {
  const [target, weight, reduction] = [
    binaryTarget(draw, [3, 2]),
    mapNested(drawTensor(draw, [2]), Math.abs),
    drawReduction(draw),
  ];
  return operationCase({
    name: 'bce',
    torch: `F.binary_cross_entropy(x, t, w, reduction='${reduction}')`,
    leaves: { x: mapNested(drawTensor(draw, [3, 2]), logistic) },
    data: { t: target, w: weight },
    ours: ({ x }) => nn.bce(x!, nn.tensor(target), { weight: nn.tensor(weight), reduction }),
  });
}

function bceWithLogits(draw: Draw): Case {
  const [target, reduction] = [binaryTarget(draw, [3, 2]), drawReduction(draw)];
  const posWeight = mapNested(drawTensor(draw, [2]), x => Math.abs(x) + 0.5);
  return operationCase({
    name: 'bceWithLogits',
    torch: `F.binary_cross_entropy_with_logits(x, t, pos_weight=p, reduction='${reduction}')`,
    leaves: { x: mapNested(drawTensor(draw, [3, 2]), x => 20 * x) },
    data: { t: target, p: posWeight },
    ours: ({ x }) => nn.bceWithLogits(x!, nn.tensor(target), { posWeight: nn.tensor(posWeight), reduction }),
  });
}

function elementwise(draw: Draw): Case {
  const reduction = drawReduction(draw);
  const options = { reduction };
  const [name, torch, ours] = draw.choice([
    ['mse', 'F.mse_loss(x, y', (x: nn.Tensor, y: nn.Tensor) => nn.mse(x, y, options)],
    ['l1', 'F.l1_loss(x, y', (x: nn.Tensor, y: nn.Tensor) => nn.l1(x, y, options)],
    [
      'huber',
      'F.huber_loss(x, y, delta=0.7',
      (x: nn.Tensor, y: nn.Tensor) => nn.huber(x, y, { delta: 0.7, ...options }),
    ],
    [
      'smoothL1',
      'F.smooth_l1_loss(x, y, beta=0.7',
      (x: nn.Tensor, y: nn.Tensor) => nn.smoothL1(x, y, { beta: 0.7, ...options }),
    ],
  ]);
  const leaves = { x: drawTensor(draw, [3, 4]), y: drawTensor(draw, [3, 4]) };
  return operationCase({
    name,
    torch: `${torch}, reduction='${reduction}')`,
    leaves,
    ours: ({ x, y }) => ours(x!, y!),
  });
}

function klDiv(draw: Draw): Case {
  const reduction = draw.choice(['mean', 'sum', 'none', 'batchmean']);
  const logTarget = draw.bool();
  return operationCase({
    name: 'klDiv',
    torch: `F.kl_div(x.log_softmax(1), y.${logTarget ? 'log_softmax' : 'softmax'}(1), reduction='${reduction}', log_target=${logTarget ? 'True' : 'False'})`,
    leaves: { x: drawTensor(draw, [3, 4]), y: drawTensor(draw, [3, 4]) },
    ours: ({ x, y }) => {
      const target = logTarget ? nn.logSoftmax(y!, 1) : nn.softmax(y!, 1);
      return nn.klDiv(nn.logSoftmax(x!, 1), target, { reduction, logTarget });
    },
  });
}

function hinge(draw: Draw): Case {
  const [margin, reduction] = [draw.choice([1, 0.5]), drawReduction(draw)];
  const target = mapNested(drawTensor(draw, [3, 2]), sign);
  return operationCase({
    name: 'hinge, hingeEmbedding',
    torch: `(F.hinge_embedding_loss(x, t, ${margin}, reduction='${reduction}'), F.relu(${margin} - t * x))`,
    leaves: { x: drawTensor(draw, [3, 2]) },
    data: { t: target },
    ours: ({ x }) => [
      nn.hingeEmbedding(x!, nn.tensor(target), { margin, reduction }),
      nn.hinge(x!, nn.tensor(target), { margin, reduction: 'none' }),
    ],
  });
}

function multiMargin(draw: Draw): Case {
  const [margin, reduction, p] = [draw.choice([1, 0.5]), drawReduction(draw), draw.choice([1, 2])];
  const labels = draw.integers(3, 0, 3);
  return operationCase({
    name: 'multiMargin',
    torch: `F.multi_margin_loss(x, t, p=${p}, margin=${margin}, reduction='${reduction}')`,
    leaves: { x: drawTensor(draw, [3, 4]) },
    data: { t: { $indices: labels } },
    ours: ({ x }) => nn.multiMargin(x!, nn.tensor(labels), { margin, reduction, p }),
  });
}

/** Logits (C) and one class. */
function oneSample(draw: Draw): Case {
  const [classes, reduction, labelSmoothing] = [draw.integer(2, 5), drawReduction(draw), draw.choice([0, 0.2])];
  const target = draw.integer(0, classes - 1);
  const weight = mapNested(drawTensor(draw, [classes]), x => Math.abs(x) + 0.1);
  const options = { reduction, weight: nn.tensor(weight) };
  return operationCase({
    name: 'crossEntropy, nll, multiMargin of one sample',
    torch: `(F.cross_entropy(x, torch.tensor(t), w, label_smoothing=${labelSmoothing}, reduction='${reduction}'), F.nll_loss(x, torch.tensor(t), w, reduction='${reduction}'), F.multi_margin_loss(x, torch.tensor(t), reduction='${reduction}'))`,
    leaves: { x: drawTensor(draw, [classes]) },
    data: { t: target, w: weight },
    ours: ({ x }) => [
      nn.crossEntropy(x!, nn.tensor(target), { ...options, labelSmoothing }),
      nn.nll(x!, nn.tensor(target), options),
      nn.multiMargin(x!, nn.tensor(target), { reduction }),
    ],
  });
}

/** Halves, so that differences are 0 and bounds are met exactly. */
const toHalves = (values: Nested) => mapNested(values, x => Math.round(2 * x) / 2);

function atKinks(draw: Draw): Case {
  const reduction = drawReduction(draw);
  const [x, y, signs] = [
    [4, 2],
    [4, 2],
    [4, 2],
  ].map(shape => toHalves(drawTensor(draw, shape))) as Nested[];
  const options = `reduction='${reduction}'`;
  const s = mapNested(signs!, sign);
  return operationCase({
    name: 'losses at their kinks',
    torch: `(F.l1_loss(x, y, ${options}), F.smooth_l1_loss(x, y, beta=0.0, ${options}), F.smooth_l1_loss(x, y, beta=0.5, ${options}), F.huber_loss(x, y, delta=0.5, ${options}), F.hinge_embedding_loss(x, s, 0.5, ${options}))`,
    leaves: { x: x!, y: y! },
    data: { s },
    ours: ({ x, y }) => [
      nn.l1(x!, y!, { reduction }),
      nn.smoothL1(x!, y!, { beta: 0, reduction }),
      nn.smoothL1(x!, y!, { beta: 0.5, reduction }),
      nn.huber(x!, y!, { delta: 0.5, reduction }),
      nn.hingeEmbedding(x!, nn.tensor(s), { margin: 0.5, reduction }),
    ],
  });
}

/** Probabilities of 0 and 1 that are right, and 1/2: where they are wrong, gradients are as large as 1e12. */
function certain(draw: Draw): Case {
  const target = binaryTarget(draw, [3, 2]);
  const known = mapNested(target, y => (y === 0 || y === 1 ? y : 0.5));
  return operationCase({
    name: 'bce of what is certain',
    torch: `F.binary_cross_entropy(p, t, reduction='sum')`,
    leaves: { p: known },
    data: { t: target },
    ours: ({ p }) => nn.bce(p!, nn.tensor(target), { reduction: 'sum' }),
  });
}

/** Among halves there are rows of zeros, whose angles are defined by what torch adds to their lengths. */
function cosineOfHalves(draw: Draw): Case {
  const reduction = drawReduction(draw);
  const [a, b] = [toHalves(drawTensor(draw, [4, 2])), mapNested(toHalves(drawTensor(draw, [4, 2])), x => x / 2)];
  const target = [1, -1, 1, 0];
  return operationCase({
    name: 'cosineEmbedding, cosineSimilarity of halves',
    torch: `(F.cosine_embedding_loss(a, b, t, reduction='${reduction}'), F.cosine_similarity(a, b))`,
    leaves: { a, b },
    data: { t: target },
    ours: ({ a, b }) => [nn.cosineEmbedding(a!, b!, nn.tensor(target), { reduction }), nn.cosineSimilarity(a!, b!)],
  });
}

function cosine(draw: Draw): Case {
  const [margin, reduction] = [draw.choice([0, 0.3]), drawReduction(draw)];
  const target = mapNested(drawTensor(draw, [3]), sign);
  return operationCase({
    name: 'cosineEmbedding, cosineSimilarity',
    torch: `(F.cosine_embedding_loss(a, b, t, ${margin}, reduction='${reduction}'), F.cosine_similarity(a, b))`,
    leaves: { a: drawTensor(draw, [3, 4]), b: drawTensor(draw, [3, 4]) },
    data: { t: target },
    ours: ({ a, b }) => [
      nn.cosineEmbedding(a!, b!, nn.tensor(target), { margin, reduction }),
      nn.cosineSimilarity(a!, b!),
    ],
  });
}
