import { expect, test } from 'vitest';
import { crossValScore, GridSearchCV, KMeans, KNeighborsClassifier, loadIris, makePipeline, PCA, Ridge, StandardScaler } from '../../src/index.ts'; // biome-ignore format: names only
import { refusal } from '../helpers/refusal.ts';

/** No optional peers here: the same calls with a GPU are in tests/kernels/gpu. */
const { X, y } = await loadIris();
const NO_GPU = 'no GPU (gpu.js: the package is not installed)';
const sentence = (action: string, reason: string) =>
  `UnsupportedError: Cannot ${action}: device 'gpu' must be possible, received ${reason}; use device 'cpu' or 'auto'`;

test("device 'gpu' says why there is no GPU, also through pipelines, searches and cross-validation", async () => {
  const gpu = { device: 'gpu' } as const;
  const search = new GridSearchCV(new Ridge(), { paramGrid: { alpha: [1] } });
  const pipeline = makePipeline(new StandardScaler(), new PCA());
  expect(await refusal(() => new PCA().fit(X, undefined, gpu))).toBe(sentence('fit PCA', NO_GPU));
  expect(await refusal(() => pipeline.fit(X, undefined, gpu))).toBe(sentence('fit Pipeline', NO_GPU));
  expect(await refusal(() => search.fit(X, y, gpu))).toBe(sentence('fit GridSearchCV', NO_GPU));
  expect(await refusal(() => crossValScore(new Ridge(), X, y, gpu))).toBe(sentence('run crossValidate', NO_GPU));
});

test("device 'gpu' is refused by calls without GPU kernels, pipelines of them included", async () => {
  const gpu = { device: 'gpu' } as const;
  const reason = 'an estimator without GPU kernels for this call';
  const neighbors = await new KNeighborsClassifier().fit(X, y);
  const pipeline = makePipeline(new StandardScaler(), new StandardScaler());
  expect(await refusal(() => new KNeighborsClassifier().fit(X, y, gpu))).toBe(
    sentence('fit KNeighborsClassifier', reason),
  );
  expect(await refusal(() => neighbors.predictLogProba(X, gpu))).toBe(
    sentence('predict with KNeighborsClassifier', NO_GPU),
  );
  expect(await refusal(() => pipeline.fit(X, undefined, gpu))).toBe(sentence('fit Pipeline', reason));
  expect(await refusal(() => crossValScore(new KNeighborsClassifier(), X, y, gpu))).toBe(
    sentence('run crossValidate', reason),
  );
});

test("device 'auto' stays on the processor and says why; without a device nothing is said", async () => {
  const model = await new KMeans({ nClusters: 2, randomState: 0 }).fit(X);
  expect(model.device_).toBeUndefined();
  await model.predict(X, { device: 'auto' });
  expect(model.device_).toEqual({ backend: 'cpu', reason: NO_GPU });
  const scaler = await new StandardScaler().fit(X, undefined, { device: 'auto' });
  expect(scaler.device_).toEqual({ backend: 'cpu', reason: 'an estimator without GPU kernels for this call' });
});

test('a device that there is not, and unknown options of predict, are refused', async () => {
  const model = await new PCA().fit(X);
  expect(await refusal(() => model.transform(X, { device: 'tpu' } as never))).toBe(
    "InvalidParamError: Cannot transform with PCA: device must be 'cpu', 'gpu' or 'auto', received 'tpu'",
  );
  expect(await refusal(() => model.transform(X, { sampleWeight: [1] } as never))).toBe(
    "InvalidParamError: Cannot transform with PCA: options must be among signal, onProgress, device, received 'sampleWeight'",
  );
});

test('predict can be aborted', async () => {
  const model = await new KNeighborsClassifier({ algorithm: 'brute' }).fit(X, y);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(model.predict(X, { signal })).rejects.toThrow('enough');
});
