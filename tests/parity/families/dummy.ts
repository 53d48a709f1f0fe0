import { DummyClassifier, DummyRegressor } from '../../../src/dummy/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Both dummies with every strategy, seeds, weights and several outputs. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [...times(50, classifier), ...times(30, regressor)];
}

function classifier(draw: Draw): Case {
  const rows = draw.integer(3, 25);
  const names = draw.choice([['no', 'yes', 'maybe'], [3, -1], [true, false], ['only']] as const);
  const outputs = draw.choice([0, 0, 2]);
  const list = () => draw.labels<string | number | boolean>(rows, names);
  const columns = Array.from({ length: Math.max(1, outputs) }, list);
  const y = outputs === 0 ? columns[0]! : Array.from({ length: rows }, (_, i) => columns.map(column => column[i]!));
  const X = draw.normal(rows, 2);
  const X2 = draw.normal(7, 2);
  const strategy = draw.choice(['prior', 'most_frequent', 'stratified', 'uniform', 'constant']);
  const constants = columns.map(column => column[0]!);
  const constant = strategy !== 'constant' ? null : outputs === 0 ? constants[0]! : constants;
  const sampleWeight = draw.bool(0.4) ? draw.weights(rows) : undefined;
  const randomState = draw.seed();
  return {
    name: 'DummyClassifier',
    class: 'D',
    oracle: {
      fit: 'dummy.DummyClassifier',
      params: {
        strategy,
        random_state: randomState,
        constant: Array.isArray(constant) ? { $list: constant } : constant,
      },
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: ['classes_', 'class_prior_'],
      calls: [
        ['predict_proba', X2],
        ['predict', X2],
      ],
    },
    ours: async () => {
      const model = await new DummyClassifier({ strategy, randomState, constant }).fit(X, y, { sampleWeight });
      return [model.classes_, model.classPrior_, await model.predictProba(X2), await model.predict(X2)];
    },
  };
}

function regressor(draw: Draw): Case {
  const rows = draw.integer(1, 20);
  const outputs = draw.choice([0, 0, 2]);
  const y = outputs === 0 ? draw.normals(rows) : draw.normal(rows, outputs);
  const strategy = draw.choice(['mean', 'median', 'quantile', 'constant']);
  const quantile = strategy === 'quantile' ? draw.choice([0, 1, 0.5, 0.3, draw.real()]) : null;
  const constant = strategy !== 'constant' ? null : outputs === 0 ? -2.5 : [1.5, 7];
  const sampleWeight = draw.bool(0.5) ? draw.weights(rows, rows > 3 ? 0.2 : 0) : undefined;
  const X = draw.normal(rows, 1);
  return {
    name: 'DummyRegressor',
    class: 'A',
    oracle: {
      fit: 'dummy.DummyRegressor',
      params: { strategy, quantile, constant },
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: ['constant_'],
      calls: [['predict', X]],
    },
    ours: async () => {
      const model = await new DummyRegressor({ strategy, quantile, constant }).fit(X, y, { sampleWeight });
      return [[model.constant_], await model.predict(X)];
    },
  };
}
