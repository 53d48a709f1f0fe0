import type { AnyEstimator } from '../../../src/core/index.ts';
import { LogisticRegression, Ridge } from '../../../src/linear-model/index.ts';
import {
  crossValidate,
  crossValPredict,
  exponential,
  GridSearchCV,
  GroupKFold,
  getScorerNames,
  HalvingGridSearchCV,
  HalvingRandomSearchCV,
  KFold,
  learningCurve,
  logUniform,
  normal,
  ParameterSampler,
  permutationTestScore,
  RandomizedSearchCV,
  randomInteger,
  type ScorerName,
  uniform,
  validationCurve,
} from '../../../src/model-selection/index.ts';
import { GaussianNB } from '../../../src/naive-bayes/index.ts';
import { DecisionTreeRegressor } from '../../../src/tree/index.ts';
import type { Case, OracleSpec } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Everything that cross-validates, with closed-form estimators, so that both sides see the same scores. */
export function cases(draw: Draw): Case[] {
  const drawers: readonly (readonly [count: number, one: (draw: Draw) => Case])[] = [
    [8, labelPredictions],
    [8, missingClassPredictions],
    [4, numberPredictions],
    [4, scorePredictions],
    [10, sampledLists],
    [10, sampledDistributions],
    [8, gridOfRegressors],
    [8, gridOfClassifiers],
    [6, weightedGrid],
    [6, randomizedSearch],
    [10, halvingGrid],
    [6, halvingOfParameter],
    [6, halvingRandom],
    [6, learning],
    [6, validation],
    [6, permutationTest],
  ];
  return [...drawers.flatMap(([count, one]) => Array.from({ length: count }, () => one(draw))), ...namedScorers(draw)];
}

const SELECTION = 'from sklearn.experimental import enable_halving_search_cv\nfrom sklearn.model_selection import *\n';

function python(text: string, given: Readonly<Record<string, unknown>>): OracleSpec {
  return { python: SELECTION + text, with: given };
}

function regressionData(draw: Draw, n = draw.integer(20, 60)) {
  const X = draw.normal(n, draw.integer(2, 4));
  return { X, y: draw.targetOf(X) };
}

function classData(draw: Draw, names: readonly (string | number)[], n = draw.integer(30, 60)) {
  const X = draw.normal(n, 3);
  return { X, y: draw.labelsOf(X, names, 1) };
}

function labelPredictions(draw: Draw): Case {
  const { X, y } = classData(
    draw,
    draw.choice([
      ['a', 'b', 'c'],
      ['no', 'yes'],
      [3, 1, 2],
    ]),
  );
  const method = draw.choice(['predict', 'predictProba', 'predictLogProba'] as const);
  const named = { predict: 'predict', predictProba: 'predict_proba', predictLogProba: 'predict_log_proba' }[method];
  return {
    name: 'crossValPredict of labels',
    class: 'A',
    oracle: python(`result = cross_val_predict(resolve('naive_bayes.GaussianNB')(), X, y, cv=3, method='${named}')`, {
      X,
      y,
    }),
    ours: () => crossValPredict(new GaussianNB(), X, y, { cv: 3, method }),
  };
}

function missingClassPredictions(draw: Draw): Case {
  const X = draw.normal(24, 2);
  const y = Array.from({ length: 24 }, (_, i) => 'abc'[Math.floor(i / 8)]!);
  const method = draw.choice(['predictProba', 'predictLogProba'] as const);
  const named = { predictProba: 'predict_proba', predictLogProba: 'predict_log_proba' }[method];
  const nSplits = draw.integer(2, 4);
  return {
    name: 'crossValPredict with classes that a fold lacks',
    class: 'A',
    oracle: python(
      `result = cross_val_predict(resolve('naive_bayes.GaussianNB')(), X, y, cv=KFold(${nSplits}), method='${named}')`,
      { X, y },
    ),
    ours: () => crossValPredict(new GaussianNB(), X, y, { cv: new KFold({ nSplits }), method }),
  };
}

function numberPredictions(draw: Draw): Case {
  const { X, y } = regressionData(draw);
  const target: number[] | number[][] = draw.bool() ? y : y.map((value, i) => [value, i % 5]);
  const seed = draw.seed();
  return {
    name: 'crossValPredict of numbers',
    class: 'A',
    oracle: python(
      `result = cross_val_predict(resolve('linear_model.Ridge')(), X, y, cv=KFold(4, shuffle=True, random_state=${seed}))`,
      { X, y: target },
    ),
    ours: () =>
      crossValPredict(new Ridge(), X, target, { cv: new KFold({ nSplits: 4, shuffle: true, randomState: seed }) }),
  };
}

function scorePredictions(draw: Draw): Case {
  const { X, y } = classData(
    draw,
    draw.choice([
      ['a', 'b', 'c'],
      ['no', 'yes'],
    ]),
  );
  return {
    name: 'crossValPredict of decision scores',
    class: 'B',
    oracle: python(
      "m = resolve('linear_model.LogisticRegression')(solver='newton-cholesky', tol=1e-10, max_iter=1000)\nresult = cross_val_predict(m, X, y, cv=3, method='decision_function')",
      { X, y },
    ),
    ours: () =>
      crossValPredict(new LogisticRegression({ solver: 'newton-cholesky', tol: 1e-10, maxIter: 1000 }), X, y, {
        cv: 3,
        method: 'decisionFunction',
      }),
  };
}

function sampledLists(draw: Draw): Case {
  const grids = Array.from({ length: draw.integer(1, 2) }, () => ({
    b: draw.integers(draw.integer(1, 5), 0, 9),
    a: draw.integers(draw.integer(1, 5), 0, 9),
  }));
  const [nIter, randomState] = [draw.integer(1, 12), draw.seed()];
  return {
    name: 'ParameterSampler of lists',
    class: 'D',
    oracle: python(
      `result = [[p['a'], p['b']] for p in ParameterSampler([dict((k, list(v)) for k, v in g.items()) for g in grids], ${nIter}, random_state=${randomState})]`,
      { grids },
    ),
    ours: () => Array.from(new ParameterSampler(grids, { nIter, randomState }), ({ a, b }) => [a, b]),
  };
}

function sampledDistributions(draw: Draw): Case {
  const [loc, scale, low, width] = [draw.real(-5, 5), draw.real(0.1, 9), draw.real(0.001, 1), draw.real(0.1, 50)];
  const [first, count] = [draw.integer(-5, 5), draw.choice([1, 2, 7, 1000])];
  const [nIter, randomState] = [draw.integer(1, 12), draw.seed()];
  const ours = {
    u: uniform(loc, scale),
    l: logUniform(low, low + width),
    r: randomInteger(first, first + count),
    n: normal(loc, scale),
    e: exponential(loc, scale),
    k: [1, 2, 3],
  };
  const theirs = [
    `u=s.uniform(${loc}, ${scale})`,
    `l=s.loguniform(${low}, ${low + width})`,
    `r=s.randint(${first}, ${first + count})`,
    `n=s.norm(${loc}, ${scale})`,
    `e=s.expon(${loc}, ${scale})`,
    'k=[1, 2, 3]',
  ];
  const both = draw.bool();
  const record = `dict(${theirs.join(', ')})`;
  return {
    name: 'ParameterSampler of distributions',
    class: 'D',
    oracle: python(
      `import scipy.stats as s\nd = ${both ? `[${record}, dict(k=[5, 6])]` : record}\nresult = [dict(p) for p in ParameterSampler(d, ${nIter}, random_state=${randomState})]`,
      {},
    ),
    ours: () => [...new ParameterSampler(both ? [ours, { k: [5, 6] }] : ours, { nIter, randomState })],
  };
}

const GRID_RESULT = `r = s.cv_results_
result = [r['mean_test_score'], r['std_test_score'], r['rank_test_score'], s.best_index_, s.best_score_, s.best_estimator_.predict(X)]`;

type Fitted = {
  readonly cvResults_: Readonly<Record<string, unknown>>;
  readonly bestIndex_: number;
  readonly bestScore_: number;
};

async function gridResult(search: Fitted & { predict(X: number[][]): Promise<unknown> }, X: number[][]) {
  const { meanTestScore, stdTestScore, rankTestScore } = search.cvResults_;
  return [meanTestScore, stdTestScore, rankTestScore, search.bestIndex_, search.bestScore_, await search.predict(X)];
}

function gridOfRegressors(draw: Draw): Case {
  const { X, y } = regressionData(draw);
  const alpha = draw.uniforms(draw.integer(1, 4), 0.01, 50);
  const nSplits = draw.choice([2, 5, 9]);
  const scoring = draw.choice([
    [null, 'None'],
    ['negMeanSquaredError', "'neg_mean_squared_error'"],
    ['r2', "'r2'"],
  ] as const);
  return {
    name: 'GridSearchCV of a regressor',
    class: 'A',
    oracle: python(
      `s = GridSearchCV(resolve('linear_model.Ridge')(), [dict(alpha=list(alpha), fit_intercept=[True, False]), dict(positive=[False])], cv=${nSplits}, scoring=${scoring[1]}).fit(X, y)\n${GRID_RESULT}`,
      { X, y, alpha },
    ),
    ours: async () => {
      const paramGrid = [{ alpha, fitIntercept: [true, false] }, { positive: [false] }];
      return gridResult(
        await new GridSearchCV(new Ridge(), { paramGrid, cv: nSplits, scoring: scoring[0] }).fit(X, y),
        X,
      );
    },
  };
}

function gridOfClassifiers(draw: Draw): Case {
  const { X, y } = classData(draw, [0, 1]);
  const varSmoothing = [1e-9, 0.1, draw.real(0.1, 5), 1e-9];
  return {
    name: 'GridSearchCV with several scorers',
    class: 'A',
    oracle: python(
      `s = GridSearchCV(resolve('naive_bayes.GaussianNB')(), dict(var_smoothing=list(v)), cv=4, scoring=['accuracy', 'neg_log_loss', 'f1'], refit='neg_log_loss', return_train_score=True).fit(X, y)
r = s.cv_results_
result = [[r[a + '_' + b + '_' + m] for a in ('mean', 'std') for b in ('test', 'train')] + [r['rank_test_' + m], r['split2_test_' + m]] for m in ('accuracy', 'neg_log_loss', 'f1')] + [s.best_index_, s.score(X, y)]`,
      { X, y, v: varSmoothing },
    ),
    ours: async () => {
      const scoring = ['accuracy', 'negLogLoss', 'f1'] as const;
      const params = { paramGrid: { varSmoothing }, cv: 4, scoring, refit: 'negLogLoss', returnTrainScore: true };
      const search = await new GridSearchCV(new GaussianNB(), params).fit(X, y);
      const results = search.cvResults_ as unknown as Readonly<Record<string, unknown>>;
      const rows = ['Accuracy', 'NegLogLoss', 'F1'].map(name => [
        ...['meanTest', 'meanTrain', 'stdTest', 'stdTrain'].map(key => results[key + name]),
        results[`rankTest${name}`],
        results[`split2Test${name}`],
      ]);
      return [...rows, search.bestIndex_, await search.score(X, y)];
    },
  };
}

function weightedGrid(draw: Draw): Case {
  const { X, y } = regressionData(draw, 40);
  const [weights, groups] = [draw.weights(40), draw.labels(40, 6)];
  const [ours, theirs] = draw.choice([
    [null, 'None'],
    ['negMaxError', "'neg_max_error'"],
    ['negMeanAbsoluteError', "'neg_mean_absolute_error'"],
  ] as const);
  return {
    name: 'GridSearchCV with weights and groups',
    class: 'A',
    oracle: python(
      `s = GridSearchCV(resolve('linear_model.Ridge')(), dict(alpha=[0.1, 1.5, 20.0]), cv=GroupKFold(3), scoring=${theirs}).fit(X, y, sample_weight=w, groups=g)\n${GRID_RESULT}`,
      { X, y, w: weights, g: groups },
    ),
    ours: async () => {
      const params = { paramGrid: { alpha: [0.1, 1.5, 20] }, cv: new GroupKFold({ nSplits: 3 }), scoring: ours };
      return gridResult(await new GridSearchCV(new Ridge(), params).fit(X, y, { sampleWeight: weights, groups }), X);
    },
  };
}

function randomizedSearch(draw: Draw): Case {
  const { X, y } = regressionData(draw);
  const randomState = draw.seed();
  return {
    name: 'RandomizedSearchCV',
    class: 'A',
    oracle: python(
      `import scipy.stats\ns = RandomizedSearchCV(resolve('linear_model.Ridge')(), dict(alpha=scipy.stats.loguniform(0.01, 100), fit_intercept=[True, False]), n_iter=6, cv=3, random_state=${randomState}).fit(X, y)\n${GRID_RESULT}`,
      { X, y },
    ),
    ours: async () => {
      const paramDistributions = { alpha: logUniform(0.01, 100), fitIntercept: [true, false] };
      const params = { paramDistributions, nIter: 6, cv: 3, randomState };
      return gridResult(await new RandomizedSearchCV(new Ridge(), params).fit(X, y), X);
    },
  };
}

const HALVING_RESULT = `r = s.cv_results_
result = [r['mean_test_score'], r['mean_train_score'], r['iter'], r['n_resources'], s.n_resources_, s.n_candidates_, s.n_remaining_candidates_, s.n_iterations_, s.n_possible_iterations_, s.n_required_iterations_, s.min_resources_, s.max_resources_, s.best_index_, s.best_score_, s.predict(X)]`;

async function halvingResult(
  search: HalvingGridSearchCV<Ridge> | HalvingGridSearchCV<DecisionTreeRegressor> | HalvingRandomSearchCV<Ridge>,
  { X, y }: { X: number[][]; y: number[] },
) {
  const s = await (search as HalvingGridSearchCV<Ridge>).fit(X, y);
  const { meanTestScore, meanTrainScore, iter, nResources } = s.cvResults_ as unknown as Record<string, unknown>;
  const rounds = [s.nResources_, s.nCandidates_, s.nRemainingCandidates_, s.nIterations_, s.nPossibleIterations_];
  const limits = [s.nRequiredIterations_, s.minResources_, s.maxResources_];
  return [
    ...[meanTestScore, meanTrainScore, iter, nResources],
    ...[...rounds, ...limits, s.bestIndex_, s.bestScore_, await s.predict(X)],
  ];
}

/** The score is one that a single test sample has too: numpy's order of NaN is nobody's model. */
function halvingGrid(draw: Draw): Case {
  const data = regressionData(draw, draw.integer(60, 120));
  const alpha = draw.uniforms(draw.choice([1, 3, 9, 12, 27]), 0.01, 500);
  const minResources = draw.choice(['exhaust', 'smallest', 20] as const);
  const maxResources = draw.choice(['auto', 'auto', 50] as const);
  const [factor, aggressiveElimination, randomState] = [draw.choice([2, 3, 1.5]), draw.bool(), draw.seed()];
  const quoted = (value: string | number) => (typeof value === 'string' ? `'${value}'` : value);
  return {
    name: 'HalvingGridSearchCV',
    class: 'A',
    oracle: python(
      `s = HalvingGridSearchCV(resolve('linear_model.Ridge')(), dict(alpha=list(alpha)), cv=3, scoring='neg_mean_absolute_error', factor=${factor}, min_resources=${quoted(minResources)}, max_resources=${quoted(maxResources)}, aggressive_elimination=${aggressiveElimination ? 'True' : 'False'}, random_state=${randomState}).fit(X, y)\n${HALVING_RESULT}`,
      { ...data, alpha },
    ),
    ours: () => {
      const sizes = { minResources, maxResources, factor, aggressiveElimination, randomState };
      return halvingResult(
        new HalvingGridSearchCV(new Ridge(), {
          paramGrid: { alpha },
          cv: 3,
          scoring: 'negMeanAbsoluteError',
          ...sizes,
        }),
        data,
      );
    },
  };
}

function halvingOfParameter(draw: Draw): Case {
  const data = regressionData(draw, 60);
  const ccpAlpha = draw.uniforms(9, 0, 0.4);
  const [factor, maxResources] = [draw.choice([2, 3]), draw.choice([4, 9])];
  return {
    name: 'HalvingGridSearchCV of a parameter',
    class: 'A',
    oracle: python(
      `s = HalvingGridSearchCV(resolve('tree.DecisionTreeRegressor')(random_state=0), dict(ccp_alpha=list(a)), cv=3, factor=${factor}, resource='max_depth', max_resources=${maxResources}, min_resources='smallest', random_state=1).fit(X, y)
result = [s.n_resources_, s.n_candidates_, s.cv_results_['n_resources'][:9], s.cv_results_['mean_test_score'][:9]]`,
      { ...data, a: ccpAlpha },
    ),
    ours: async () => {
      const params = { factor, maxResources, resource: 'maxDepth', minResources: 'smallest', randomState: 1 } as const;
      const tree = new DecisionTreeRegressor({ randomState: 0 });
      const s = await new HalvingGridSearchCV(tree, { paramGrid: { ccpAlpha }, cv: 3, ...params }).fit(data.X, data.y);
      const { meanTestScore, nResources } = s.cvResults_ as unknown as Record<string, Float64Array>;
      return [s.nResources_, s.nCandidates_, nResources!.slice(0, 9), meanTestScore!.slice(0, 9)];
    },
  };
}

function halvingRandom(draw: Draw): Case {
  const data = regressionData(draw, draw.integer(60, 120));
  const randomState = draw.seed();
  const [nCandidates, minResources] = draw.choice([
    ['exhaust', 'smallest'],
    [10, 'exhaust'],
    [7, 'smallest'],
    ['exhaust', 10],
  ] as const);
  const quoted = (value: string | number) => (typeof value === 'string' ? `'${value}'` : value);
  return {
    name: 'HalvingRandomSearchCV',
    class: 'A',
    oracle: python(
      `import scipy.stats\ns = HalvingRandomSearchCV(resolve('linear_model.Ridge')(), dict(alpha=scipy.stats.loguniform(0.01, 100)), cv=3, scoring='neg_mean_absolute_error', n_candidates=${quoted(nCandidates)}, min_resources=${quoted(minResources)}, random_state=${randomState}).fit(X, y)\n${HALVING_RESULT}`,
      data,
    ),
    ours: () => {
      const params = {
        paramDistributions: { alpha: logUniform(0.01, 100) },
        cv: 3,
        scoring: 'negMeanAbsoluteError' as const,
        nCandidates,
        minResources,
        randomState,
      };
      return halvingResult(new HalvingRandomSearchCV(new Ridge(), params), data);
    },
  };
}

function learning(draw: Draw): Case {
  const { X, y } = regressionData(draw);
  const [ours, theirs] = draw.choice([
    [undefined, 'np.linspace(0.1, 1.0, 5)'],
    [[0.5, 0.2, 1], '[0.5, 0.2, 1.0]'],
    [[3, 9, 9, 10], '[3, 9, 9, 10]'],
  ] as const);
  const seed = draw.seed();
  const shuffle = draw.bool();
  return {
    name: 'learningCurve',
    class: 'A',
    oracle: python(
      `result = list(learning_curve(resolve('linear_model.Ridge')(), X, y, cv=3, train_sizes=${theirs}, shuffle=${shuffle ? 'True' : 'False'}, random_state=${seed}))`,
      { X, y },
    ),
    ours: async () => {
      const sizes = ours === undefined ? {} : { trainSizes: ours };
      const curve = await learningCurve(new Ridge(), X, y, { cv: 3, shuffle, randomState: seed, ...sizes });
      return [curve.trainSizes, curve.trainScores, curve.testScores];
    },
  };
}

function validation(draw: Draw): Case {
  const { X, y } = regressionData(draw);
  const paramRange = draw.uniforms(4, 0.1, 30);
  return {
    name: 'validationCurve',
    class: 'A',
    oracle: python(
      "result = list(validation_curve(resolve('linear_model.Ridge')(), X, y, param_name='alpha', param_range=v, cv=4, scoring='neg_mean_absolute_error'))",
      { X, y, v: paramRange },
    ),
    ours: async () => {
      const options = { paramName: 'alpha', paramRange, cv: 4, scoring: 'negMeanAbsoluteError' } as const;
      const { trainScores, testScores } = await validationCurve(new Ridge(), X, y, options);
      return [trainScores, testScores];
    },
  };
}

function permutationTest(draw: Draw): Case {
  const { X, y } = classData(draw, ['a', 'b']);
  const seed = draw.seed();
  const groups = draw.bool() ? draw.labels(y.length, 3) : undefined;
  return {
    name: 'permutationTestScore',
    class: 'D',
    oracle: python(
      `result = list(permutation_test_score(resolve('naive_bayes.GaussianNB')(), X, y, groups=${groups === undefined ? 'None' : 'g'}, cv=3, n_permutations=8, random_state=${seed}))`,
      { X, y, ...(groups === undefined ? {} : { g: groups }) },
    ),
    ours: async () => {
      const options = { cv: 3, nPermutations: 8, randomState: seed, ...(groups === undefined ? {} : { groups }) };
      const { score, permutationScores, pValue } = await permutationTestScore(new GaussianNB(), X, y, options);
      return [score, permutationScores, pValue];
    },
  };
}

/** Every named scorer on an estimator of its kind; targets are positive, so that all losses are defined. */
function namedScorers(draw: Draw): Case[] {
  const X = draw.normal(60, 3);
  const regression = draw.targetOf(X).map(value => Math.abs(value) + 20);
  const classes = { binary: draw.labelsOf(X, [0, 1], 1), multiclass: draw.labelsOf(X, [0, 1, 2], 1) };
  const skipped: readonly string[] = ['precisionSamples', 'recallSamples', 'f1Samples', 'jaccardSamples'];
  return getScorerNames()
    .filter(name => !skipped.includes(name))
    .map(name => {
      const isRegression = /^neg(?!LogLoss|Brier|Negative)|^r2|^explained|^d2Absolute/.test(name);
      const isBinaryOnly = /Likelihood|^(precision|recall|f1|jaccard|averagePrecision|rocAuc)$/.test(name);
      const y = isRegression ? regression : isBinaryOnly ? classes.binary : classes.multiclass;
      const estimator: AnyEstimator = isRegression ? new Ridge() : new GaussianNB();
      const path = isRegression ? 'linear_model.Ridge' : 'naive_bayes.GaussianNB';
      const named = toSnake(name);
      return {
        name: 'named scorers',
        class: 'A',
        oracle: python(
          `result = cross_validate(resolve('${path}')(), X, y, cv=3, scoring='${named}', return_train_score=True)\nresult = [result['test_score'], result['train_score']]`,
          { X, y },
        ),
        ours: async () => {
          const options = { cv: 3, scoring: name as ScorerName, returnTrainScore: true };
          const { testScores, trainScores } = await crossValidate(estimator, X, y, options);
          return [testScores.score, trainScores!.score];
        },
      } satisfies Case;
    });
}

function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}
