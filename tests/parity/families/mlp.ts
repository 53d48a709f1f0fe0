import {
  MLPClassifier,
  type MLPClassifierParams,
  MLPRegressor,
  type MLPRegressorParams,
} from '../../../src/nn/estimators/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** The multi-layer perceptrons: the same seed, the same weights. */
export function cases(draw: Draw): Case[] {
  const many = (count: number, make: (draw: Draw) => Case) =>
    Array.from({ length: count }, (_, i) => ({ ...make(draw), liveOnly: i >= GOLDEN_CASES }));
  return [...many(24, classifier), ...many(20, regressor), ...many(8, classifierInParts), ...many(6, regressorInParts)];
}

/** So many cases of each kind are kept as goldens. */
const GOLDEN_CASES = 4;

/**
 * Steps follow one another: rounding grows with each, most through `relu`, whose kinks it may fall on either side of.
 * Adam divides by roots of squared slopes and so lifts slopes that are themselves rounding.
 */
const STOCHASTIC = 1e-9;
/** L-BFGS stops within its tolerance of an optimum; two programs take steps that drift apart on the way there. */
const QUASI_NEWTON = 1e-4;

interface Drawn {
  readonly ours: Partial<MLPClassifierParams>;
  readonly theirs: Record<string, unknown>;
}

function drawParams(draw: Draw, solver: 'adam' | 'sgd' | 'lbfgs', rows: number): Drawn {
  const hiddenLayerSizes = draw.choice([[5], [4, 3], [], 6]);
  const ours = {
    solver,
    hiddenLayerSizes,
    activation: draw.choice(['relu', 'tanh', 'logistic', 'identity']),
    alpha: draw.choice([0, 1e-4, 0.1]),
    batchSize: draw.choice(['auto', 7, rows] as const),
    learningRate: draw.choice(['constant', 'invscaling', 'adaptive']),
    learningRateInit: draw.choice([0.001, 0.01, 0.05]),
    powerT: draw.choice([0.5, 0.2]),
    maxIter: draw.choice([1, 8, 25]),
    shuffle: draw.bool(0.8),
    randomState: draw.seed(),
    tol: draw.choice([1e-4, 1e-2]),
    momentum: draw.choice([0.9, 0, 0.5]),
    nesterovsMomentum: draw.bool(),
    earlyStopping: solver !== 'lbfgs' && draw.bool(0.4),
    validationFraction: draw.choice([0.1, 0.25]),
    nIterNoChange: draw.choice([2, 10, Infinity]),
  } satisfies Partial<MLPClassifierParams>;
  return {
    ours,
    theirs: {
      solver,
      hidden_layer_sizes: typeof hiddenLayerSizes === 'number' ? hiddenLayerSizes : { $list: hiddenLayerSizes },
      activation: ours.activation,
      alpha: { $float: ours.alpha },
      batch_size: ours.batchSize,
      learning_rate: ours.learningRate,
      learning_rate_init: { $float: ours.learningRateInit },
      power_t: { $float: ours.powerT },
      max_iter: ours.maxIter,
      shuffle: ours.shuffle,
      random_state: ours.randomState,
      tol: { $float: ours.tol },
      momentum: { $float: ours.momentum },
      nesterovs_momentum: ours.nesterovsMomentum,
      early_stopping: ours.earlyStopping,
      validation_fraction: ours.validationFraction,
      n_iter_no_change: ours.nIterNoChange,
    },
  };
}

const ATTRIBUTES = [
  'coefs_',
  'intercepts_',
  'loss_curve_',
  'validation_scores_',
  'best_loss_',
  'best_validation_score_',
  't_',
  'n_iter_',
  'loss_',
  'n_layers_',
  'n_outputs_',
  'out_activation_',
];

function attributesOf(m: MLPClassifier | MLPRegressor): unknown[] {
  return [
    ...[m.coefs_, m.intercepts_, m.lossCurve_, m.validationScores_, m.bestLoss_, m.bestValidationScore_, m.t_],
    ...[m.nIter_, m.loss_, m.nLayers_, m.nOutputs_, m.outActivation_],
  ];
}

/** For L-BFGS only what an optimum determines; scikit-learn then has no curve. */
const askedOf = (solver: string) => (solver === 'lbfgs' ? ['loss_'] : ATTRIBUTES);

function classifier(draw: Draw): Case {
  const rows = draw.integer(40, 70);
  const X = draw.normal(rows, draw.integer(1, 5));
  const solver = draw.choice(['adam', 'sgd', 'adam', 'sgd', 'lbfgs']);
  const kind = draw.choice(['labels', 'labels', 'indicator']);
  const names = draw.choice([
    ['no', 'yes', 'maybe'],
    [3, -1],
    [true, false],
    ['a', 'b', 'c', 'd'],
  ] as const);
  const y =
    kind === 'indicator'
      ? X.map(row => [row[0]! > 0 ? 1 : 0, draw.integer(0, 1)])
      : draw.labelsOf<string | number | boolean>(X, names);
  const { ours, theirs } = drawParams(draw, solver, rows);
  const fresh = draw.normal(6, X[0]!.length);
  const sampleWeight = draw.bool(0.4) ? draw.weights(rows) : undefined;
  return {
    name: `MLPClassifier ${solver}`,
    class: solver === 'lbfgs' ? 'B' : 'D',
    tolerance: solver === 'lbfgs' ? QUASI_NEWTON : STOCHASTIC,
    oracle: {
      fit: 'neural_network.MLPClassifier',
      params: theirs,
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: askedOf(solver),
      calls: [
        ['predict_proba', fresh],
        ['predict', fresh],
      ],
    },
    ours: async () => {
      const m = await new MLPClassifier(ours).fit(X, y, { sampleWeight });
      const proba = await m.predictProba(fresh);
      const asked = solver === 'lbfgs' ? [m.loss_] : attributesOf(m);
      // Of several labels scikit-learn gives the probabilities of yes, one column per label.
      const asTheirs = Array.isArray(proba) ? fresh.map((_, i) => proba.map(matrix => matrix.get(i, 1))) : proba;
      return [...asked, asTheirs, await m.predict(fresh)];
    },
  };
}

function regressor(draw: Draw): Case {
  const rows = draw.integer(40, 70);
  const X = draw.normal(rows, draw.integer(1, 5));
  const solver = draw.choice(['adam', 'sgd', 'adam', 'sgd', 'lbfgs']);
  const loss = draw.choice(['squaredError', 'squaredError', 'poisson']);
  const targets = draw.choice([1, 1, 2]);
  const value = () => (loss === 'poisson' ? draw.integer(0, 4) : draw.gauss());
  const y = targets === 1 ? X.map(value) : X.map(() => [value(), value()]);
  const drawn = drawParams(draw, solver, rows);
  const ours: Partial<MLPRegressorParams> = { ...drawn.ours, loss };
  const theirs = { ...drawn.theirs, loss: loss === 'poisson' ? 'poisson' : 'squared_error' };
  const fresh = draw.normal(6, X[0]!.length);
  const sampleWeight = draw.bool(0.4) ? draw.weights(rows) : undefined;
  return {
    name: `MLPRegressor ${solver}`,
    class: solver === 'lbfgs' ? 'B' : 'D',
    tolerance: solver === 'lbfgs' ? QUASI_NEWTON : STOCHASTIC,
    oracle: {
      fit: 'neural_network.MLPRegressor',
      params: theirs,
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: askedOf(solver),
      calls: [['predict', fresh]],
    },
    ours: async () => {
      const m = await new MLPRegressor(ours).fit(X, y, { sampleWeight });
      return [...(solver === 'lbfgs' ? [m.loss_] : attributesOf(m)), await m.predict(fresh)];
    },
  };
}

function classifierInParts(draw: Draw): Case {
  const columns = draw.integer(1, 4);
  const names = draw.choice([
    ['no', 'yes', 'maybe'],
    [3, -1],
  ] as const);
  const batches = Array.from({ length: 3 }, () => {
    const X = draw.normal(draw.integer(5, 30), columns);
    return { X, y: X.map(() => draw.choice<string | number>(names)) };
  });
  const { ours, theirs } = partParams(draw);
  const fresh = draw.normal(4, columns);
  const calls = batches.map(
    ({ X, y }, i) => ['partial_fit', X, y, { $kwargs: i === 0 ? { classes: names } : {} }] as const,
  );
  return {
    name: 'MLPClassifier partialFit',
    class: 'D',
    tolerance: STOCHASTIC,
    oracle: {
      fit: 'neural_network.MLPClassifier',
      params: theirs,
      calls: [...calls, ['$get', 'coefs_'], ['$get', 'loss_curve_'], ['predict_proba', fresh]],
    },
    ours: async () => {
      const model = new MLPClassifier(ours);
      for (const [i, { X, y }] of batches.entries()) {
        await model.partialFit(X, y, { classes: i === 0 ? names : undefined });
      }
      return [...batches.map(() => null), model.coefs_, model.lossCurve_, await model.predictProba(fresh)];
    },
  };
}

function regressorInParts(draw: Draw): Case {
  const columns = draw.integer(1, 4);
  const batches = Array.from({ length: 3 }, () => {
    const X = draw.normal(draw.integer(5, 30), columns);
    return { X, y: draw.targetOf(X) };
  });
  const { ours, theirs } = partParams(draw);
  return {
    name: 'MLPRegressor partialFit',
    class: 'D',
    tolerance: STOCHASTIC,
    oracle: {
      fit: 'neural_network.MLPRegressor',
      params: theirs,
      calls: [
        ...batches.map(({ X, y }) => ['partial_fit', X, y] as const),
        ['$get', 'coefs_'],
        ['$get', 'loss_curve_'],
      ],
    },
    ours: async () => {
      const model = new MLPRegressor(ours);
      for (const { X, y } of batches) await model.partialFit(X, y);
      return [...batches.map(() => null), model.coefs_, model.lossCurve_];
    },
  };
}

function partParams(draw: Draw): Drawn {
  const { ours, theirs } = drawParams(draw, draw.choice(['adam', 'sgd']), 30);
  return {
    ours: { ...ours, earlyStopping: false, batchSize: 'auto' },
    theirs: { ...theirs, early_stopping: false, batch_size: 'auto' },
  };
}
