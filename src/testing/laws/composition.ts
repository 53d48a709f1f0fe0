import { makePipeline } from '../../compose/index.ts';
import { type AnyEstimator, fromBytes, sync, toBytes } from '../../core/index.ts';
import { captureWarnings, InvalidFileError } from '../../errors/index.ts';
import { crossValidate, GridSearchCV } from '../../model-selection/index.ts';
import { useBuiltInClasses } from '../../registry/index.ts';
import { type Law, readsTables } from '../law.ts';
import { call, demand, demandRefusal, demandSame, plain } from '../probe.ts';

const hasScore = (estimator: AnyEstimator) => estimator.supports('score') && estimator.traits.input !== 'any';

export const savesAndLoads: Law = {
  name: 'what is saved and loaded gives the same to the bit, and damaged bytes are refused',
  async check(probe) {
    const fitted = await probe.fit();
    const bytes = toBytes(fitted);
    const loaded = await load(bytes, fitted);
    demandSame(await probe.outputs(loaded), await probe.outputs(fitted), 'a model before and after saving');
    demandSame(loaded.nFeaturesIn_, fitted.nFeaturesIn_, 'nFeaturesIn_ before and after saving');
    await demandRefusal(() => load(bytes.slice(0, bytes.length - 1), fitted), 'a file cut short', InvalidFileError);
  },
};

async function load(bytes: Uint8Array, original: AnyEstimator): Promise<AnyEstimator> {
  useBuiltInClasses();
  return await fromBytes(bytes, { classes: [original.constructor as never] });
}

export const worksInAPipeline: Law = {
  name: 'a pipeline of the estimator alone does what the estimator does',
  async check(probe) {
    const pipeline = makePipeline(probe.make());
    await pipeline.fit(probe.samples, probe.y as never);
    demandSame(
      await probe.outputs(pipeline as never),
      await probe.outputs(await probe.fit()),
      'a pipeline of one step and the step',
    );
  },
};

export const worksInASearch: Law = {
  name: 'cross-validation and searches run it, and leave the caller’s estimator alone',
  appliesTo: hasScore,
  async check(probe) {
    const estimator = probe.make();
    const { result } = await captureWarnings(async () => {
      const { testScores } = await crossValidate(estimator, probe.X, probe.y, { cv: 3 });
      const search = new GridSearchCV(estimator, { cv: 3 });
      await search.fit(probe.X, probe.y as never);
      return { scores: Array.from(testScores.score!), best: search.bestScore_ };
    });
    demand(!estimator.isFitted || estimator.clone() === estimator, 'the caller’s estimator must not be fitted');
    const mean = result.scores.reduce((sum, score) => sum + score, 0) / result.scores.length;
    demandSame(result.best, mean, 'the score of a search and the mean of the cross-validation', 1e-12);
  },
};

export const syncAgrees: Law = {
  name: 'sync(model) gives the same without promises',
  async check(probe) {
    const fitted = await probe.fit();
    const methods = sync(fitted) as unknown as Record<string, (X: unknown) => unknown>;
    for (const method of probe.methods()) {
      demandSame(
        plain(methods[method]!(probe.samples)),
        plain(await call(fitted, method, probe.samples)),
        `${method} with and without promises`,
      );
    }
  },
};

export const fitTransformAgrees: Law = {
  name: 'fitTransform gives what fit and transform give',
  appliesTo: estimator => estimator.supports('transform'),
  async check(probe) {
    const together = plain(await call(probe.make(), 'fitTransform', probe.samples, probe.y));
    demandSame(
      together,
      plain(await call(await probe.fit(), 'transform', probe.samples)),
      'fitTransform and fit, then transform',
      1e-9,
    );
  },
};

interface NamesFeatures {
  getFeatureNamesOut(names?: readonly string[]): string[];
  setOutput(form: 'table'): unknown;
}

export const outputFeaturesHaveNames: Law = {
  name: 'every output feature has a name, tables carry the names, and wrong input names are refused',
  appliesTo: estimator =>
    estimator.kind === 'transformer' &&
    'getFeatureNamesOut' in estimator &&
    estimator.traits.input !== 'any' &&
    readsTables(estimator),
  async check(probe) {
    const fitted = await probe.fit();
    const transformed = (await call(fitted, 'transform', probe.X)) as { columns: number };
    const named = fitted as unknown as NamesFeatures;
    const names = named.getFeatureNamesOut();
    demand(
      names.length === transformed.columns,
      `there must be ${transformed.columns} names, received ${names.length}`,
    );
    await demandRefusal(async () => named.getFeatureNamesOut(['one']), 'one name for four features');
    const table = probe.make();
    (table as unknown as NamesFeatures).setOutput('table');
    await table.fit(probe.X, probe.y as never);
    const { result } = await captureWarnings(() => call(table, 'transform', probe.X).catch(() => undefined));
    if (result !== undefined)
      demandSame((result as { columnNames(): string[] }).columnNames(), names, 'names of the table');
  },
};

export const fitPredictAgrees: Law = {
  name: 'fitPredict gives labels_, consecutive from 0 (or -1 for noise)',
  appliesTo: estimator => estimator.kind === 'clusterer',
  async check(probe) {
    const labels = plain(await call(probe.make(), 'fitPredict', probe.X)) as number[];
    const fitted = (await probe.fit()) as unknown as { labels_: Int32Array };
    demandSame(labels, plain(fitted.labels_), 'fitPredict and labels_');
    const found = new Set(labels.filter(label => label !== -1));
    demand(
      [...found].every(label => label >= 0 && label < found.size),
      `labels must be consecutive, received ${[...found]}`,
    );
  },
};
