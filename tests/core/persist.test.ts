import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { Pipeline } from '../../src/compose/index.ts';
import { type AnyEstimator, Transformer } from '../../src/core/index.ts';
import { captureWarnings } from '../../src/errors/index.ts';
import { LogisticRegression, Ridge } from '../../src/linear-model/index.ts';
import { FunctionTransformer, StandardScaler } from '../../src/preprocessing/index.ts';
import { fromBytes, load, save, toBytes } from '../../src/registry/index.ts';
import { Probe } from '../../src/testing/probe.ts';
import { savable } from '../contract/registry.ts';
import { refusal } from '../helpers/refusal.ts';

const X = [
  [0, 2],
  [1, 1],
  [4, 3],
  [5, 9],
];
const y = ['a', 'a', 'b', 'b'];

for (const [name, { make }] of savable) {
  test(`toBytes and fromBytes: ${name}, unfitted and fitted, is what it was`, async () => {
    const probe = new Probe(make);
    const empty = await fromBytes(toBytes(make()));
    expect(empty.isFitted).toBe(make().isFitted);
    await captureWarnings(async () => {
      const model = await probe.fit();
      const copy = await fromBytes(toBytes(model));
      expect(copy.constructor).toBe(model.constructor);
      expect(toBytes(copy)).toEqual(toBytes(model));
      expect(await probe.outputs(copy)).toEqual(await probe.outputs(model));
    });
  });
}

test('toBytes: the same model gives the same bytes, and nothing of the training rows', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => [i + 0.123456789, (i * 7) % 13]);
  const labels = rows.map(([value]) => (value! > 50 ? 'b' : 'a'));
  const fitBytes = async () => toBytes(await new LogisticRegression({ randomState: 0 }).fit(rows, labels));
  const bytes = await fitBytes();
  expect(await fitBytes()).toEqual(bytes);
  expect(bytes.length).toBeLessThan(2000);
});

test('toBytes keeps names of features, the form of the output, the seed and the type of labels', async () => {
  const scaler = new StandardScaler();
  scaler.setOutput('table');
  await scaler.fit(Matrix.fromRows(X).toTable(['width', '__proto__']));
  const copy = await fromBytes<StandardScaler>(toBytes(scaler));
  expect([copy.featureNamesIn_, copy.outputForm]).toEqual([['width', '__proto__'], 'table']);
  const model = await new LogisticRegression({ randomState: 7 }).fit(X, [true, true, false, false]);
  const loaded = await fromBytes<typeof model>(toBytes(model));
  expect([loaded.classes_, loaded.randomState_]).toEqual([[false, true], 7]);
});

test('toBytes: what is loaded is a model like any other: it can be fitted again and cloned', async () => {
  const copy = await fromBytes<Ridge>(toBytes(await new Ridge({ alpha: 0 }).fit([[0], [1]], [0, 1])));
  await copy.fit([[0], [1]], [0, 5]);
  expect(((await copy.predict([[2]])) as Float64Array)[0]).toBeCloseTo(10, 12);
  expect(copy.clone().params.alpha).toBe(0);
});

test('save and load: one file, without traces beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fitwise-'));
  try {
    const path = join(folder, 'model.safetensors');
    const model = await new LogisticRegression().fit(X, y);
    await save(model, path);
    await save(model, path);
    expect(await readdir(folder)).toEqual(['model.safetensors']);
    const copy = await load<LogisticRegression>(path);
    expect((await copy.predictProba(X)) as Matrix).toEqual(await model.predictProba(X));
    const impossible = new Pipeline([['f', new FunctionTransformer({ func: (value: Matrix) => value })]]);
    expect(await refusal(() => save(impossible as unknown as AnyEstimator, path))).toMatch(
      /^UnsupportedError: Cannot /,
    );
    await expect(save(model, join(folder, 'no', 'such', 'folder'))).rejects.toThrow('ENOENT');
    expect(await readdir(folder)).toEqual(['model.safetensors']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const doublerSpec = {};
class Doubler extends Transformer<typeof doublerSpec, { readonly factor: number }> {
  static override readonly id: string = 'mine/Doubler';

  constructor(params: object = {}) {
    super(doublerSpec, params);
  }

  protected learn(): { factor: number } {
    return { factor: 2 };
  }

  protected map(given: Matrix): Matrix {
    return given.map(value => value * this.learned.factor);
  }
}

test('fromBytes: classes of one’s own come with the call, also inside pipelines', async () => {
  const pipeline = await new Pipeline([
    ['double', new Doubler()],
    ['scaler', new StandardScaler()],
  ]).fit(X);
  const bytes = toBytes(pipeline as unknown as AnyEstimator);
  const copy = await fromBytes<typeof pipeline>(bytes, { classes: [Doubler] });
  expect(await copy.transform(X)).toEqual(await pipeline.transform(X));
  expect(await refusal(() => fromBytes(bytes))).toBe(
    "InvalidFileError: Cannot load a model: its classes must be known, received class 'mine/Doubler'; pass your own classes: load(path, { classes: [Mine] }), and to workers by registerModule(url)",
  );
});

test('toBytes refuses a class without an id of its own', async () => {
  class Tripler extends Doubler {}
  expect(await refusal(async () => toBytes(await new Tripler().fit(X)))).toMatch(
    /^UnsupportedError: Cannot store .*: its class must have a static id of its own, received 'mine\/Doubler'; add:/,
  );
});
