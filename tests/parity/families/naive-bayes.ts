import { GaussianNB } from '../../../src/naive-bayes/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** GaussianNB, in one fit and in parts. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [...times(30, whole), ...times(15, parts)];
}

const NAMES = [['no', 'yes', 'maybe'], [3, -1], [true, false], ['only']] as const;

function whole(draw: Draw): Case {
  const [rows, columns] = [draw.integer(6, 40), draw.integer(1, 4)];
  const plain = draw.normal(rows, columns);
  const X = draw.bool(0.3) ? draw.withConstant(plain) : draw.bool(0.3) ? draw.withScales(plain) : plain;
  const names = draw.choice(NAMES);
  const y = draw.labelsOf<string | number | boolean>(X, names);
  const X2 = X.slice(0, 5).map(row => row.map(value => value + 0.1 * draw.gauss()));
  const priors = draw.bool(0.3) ? names.map((_, k) => (k === 0 ? 1 - 0.2 * (names.length - 1) : 0.2)) : null;
  const varSmoothing = draw.choice([1e-9, 1e-9, 1e-2]);
  const sampleWeight = draw.bool(0.5) ? draw.weights(rows, 0.1) : undefined;
  return {
    name: 'GaussianNB',
    class: 'A',
    // The constant column's variance is 1e-9 of the greatest: differences are multiplied by up to 1e9.
    tolerance: 1e-6,
    oracle: {
      fit: 'naive_bayes.GaussianNB',
      params: { priors, var_smoothing: { $float: varSmoothing } },
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: ['classes_', 'theta_', 'var_', 'class_prior_', 'class_count_', 'epsilon_'],
      calls: [
        ['predict', X2],
        ['predict_proba', X2],
        ['predict_log_proba', X2],
        ['predict_joint_log_proba', X2],
      ],
    },
    ours: async () => {
      const m = await new GaussianNB({ priors, varSmoothing }).fit(X, y, { sampleWeight });
      const learned = [m.classes_, m.theta_, m.var_, m.classPrior_, m.classCount_, m.epsilon_];
      const labels = await m.predict(X2);
      return [
        ...learned,
        labels,
        await m.predictProba(X2),
        await m.predictLogProba(X2),
        await m.predictJointLogProba(X2),
      ];
    },
  };
}

function parts(draw: Draw): Case {
  const columns = draw.integer(1, 3);
  const names = draw.choice([
    ['no', 'yes', 'maybe'],
    [3, -1],
  ] as const);
  const batches = Array.from({ length: draw.integer(2, 4) }, () => {
    const X = draw.normal(draw.integer(2, 8), columns);
    const y = X.map(() => draw.choice<string | number>(names));
    return { X, y, sampleWeight: draw.bool(0.5) ? draw.weights(X.length) : undefined };
  });
  const X2 = draw.normal(4, columns);
  const calls = batches.map(({ X, y, sampleWeight }, i) => {
    const named = { ...(i === 0 ? { classes: names } : {}), sample_weight: sampleWeight ?? null };
    return ['partial_fit', X, y, { $kwargs: named }] as const;
  });
  return {
    name: 'GaussianNB partialFit',
    class: 'A',
    oracle: {
      fit: 'naive_bayes.GaussianNB',
      calls: [
        ...calls,
        ['$get', 'theta_'],
        ['$get', 'var_'],
        ['$get', 'class_prior_'],
        ['predict_joint_log_proba', X2],
      ],
    },
    ours: async () => {
      const model = new GaussianNB({ varSmoothing: 1e-9 });
      for (const [i, { X, y, sampleWeight }] of batches.entries()) {
        await model.partialFit(X, y, { sampleWeight, classes: i === 0 ? names : undefined });
      }
      const learned = [model.theta_, model.var_, model.classPrior_];
      return [...batches.map(() => null), ...learned, await model.predictJointLogProba(X2)];
    },
  };
}
