/** Trains small networks for some steps; Node and browsers on one machine must give the same lines. */
import { kernelReport, RandomState } from 'fitwise';
import {
  adam,
  BatchNorm2d,
  Conv2d,
  crossEntropy,
  DataLoader,
  Dropout,
  Flatten,
  Linear,
  LSTM,
  MaxPool2d,
  Module,
  mse,
  normal,
  Optimizer,
  ReLU,
  reshape,
  Sequential,
  select,
  sgd,
  type Tensor,
  TensorDataset,
  Trainer,
  TransformerEncoderLayer,
  tensor,
} from 'fitwise/nn';

const SAMPLES = 48;

/** A line for each network: the losses of its epochs, and the sum of all of its weights afterwards. */
export async function linesOfTraining(): Promise<string[]> {
  const lines = [`kernels: ${kernelReport().backend}`];
  const images = normal([SAMPLES, 1, 12, 12], { randomState: 1 });
  const sequences = normal([SAMPLES, 10, 8], { randomState: 2 });
  const classes = tensor(Array.from({ length: SAMPLES }, (_, i) => i % 3));
  const sums = tensor(Array.from({ length: SAMPLES }, (_, i) => Math.fround(i / SAMPLES)));
  const networks: [string, Module, Tensor, Tensor, typeof mse][] = [
    ['convolutions', convolutions(new RandomState(0)), images, classes, crossEntropy],
    ['LSTM', new LastOutput(new RandomState(0)), sequences, sums, mse],
    ['attention', attention(new RandomState(0)), sequences, classes, crossEntropy],
  ];
  for (const [name, model, x, y, loss] of networks) {
    const rule = name === 'LSTM' ? sgd({ lr: 0.1, momentum: 0.9 }) : adam({ lr: 0.01 });
    const trainer = new Trainer(model, { optimizer: new Optimizer(model.parameters(), rule), loss });
    const batches = new DataLoader(new TensorDataset({ x, y }), { batchSize: 16, shuffle: true, randomState: 0 });
    const { values } = await trainer.fit(batches, { epochs: 4 });
    const weights = model.parameters().reduce((sum, { data }) => data.reduce((total, w) => total + w, sum), 0);
    lines.push(`${name}: ${values.loss!.join(' ')}, weights ${weights}`);
  }
  return lines;
}

function convolutions(randomState: RandomState): Module {
  return new Sequential(
    new Conv2d(1, 8, { kernelSize: 3, padding: 1, randomState }),
    new BatchNorm2d(8),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, { kernelSize: 3, padding: 1, randomState }),
    new BatchNorm2d(16),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Dropout(0.25, { randomState }),
    new Linear(144, 3, { randomState }),
  );
}

function attention(randomState: RandomState): Module {
  const layer = new TransformerEncoderLayer(8, 2, { dimFeedforward: 16, batchFirst: true, randomState });
  return new Sequential(layer as unknown as Module, new Flatten(), new Linear(80, 3, { randomState }));
}

class LastOutput extends Module {
  readonly lstm: LSTM;
  readonly answer: Linear;

  constructor(randomState: RandomState) {
    super();
    this.lstm = new LSTM(8, 12, { batchFirst: true, randomState });
    this.answer = new Linear(12, 1, { randomState });
  }

  forward(x: Tensor): Tensor {
    const [outputs] = this.lstm.forward(x);
    return reshape(this.answer.forward(select(outputs, 1, -1)), [-1]);
  }
}
