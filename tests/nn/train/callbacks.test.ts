import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import {
  accuracy,
  type Callback,
  CSVLogger,
  EarlyStopping,
  LearningRateScheduler,
  Linear,
  type Logs,
  loadCheckpoint,
  loadWeights,
  ModelCheckpoint,
  mean,
  Optimizer,
  ProgressBar,
  ReduceLROnPlateau,
  sgd,
  square,
  sub,
  type Tensor,
  TensorBoard,
  TerminateOnNaN,
  Trainer,
  tensor,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const folder = mkdtempSync('/tmp/fitwise-');
afterAll(() => rmSync(folder, { recursive: true }));

interface Golden {
  readonly losses: readonly number[];
  readonly stopping: Record<string, never> & { result: { epochs: number; weights: number } };
  readonly plateau: Record<string, never> & { result: { rates: number[] } };
}
const { cases } = JSON.parse(readFileSync(new URL('keras.json', import.meta.url), 'utf8')) as { cases: Golden[] };

/** A model whose only weight says which epoch it is, and whose loss is what the test says. */
async function follow(losses: readonly number[], callback: Callback) {
  const model = new Linear(1, 1, { bias: false, randomState: 0 });
  const optimizer = new Optimizer(model.parameters(), sgd({ lr: 0.5 }));
  let epochs = 0;
  const rates: number[] = [];
  const context = {
    ...{ model, optimizer, epochs: losses.length, batches: 1 },
    direction: () => 'min' as const,
    stop: () => {
      epochs = rates.length + 1;
    },
  };
  await callback.onTrainBegin?.(context);
  for (const [epoch, loss] of losses.entries()) {
    model.weight.data[0] = epoch;
    await callback.onEpochEnd?.(epoch, { loss }, context);
    rates.push(optimizer.lr);
    if (epochs > 0) break;
  }
  await callback.onTrainEnd?.(context);
  return { rates, epochs: rates.length, weights: model.weight.data[0] };
}

test('EarlyStopping stops where Keras 3 stops, and leaves the weights that it leaves', async () => {
  for (const { losses, stopping } of cases) {
    const { result, ...given } = stopping;
    const callback = new EarlyStopping({
      monitor: 'loss',
      minDelta: given.min_delta!,
      patience: given.patience!,
      ...(given.baseline === null ? {} : { baseline: given.baseline! }),
      restoreBestWeights: given.restore_best_weights!,
      startFromEpoch: given.start_from_epoch!,
    });
    const { epochs, weights } = await follow(losses, callback);
    expect({ epochs, weights }, JSON.stringify({ losses, given })).toEqual({
      epochs: result.epochs,
      weights: result.weights,
    });
  }
});

test('ReduceLROnPlateau lowers the rate where Keras 3 lowers it', async () => {
  for (const { losses, plateau } of cases) {
    const { result, ...given } = plateau;
    const callback = new ReduceLROnPlateau({
      ...{ monitor: 'loss', factor: 0.5, patience: given.patience!, minDelta: given.min_delta! },
      ...{ cooldown: given.cooldown!, minLr: given.min_lr! },
    });
    const { rates } = await follow(losses, callback);
    expect(rates, JSON.stringify({ losses, given })).toEqual(result.rates);
  }
});

/** A line to learn: y = 2 x, in two batches. */
const batches = [
  { x: tensor([[1], [2]]), y: tensor([[2], [4]]) },
  { x: tensor([[3]]), y: tensor([[6]]) },
];
function makeTrainer(lr = 0.01) {
  const model = new Linear(1, 1, { bias: false, randomState: 0 });
  const optimizer = new Optimizer(model.parameters(), sgd({ lr }));
  return new Trainer(model, { optimizer, loss: (output, target) => mean(square(sub(output, target))) });
}

test('LearningRateScheduler sets the rate before each epoch', async () => {
  const trainer = makeTrainer();
  await trainer.fit(batches, { epochs: 3, callbacks: [new LearningRateScheduler((epoch, lr) => lr / (epoch + 1))] });
  expect(trainer.optimizer.lr).toBeCloseTo(0.01 / 6, 10);
});

test('ModelCheckpoint fills the path, keeps the best only, and saves whole runs or weights', async () => {
  const trainer = makeTrainer();
  const whole = new ModelCheckpoint(`${folder}/all/{epoch:02d}-{loss:.2f}.safetensors`);
  const best = new ModelCheckpoint(`${folder}/best.safetensors`, {
    monitor: 'loss',
    saveBestOnly: true,
    saveWeightsOnly: true,
  });
  const { values } = await trainer.fit(batches, { epochs: 2, callbacks: [whole, best] });
  expect(readdirSync(`${folder}/all`)).toEqual(
    values.loss!.map((loss, i) => `0${i + 1}-${loss.toFixed(2)}.safetensors`),
  );
  expect((await loadWeights(`${folder}/best.safetensors`)).weight!.data).toEqual((trainer.model as Linear).weight.data);
  const copy = makeTrainer();
  const [last] = readdirSync(`${folder}/all`).slice(-1);
  const meta = await loadCheckpoint(`${folder}/all/${last}`, { model: copy.model, optimizer: copy.optimizer });
  expect(meta).toEqual({ loss: values.loss![1], epoch: 2 });
  const bad = new ModelCheckpoint(`${folder}/{nothing}.safetensors`);
  expect(await refusal(() => trainer.fit(batches, { callbacks: [bad] }))).toContain(
    "its fields must be among loss, epoch, in the formats 02d, .2f and .2e, received 'nothing'",
  );
  const share = new ModelCheckpoint(`${folder}/{loss:02d}.safetensors`);
  expect(await refusal(() => trainer.fit(batches, { callbacks: [share] }))).toMatch(
    /in the formats 02d, .2f and .2e, received \d\.\d+ for 'loss' as a whole number$/,
  );
});

test('CSVLogger writes a header once and a row per epoch, also where it goes on', async () => {
  const path = `${folder}/log.csv`;
  const trainer = makeTrainer();
  const first = await trainer.fit(batches, { epochs: 2, callbacks: [new CSVLogger(path)] });
  const more = await trainer.fit(batches, {
    epochs: 3,
    initialEpoch: 2,
    callbacks: [new CSVLogger(path, { append: true })],
  });
  const rows = [...first.values.loss!, ...more.values.loss!].map((loss, epoch) => `${epoch},${loss}`);
  expect(readFileSync(path, 'utf8')).toBe(`${['epoch,loss', ...rows].join('\n')}\n`);
});

test('CSVLogger has columns for what later epochs validate, makes its folder, and quotes names with separators', async () => {
  const path = `${folder}/new/log.csv`;
  const model = new Linear(1, 1, { randomState: 0 });
  const optimizer = new Optimizer(model.parameters(), sgd({ lr: 0 }));
  const loss = (output: Tensor, target: Tensor) => mean(square(sub(output, target)));
  const trainer = new Trainer(model, { optimizer, loss, metrics: { 'a,b': () => 7 } });
  const options = { epochs: 2, validationData: batches, validationFreq: 2, callbacks: [new CSVLogger(path)] };
  const { values } = await trainer.fit(batches, options);
  const [before, after] = [values.loss![0], values.val_loss![1]];
  expect(readFileSync(path, 'utf8').split('\n')).toEqual([
    'epoch,"a,b",loss,"val_a,b",val_loss',
    `0,7,${before},NA,NA`,
    `1,7,${values.loss![1]},7,${after}`,
    '',
  ]);
});

test('ModelCheckpoint forgets no best value where an epoch has none: 2, nothing, 3', async () => {
  const model = new Linear(1, 1);
  const optimizer = new Optimizer(model.parameters(), sgd());
  const context = { model, optimizer, epochs: 3, batches: 1, direction: () => 'min' as const, stop() {} };
  const callback = new ModelCheckpoint(`${folder}/best-{epoch}.safetensors`, { saveBestOnly: true });
  await captureWarnings(async () => {
    for (const [epoch, logs] of [{ val_loss: 2 }, {}, { val_loss: 3 }].entries()) {
      await callback.onEpochEnd(epoch, logs as Logs, context);
    }
  });
  expect([1, 2, 3].map(epoch => existsSync(`${folder}/best-${epoch}.safetensors`))).toEqual([true, true, false]);
});

test('TerminateOnNaN ends a training whose loss overflows, after that batch', async () => {
  const trainer = makeTrainer(1e30);
  const { result, warnings } = await captureWarnings(() =>
    trainer.fit(batches, { epochs: 50, callbacks: [new TerminateOnNaN()] }),
  );
  expect(result.epochs.length).toBeLessThan(5);
  expect(warnings.map(({ source, kind }) => [source, kind])).toEqual([['TerminateOnNaN', 'convergence']]);
});

test('ProgressBar draws one line per tenth of an epoch where there is no terminal', async () => {
  let drawn = '';
  const stream = { write: (text: string) => (drawn += text) };
  await makeTrainer().fit(batches, { epochs: 2, callbacks: [new ProgressBar({ stream, width: 4 })] });
  expect(drawn.match(/^epoch \d\/2 \[[#.]{4}\] \d\/2 loss \S+$/gm)).toHaveLength(4);
});

test('TensorBoard writes training and validation into folders of their own', async () => {
  const logDir = `${folder}/board`;
  await makeTrainer().fit(batches, {
    epochs: 2,
    validationData: batches,
    callbacks: [new TensorBoard({ logDir, updateFreq: 1 })],
  });
  const read = (run: string) => readFileSync(`${logDir}/${run}/${readdirSync(`${logDir}/${run}`)[0]}`, 'latin1');
  expect(read('train')).toContain('brain.Event:2');
  for (const tag of ['epoch_learning_rate', 'epoch_loss', 'batch_loss']) expect(read('train')).toContain(tag);
  expect(read('validation')).toContain('epoch_loss');
});

test('callbacks refuse what they cannot watch, and warn of what is not there', async () => {
  const trainer = makeTrainer();
  const { warnings } = await captureWarnings(() => trainer.fit(batches, { callbacks: [new EarlyStopping()] }));
  expect(warnings[0]!.message).toBe("there is no 'val_loss' to watch, only loss");
  expect(await refusal(() => new ReduceLROnPlateau({ factor: 1 }))).toContain(
    'factor must be a number > 0 and < 1, received 1',
  );
  expect(await refusal(() => new EarlyStopping({ mode: 'up' as never }))).toContain(
    "mode must be one of ['auto', 'min', 'max'], received 'up'",
  );
  expect(accuracy.isBetterGreater).toBe(true);
});
