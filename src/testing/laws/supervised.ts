import type { Label } from '../../check/index.ts';
import type { AnyEstimator } from '../../core/index.ts';
import { captureWarnings } from '../../errors/index.ts';
import type { Law } from '../law.ts';
import { allowRefusal, call, demand, demandRefusal, demandSame, plain } from '../probe.ts';

const isClassifier = (estimator: AnyEstimator) => estimator.kind === 'classifier';
const isRegressor = (estimator: AnyEstimator) => estimator.kind === 'regressor';
const needsTarget = (estimator: AnyEstimator) =>
  isClassifier(estimator) || isRegressor(estimator) || estimator.traits.needsY === true;

export const targetIsNeeded: Law = {
  name: 'fit without y, or with a y of another length, is refused',
  appliesTo: needsTarget,
  async check({ make, X, y }) {
    await demandRefusal(() => make().fit(X), 'a fit without y');
    const short = Array.from(y as ArrayLike<Label>).slice(1);
    await demandRefusal(() => make().fit(X, short), 'a y that is too short');
  },
};

export const badTargetsAreRefused: Law = {
  name: 'NaN, infinity and, for numbers, text in y are refused',
  appliesTo: needsTarget,
  async check({ make, X, y, estimator }) {
    const hostile: unknown[] = [Number.NaN, Number.POSITIVE_INFINITY, null, {}];
    if (isRegressor(estimator)) hostile.push('seven');
    for (const value of hostile) {
      const target = Array.from(y as ArrayLike<Label>);
      target[4] = value as Label;
      await demandRefusal(() => make().fit(X, target), `${String(value)} in y`);
    }
  },
};

export const continuousTargetIsRefused: Law = {
  name: 'a classifier refuses continuous targets and labels of mixed types',
  appliesTo: isClassifier,
  async check({ make, X }) {
    await demandRefusal(
      () =>
        make().fit(
          X,
          Float64Array.from({ length: X.rows }, (_, i) => i + 0.5),
        ),
      'continuous y',
    );
    const mixed = Array.from({ length: X.rows }, (_, i): Label => (i % 2 === 0 ? 'a' : 1));
    await demandRefusal(() => make().fit(X, mixed), 'labels of mixed types');
  },
};

export const labelsKeepTheirType: Law = {
  name: 'labels come back as they were: text, booleans, numbers; classes are sorted',
  appliesTo: isClassifier,
  async check(probe) {
    const codes = Array.from(probe.y as ArrayLike<number>);
    const [a, b] = [codes.map(code => ['b', 'c', 'a'][code]!), codes.map(code => code === 1)];
    for (const labels of [a, b, codes.map(code => 10 - code)] as Label[][]) {
      const model = await probe.fit(probe.X, labels);
      const predicted = (await call(model, 'predict', probe.X)) as Label[];
      demand(Array.isArray(predicted), 'predict must give an array');
      demand(
        predicted.every(label => labels.includes(label)),
        'predict must give labels of y',
      );
      const { classes_ } = model as unknown as { classes_: readonly Label[] };
      const sorted = [...new Set(labels)].sort((x, y) => (x < y ? -1 : 1));
      demandSame(classes_, sorted, 'classes_ and the sorted labels');
    }
  },
};

export const oneClassWorksOrIsRefused: Law = {
  name: 'a y of one class works and is predicted, or is refused by a sentence about classes',
  appliesTo: isClassifier,
  async check(probe) {
    const y = Array.from({ length: probe.X.rows }, () => 'only');
    const { result } = await captureWarnings(() =>
      allowRefusal(async () => call(await probe.fit(probe.X, y), 'predict', probe.X), 'one class'),
    );
    if (result !== undefined) demandSame(result, y, 'predictions and the only class');
  },
};

export const probabilitiesAreProbabilities: Law = {
  name: 'probabilities sum to one, the greatest one is predicted, and their logarithms are theirs',
  appliesTo: estimator => isClassifier(estimator) && estimator.supports('predictProba'),
  async check(probe) {
    const model = await probe.fit();
    const probabilities = plain(await call(model, 'predictProba', probe.X)) as number[][];
    const { classes_ } = model as unknown as { classes_: readonly Label[] };
    for (const row of probabilities) {
      const sum = row.reduce((total, value) => total + value, 0);
      demand(Math.abs(sum - 1) < 1e-9, `a row of probabilities must sum to 1, received ${sum}`);
      demand(
        row.every(value => value >= 0 && value <= 1),
        `probabilities must lie in [0, 1], received ${row}`,
      );
    }
    if (!model.supports('predictLogProba')) return;
    const logs = plain(await call(model, 'predictLogProba', probe.X)) as number[][];
    demandSame(
      logs.map(row => row.map(Math.exp)),
      probabilities,
      'exp(predictLogProba) and predictProba',
      1e-9,
    );
    if (model.traits.poorScore) return;
    const best = probabilities.map(row => classes_[row.indexOf(Math.max(...row))]);
    demandSame(await call(model, 'predict', probe.X), best, 'predict and the most probable class');
  },
};

export const decisionsAgreeWithPredictions: Law = {
  name: 'the decision function decides: one number per sample for two classes, one per class for more',
  appliesTo: estimator => isClassifier(estimator) && estimator.supports('decisionFunction'),
  async check(probe) {
    const two = Array.from(probe.y as ArrayLike<number>, code => (code === 0 ? 'no' : 'yes'));
    const binary = await probe.fit(probe.X, two);
    const margins = plain(await call(binary, 'decisionFunction', probe.X)) as number[];
    demandSame(
      await call(binary, 'predict', probe.X),
      margins.map(margin => (margin > 0 ? 'yes' : 'no')),
      'predictions and the signs of the decision function',
    );
    const model = await allowRefusal(() => probe.fit(), 'three classes');
    if (model === undefined) return;
    const rows = plain(await call(model, 'decisionFunction', probe.X)) as number[][];
    demand(
      rows.every(row => row.length === 3),
      'the decision function must have a column per class',
    );
    demandSame(
      await call(model, 'predict', probe.X),
      rows.map(row => row.indexOf(Math.max(...row))),
      'predictions and the greatest decision',
    );
  },
};

export const easyDataAreLearned: Law = {
  name: 'easy data are learned: accuracy above 0.83, or R² above 0.5',
  appliesTo: estimator => (isClassifier(estimator) || isRegressor(estimator)) && !estimator.traits.poorScore,
  async check(probe) {
    const model = await probe.fit();
    const score = (await call(model, 'score', probe.X, probe.y)) as number;
    const least = isClassifier(model) ? 0.83 : 0.5;
    demand(score > least, `the score on easy data must be above ${least}, received ${score}`);
  },
};

export const columnTargetIsAList: Law = {
  name: 'a y of one column gives the same as a list, or a row per sample where several outputs are understood',
  appliesTo: estimator => isClassifier(estimator) || isRegressor(estimator),
  async check(probe) {
    const list = Array.from(probe.y as ArrayLike<Label>);
    const reference = plain(await call(await probe.fit(probe.X, list), 'predict', probe.X)) as unknown[];
    const column = list.map(value => [value]);
    const { result } = await captureWarnings(async () => call(await probe.fit(probe.X, column), 'predict', probe.X));
    const rows = plain(result) as unknown[];
    demandSame(
      rows.map(row => (Array.isArray(row) ? row[0] : row)),
      reference,
      'a column y and a list y',
      1e-9,
    );
  },
};
