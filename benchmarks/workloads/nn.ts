import { RandomState } from 'fitwise';
import {
  adam,
  BatchNorm2d,
  Conv2d,
  crossEntropy,
  Dropout,
  Flatten,
  Linear,
  LSTM,
  MaxPool2d,
  type Module,
  mean,
  noGrad,
  normal,
  Optimizer,
  ReLU,
  Sequential,
  square,
  type Tensor,
  TransformerEncoderLayer,
  tensor,
} from 'fitwise/nn';
import { DEEPBOX } from '../peers/deepbox.ts';
import * as deepbox from '../peers/deepbox-networks.ts';
import * as jax from '../peers/jax-networks.ts';
import { ONNX, inference as onnxInference } from '../peers/onnx-networks.ts';
import { TFJS, TFJS_CPU } from '../peers/tfjs.ts';
import * as tfjs from '../peers/tfjs-networks.ts';
import { type Body, body, workload } from '../workload.ts';

/** Both sides draw the same weights and data from the same seeds. */
const TORCH = `
import torch
from torch import nn
import torch.nn.functional as F
def seeded(seed, make):
    torch.manual_seed(seed)
    return make()
`;

const labels = (batch: number) => tensor(Array.from({ length: batch }, (_, i) => i % 10));

/** Steps of a classifier under Adam; its quality is the loss of the first weights. */
function training(make: () => Module, x: Tensor): Body {
  const y = labels(x.shape[0]!);
  const model = make();
  const optimizer = new Optimizer(model.parameters(), adam());
  const step = () => {
    optimizer.zeroGrad();
    crossEntropy(model.forward(x), y).backward();
    optimizer.step();
  };
  return body(step, () => crossEntropy(make().eval().forward(x), y).item());
}

const TRAINING = `
model = seeded(0, make)
optimizer = torch.optim.Adam(model.parameters())
y = torch.arange(batch) % 10
def run():
    optimizer.zero_grad()
    F.cross_entropy(model(x), y).backward()
    optimizer.step()
def quality(_): return F.cross_entropy(seeded(0, make).eval()(x), y).item()
`;

function mlp(): Module {
  const randomState = new RandomState(0);
  return new Sequential(
    new Linear(784, 512, { randomState }),
    new ReLU(),
    new Linear(512, 256, { randomState }),
    new ReLU(),
    new Linear(256, 10, { randomState }),
  );
}

const rows = (batch: number) => normal([batch, 784], { randomState: 1 });

const MLP = `
def make(): return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10))
x = seeded(1, lambda: torch.randn(batch, 784))
`;

function convNet(): Module {
  const randomState = new RandomState(0);
  return new Sequential(
    new Conv2d(1, 32, { kernelSize: 3, padding: 1, randomState }),
    new BatchNorm2d(32),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(32, 64, { kernelSize: 3, padding: 1, randomState }),
    new BatchNorm2d(64),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(3136, 128, { randomState }),
    new ReLU(),
    new Dropout(0.5, { randomState }),
    new Linear(128, 10, { randomState }),
  );
}

const CONV_NET = `
def make(): return nn.Sequential(
    nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))
x = seeded(1, lambda: torch.randn(batch, 1, 28, 28))
`;

const images = (batch: number) => normal([batch, 1, 28, 28], { randomState: 1 });

const encoderLayer = () =>
  new TransformerEncoderLayer(128, 4, { dimFeedforward: 512, dropout: 0, batchFirst: true, randomState: 0 });

const lstm = () => new LSTM(64, 128, { batchFirst: true, randomState: 0 });

const sequences = ({ batch, steps }: { readonly batch: number; readonly steps: number }, width: number) =>
  normal([batch, steps, width], { randomState: 1 });

/** A forward and a backward pass; the quality is the mean square of the outputs. */
function passes(model: Pick<Module, 'zeroGrad'>, forward: () => Tensor): Body {
  const loss = () => mean(square(forward()));
  const pass = () => {
    model.zeroGrad();
    loss().backward();
  };
  return body(pass, () => loss().item());
}

const PASSES = `
def loss(): return forward(x).square().mean()
def run():
    model.zero_grad()
    loss().backward()
def quality(_): return loss().item()
`;

const quality = { name: 'loss', within: 1e-4 };
const inference = (batch: number, target: number) =>
  workload({
    name: `nn-conv-net-inference-${batch}`,
    against: 'torch',
    target,
    size: { batch },
    quick: { batch },
    quality,
    async ours({ batch }) {
      const [model, x] = [convNet().eval(), images(batch)];
      return body(
        () => noGrad(() => model.forward(x)),
        scores => mean(square(scores)).item(),
      );
    },
    theirs: `${TORCH}${CONV_NET}
model = seeded(0, make).eval()
def run():
    with torch.no_grad(): return model(x)
def quality(scores): return scores.square().mean().item()
`,
    peers: {
      [ONNX]: async ({ batch }) => onnxInference(convNet().eval(), images(batch)),
      [TFJS]: async ({ batch }) => tfjs.inference({ network: tfjs.convNet, model: convNet().eval(), x: images(batch) }),
    },
  });

export const nn = [
  workload({
    name: 'nn-mlp-step',
    against: 'torch',
    target: 0.55,
    size: { batch: 128 },
    quick: { batch: 16 },
    quality,
    ours: async ({ batch }) => training(mlp, rows(batch)),
    theirs: `${TORCH}${MLP}${TRAINING}`,
    peers: {
      [jax.JAX]: async ({ batch }) => jax.training({ network: jax.mlp, model: mlp(), x: rows(batch) }),
      [TFJS]: async ({ batch }) => tfjs.training({ network: tfjs.mlp, model: mlp(), x: rows(batch) }),
      [DEEPBOX]: async ({ batch }) => deepbox.training({ network: deepbox.mlp, model: mlp(), x: rows(batch) }),
      [TFJS_CPU]: async ({ batch }) =>
        tfjs.training({ backend: 'cpu', network: tfjs.mlp, model: mlp(), x: rows(batch) }),
    },
  }),
  workload({
    name: 'nn-conv-net-step',
    against: 'torch',
    target: 0.55,
    size: { batch: 64 },
    quick: { batch: 4 },
    quality,
    ours: async ({ batch }) => training(convNet, images(batch)),
    theirs: `${TORCH}${CONV_NET}${TRAINING}`,
    peers: {
      [DEEPBOX]: async ({ batch }) =>
        deepbox.training({ network: deepbox.convNet, precision: 'float64', model: convNet(), x: images(batch) }),
    },
  }),
  inference(1, 0.55),
  inference(64, 0.85),
  workload({
    name: 'nn-encoder-layer',
    against: 'torch',
    target: 0.4,
    size: { batch: 16, steps: 128 },
    quick: { batch: 2, steps: 16 },
    quality,
    async ours(size) {
      const [model, x] = [encoderLayer(), sequences(size, 128)];
      return passes(model, () => model.forward(x));
    },
    theirs: `${TORCH}
model = seeded(0, lambda: nn.TransformerEncoderLayer(128, 4, 512, dropout=0.0, batch_first=True))
x = seeded(1, lambda: torch.randn(batch, steps, 128))
forward = model
${PASSES}`,
    peers: {
      [jax.JAX]: async size =>
        jax.passes({ network: jax.encoderLayer, model: encoderLayer(), x: sequences(size, 128) }),
      [TFJS]: async size => tfjs.passes({ network: tfjs.encoderLayer, model: encoderLayer(), x: sequences(size, 128) }),
    },
  }),
  workload({
    name: 'nn-lstm',
    against: 'torch',
    target: 0.4,
    size: { batch: 32, steps: 50 },
    quick: { batch: 4, steps: 10 },
    quality,
    async ours(size) {
      const [model, x] = [lstm(), sequences(size, 64)];
      return passes(model, () => model.forward(x)[0]);
    },
    theirs: `${TORCH}
model = seeded(0, lambda: nn.LSTM(64, 128, batch_first=True))
x = seeded(1, lambda: torch.randn(batch, steps, 64))
def forward(x): return model(x)[0]
${PASSES}`,
    peers: {
      [TFJS]: async size => tfjs.passes({ network: tfjs.lstm, model: lstm(), x: sequences(size, 64) }),
    },
  }),
];
