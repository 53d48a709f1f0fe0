import * as fitwise from '../../../src/metrics/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { metricCase } from '../metric-case.ts';

/** Metrics with every option at once, on few samples, one class, absent labels, and weights of all sizes. */
export function cases(draw: Draw): Case[] {
  const drawers = [sets, reports, areas, losses, regressions, silhouettes, rankings, indicatorLosses, ownDistances];
  return drawers
    .flatMap(one => Array.from({ length: 25 }, () => one(draw)).flat())
    .map(item => ({ ...item, liveOnly: true }));
}

type Label = string | number | boolean;
const ALIKE = { expectError: 'alike' } as const;
const NAMES: readonly (readonly Label[])[] = [
  [0, 1],
  [-1, 1],
  [true, false],
  ['a', 'b', 'c'],
  [3, 1, 2, 9],
  ['spam', 'ham'],
  [1],
  [0.5 * 4, 7],
];

function few(draw: Draw) {
  const n = draw.choice([1, 2, 3, 8, 30]);
  const names = draw.choice(NAMES);
  const list = () => Array.from({ length: n }, () => draw.choice(names));
  const [yTrue, yPred] = [list(), list()];
  const sampleWeight = draw.choice([
    undefined,
    undefined,
    draw.weights(n),
    draw.weights(n, 0.5).with(0, 2),
    draw.integers(n, 0, 2).with(0, 1),
    draw.weights(n).map(w => w * 1e-9),
  ]);
  const all = draw.choice<readonly Label[] | undefined>([
    undefined,
    undefined,
    names,
    [...names].reverse(),
    names.slice(0, 1),
    typeof names[0] === 'string' ? [...names, 'zz'] : typeof names[0] === 'number' ? [...names, 77] : names,
  ]);
  return { n, names, yTrue, yPred, sampleWeight, labels: all as Label[] | undefined };
}

function asWord(label: Label): string | number {
  return typeof label === 'boolean' ? String(label) : label;
}

const AVERAGES = ['binary', 'micro', 'macro', 'weighted', null] as const;

function sets(draw: Draw): Case[] {
  const { yTrue, yPred, sampleWeight, labels, names } = few(draw);
  const targets = [yTrue, yPred];
  const options = {
    sampleWeight,
    labels,
    average: draw.choice(AVERAGES),
    zeroDivision: draw.choice(['warn', 0, 1, Number.NaN] as const),
    posLabel: draw.choice([undefined, names[0]]),
  };
  return [
    ...[fitwise.precisionScore, fitwise.recallScore, fitwise.f1Score].map(metric =>
      metricCase(metric, targets, options, ALIKE),
    ),
    metricCase(fitwise.fbetaScore, targets, { ...options, beta: draw.choice([0.1, 1, 10]) }, ALIKE),
    metricCase(
      fitwise.jaccardScore,
      targets,
      { ...options, zeroDivision: draw.choice(['warn', 0, 1] as const) },
      ALIKE,
    ),
    metricCase(
      fitwise.confusionMatrix,
      targets,
      { sampleWeight, labels, normalize: draw.choice([null, 'true', 'pred', 'all']) },
      ALIKE,
    ),
    metricCase(
      fitwise.cohenKappaScore,
      targets,
      { sampleWeight, labels, weights: draw.choice([null, 'linear', 'quadratic']) },
      ALIKE,
    ),
    metricCase(fitwise.balancedAccuracyScore, targets, { sampleWeight, adjusted: draw.bool() }, ALIKE),
    metricCase(fitwise.matthewsCorrcoef, targets, { sampleWeight }, ALIKE),
    metricCase(fitwise.zeroOneLoss, targets, { sampleWeight, normalize: draw.bool() }, { ...ALIKE, floor: 1 }),
    metricCase(fitwise.accuracyScore, targets, { sampleWeight, normalize: draw.bool() }, ALIKE),
    metricCase(
      fitwise.classLikelihoodRatios,
      targets,
      { sampleWeight, labels },
      { ...ALIKE, shape: ({ positive, negative }: fitwise.LikelihoodRatios) => [positive, negative] },
    ),
  ];
}

function reports(draw: Draw): Case[] {
  const { n, yTrue, yPred, sampleWeight, labels } = few(draw);
  const shown = labels ?? [...new Set([...yTrue, ...yPred])];
  const targetNames = draw.choice([undefined, undefined, shown.map((_, k) => `class number ${k}`), ['x']]);
  const options = {
    sampleWeight,
    labels,
    targetNames,
    digits: draw.choice([2, 0, 1, 4, 8]),
    zeroDivision: draw.choice(['warn', 0, 1, Number.NaN] as const),
  };
  const width = draw.integer(2, 4);
  const indicators = [draw.integerTable(n, width, 0, 1), draw.integerTable(n, width, 0, 1)];
  const multi = {
    sampleWeight,
    zeroDivision: options.zeroDivision,
    targetNames: draw.choice([undefined, Array.from({ length: width }, (_, k) => `t${k}`)]),
    labels: draw.choice([undefined, [0], [1, 0]]),
  };
  const plain = { ...options, sampleWeight: undefined };
  return [
    // Python writes True, JavaScript true.
    metricCase(
      fitwise.classificationReport,
      [yTrue, yPred].map(list => list.map(asWord)),
      { ...plain, labels: labels?.map(asWord) },
      ALIKE,
    ),
    metricCase(
      fitwise.classificationReport,
      [yTrue, yPred].map(list => list.map(asWord)),
      { ...options, labels: labels?.map(asWord), output: 'object' },
      { ...ALIKE, kwargs: { output: undefined, output_dict: true } },
    ),
    metricCase(
      fitwise.classificationReport,
      indicators,
      { ...multi, output: 'object', targetNames: multi.labels === undefined ? multi.targetNames : undefined },
      { ...ALIKE, kwargs: { output: undefined, output_dict: true } },
    ),
    metricCase(
      fitwise.classificationReport,
      indicators,
      {
        ...multi,
        sampleWeight: undefined,
        digits: 3,
        targetNames: multi.labels === undefined ? multi.targetNames : undefined,
      },
      ALIKE,
    ),
  ];
}

function areas(draw: Draw): Case[] {
  const n = draw.choice([3, 6, 20]);
  const width = draw.integer(2, 4);
  const names = draw
    .choice([
      [0, 1, 2, 3],
      ['d', 'a', 'c', 'b'],
      [-5, 2, 3, 10],
    ] as (string | number)[][])
    .slice(0, width);
  const sorted = [...names].sort((a, b) => (a < b ? -1 : 1));
  const table = draw.integerTable(n, width, 1, 3).map(row => row.map(v => v / row.reduce((a, b) => a + b)));
  const y = Array.from({ length: n }, () => draw.choice(names));
  const sampleWeight = draw.choice([undefined, undefined, draw.weights(n)]);
  const options = {
    multiClass: draw.choice(['ovr', 'ovo', 'raise'] as const),
    average: draw.choice(['macro', 'weighted', 'micro', null] as const),
    labels: draw.choice([undefined, sorted]),
    maxFpr: draw.choice([null, null, 1, 0.5]),
    sampleWeight,
  };
  const bits = draw.integers(n, 0, 1);
  const scores = draw.integers(n, 0, 4);
  const indicator = draw.integerTable(n, width, 0, 1);
  return [
    metricCase(
      fitwise.rocAucScore,
      [y, width === 2 ? table.map(row => row[1]) : table],
      width === 2 ? { ...options, labels: undefined } : options,
      ALIKE,
    ),
    metricCase(
      fitwise.rocAucScore,
      [bits, scores],
      { maxFpr: draw.choice([null, 0.1, 0.5, 0.9, 1]), sampleWeight },
      ALIKE,
    ),
    metricCase(
      fitwise.rocAucScore,
      [indicator, table],
      { average: draw.choice(['macro', 'weighted', 'micro', 'samples', null]), sampleWeight },
      ALIKE,
    ),
    metricCase(
      fitwise.averagePrecisionScore,
      [bits, scores],
      { sampleWeight, posLabel: draw.choice([undefined, 0, 1]) },
      ALIKE,
    ),
    metricCase(
      fitwise.averagePrecisionScore,
      [y.with(0, names[0]!).with(1, names[1]!), width === 2 ? scores : table],
      { average: draw.choice(['macro', 'weighted', 'micro', null]) },
      ALIKE,
    ),
    metricCase(
      fitwise.topKAccuracyScore,
      [y, width === 2 ? scores : table],
      { k: draw.integer(1, width), labels: draw.choice([undefined, sorted]), normalize: draw.bool(), sampleWeight },
      ALIKE,
    ),
    metricCase(
      fitwise.rocCurve,
      [bits, scores],
      { sampleWeight, dropIntermediate: draw.bool(), posLabel: draw.choice([undefined, 0, 1]) },
      { ...ALIKE, shape: ({ fpr, tpr, thresholds }: fitwise.RocCurve) => [fpr, tpr, thresholds] },
    ),
    metricCase(
      fitwise.precisionRecallCurve,
      [bits, scores],
      { sampleWeight, dropIntermediate: draw.bool() },
      {
        ...ALIKE,
        shape: ({ precision, recall, thresholds }: fitwise.PrecisionRecallCurve) => [precision, recall, thresholds],
      },
    ),
    metricCase(
      fitwise.detCurve,
      [bits, scores],
      { dropIntermediate: draw.bool() },
      { ...ALIKE, shape: ({ fpr, fnr, thresholds }: fitwise.DetCurve) => [fpr, fnr, thresholds] },
    ),
  ];
}

function losses(draw: Draw): Case[] {
  const n = draw.choice([1, 2, 5, 20]);
  // Of one class scikit-learn's hinge loss makes the negative one, whatever the labels.
  const isOne = (list: readonly Label[]) => new Set(list).size === 1;
  const width = draw.integer(2, 4);
  const names = draw
    .choice([
      [0, 1, 2, 3],
      ['d', 'a', 'c', 'b'],
      [-5, 2, 3, 10],
    ] as (string | number)[][])
    .slice(0, width);
  const sorted = [...names].sort((a, b) => (a < b ? -1 : 1));
  const y = Array.from({ length: n }, () => draw.choice(names));
  const table = draw
    .integerTable(n, width, 0, 3)
    .map(row => (row.some(Boolean) ? row : row.with(0, 1)))
    .map(row => row.map(v => v / row.reduce((a, b) => a + b)));
  const sampleWeight = draw.choice([undefined, draw.weights(n), draw.integers(n, 0, 2).with(0, 1)]);
  const labels = draw.choice([undefined, sorted, sorted]);
  const scores = draw.normal(n, width);
  return [
    metricCase(fitwise.logLoss, [y, table], { sampleWeight, labels, normalize: draw.bool() }, ALIKE),
    metricCase(fitwise.d2LogLossScore, [y, table], { sampleWeight, labels }, ALIKE),
    metricCase(
      fitwise.brierScoreLoss,
      [y, width === 2 ? table.map(row => row[1]) : table],
      {
        sampleWeight,
        scaleByHalf: draw.choice(['auto', true, false] as const),
        posLabel: width === 2 ? draw.choice([undefined, sorted[1]]) : undefined,
        labels: width === 2 ? undefined : labels,
      },
      ALIKE,
    ),
    metricCase(
      fitwise.d2BrierScore,
      [y, width === 2 ? table.map(row => row[1]) : table],
      {
        sampleWeight,
        posLabel: width === 2 ? draw.choice([undefined, sorted[1]]) : undefined,
        labels: width === 2 ? undefined : labels,
      },
      ALIKE,
    ),
    ...(isOne(y)
      ? []
      : [
          metricCase(
            fitwise.hingeLoss,
            [y, width === 2 ? scores.map(row => row[0]) : scores],
            { sampleWeight, labels },
            ALIKE,
          ),
        ]),
    metricCase(fitwise.hammingLoss, [y, y.map(() => draw.choice(names))], { sampleWeight }, ALIKE),
  ];
}

function regressions(draw: Draw): Case[] {
  // For one sample scikit-learn's list of scores is one NaN.
  const n = draw.choice([2, 3, 10]);
  const outputs = draw.choice([0, 0, 1, 3]);
  const make = () => (outputs === 0 ? draw.integers(n, 0, 3) : draw.integerTable(n, outputs, 0, 3));
  const targets = [make(), make()];
  // Of a constant target scikit-learn divides by what rounding leaves; ours refuses it.
  const spread = [draw.normals(n).map(Math.abs), draw.uniforms(n, 0.1, 3)];
  const sampleWeight = draw.choice([undefined, draw.weights(n), draw.integers(n, 0, 2).with(0, 1)]);
  const multioutput = draw.choice<unknown>([
    'rawValues',
    'uniformAverage',
    ...(outputs > 1 ? [draw.weights(outputs)] : []),
  ]);
  const options = { sampleWeight, multioutput };
  const metrics = [
    fitwise.meanSquaredError,
    fitwise.rootMeanSquaredError,
    fitwise.meanAbsoluteError,
    fitwise.medianAbsoluteError,
    fitwise.meanAbsolutePercentageError,
    fitwise.d2AbsoluteErrorScore,
    fitwise.meanSquaredLogError,
    fitwise.rootMeanSquaredLogError,
  ];
  return [
    ...metrics.map(metric => metricCase(metric, targets, options, ALIKE)),
    ...[fitwise.r2Score, fitwise.explainedVarianceScore].map(metric =>
      metricCase(
        metric,
        targets,
        { ...options, multioutput: draw.choice([multioutput, 'varianceWeighted']), forceFinite: draw.bool() },
        ALIKE,
      ),
    ),
    ...[fitwise.meanPinballLoss, fitwise.d2PinballScore].map(metric =>
      metricCase(metric, targets, { ...options, alpha: draw.choice([0, 0.2, 0.5, 1]) }, ALIKE),
    ),
    metricCase(fitwise.maxError, targets, {}, ALIKE),
    metricCase(
      fitwise.meanTweedieDeviance,
      targets,
      { sampleWeight, power: draw.choice([0, 1, 2, 3, -1, 1.5]) },
      ALIKE,
    ),
    metricCase(fitwise.d2TweedieScore, spread, { power: draw.choice([0, 1, 2, 3, -1, 1.5]) }, ALIKE),
  ];
}

function silhouettes(draw: Draw): Case[] {
  const n = draw.choice([3, 5, 20, 60]);
  const X = draw.bool() ? draw.normal(n, 2) : draw.integerTable(n, 2, 0, 2);
  const labels = draw.choice([
    draw.labels(n, Math.min(n, draw.integer(1, 6))),
    draw.labels(n, ['b', 'a']),
    draw.integers(n, -1, 1),
  ] as (number | string)[][]);
  const random = draw.bool() ? { sampleSize: draw.integer(2, n), randomState: draw.seed() } : {};
  const metric = draw.choice(['euclidean', 'manhattan', 'cosine', 'chebyshev', 'sqeuclidean'] as const);
  const loose = { ...ALIKE, tolerance: 1e-7 };
  return [
    metricCase(
      fitwise.silhouetteScore,
      [X, labels],
      { metric: metric === 'cosine' ? 'manhattan' : metric, ...random },
      loose,
    ),
    metricCase(fitwise.silhouetteSamples, [X, labels], { metric: metric === 'cosine' ? 'l1' : metric }, loose),
    metricCase(fitwise.calinskiHarabaszScore, [X, labels], {}, loose),
    metricCase(fitwise.daviesBouldinScore, [X, labels], {}, loose),
  ];
}

function rankings(draw: Draw): Case[] {
  const n = draw.choice([1, 2, 8]);
  const width = draw.integer(1, 5);
  const truth = draw.integerTable(n, width, 0, 1);
  const scores = draw.integerTable(n, width, 0, 2);
  const gains = draw.integerTable(n, width, 0, 3);
  const sampleWeight = draw.choice([undefined, draw.weights(n)]);
  return [
    metricCase(fitwise.coverageError, [truth, scores], { sampleWeight }, ALIKE),
    metricCase(fitwise.labelRankingAveragePrecisionScore, [truth, scores], { sampleWeight }, ALIKE),
    metricCase(fitwise.labelRankingLoss, [truth, scores], { sampleWeight }, ALIKE),
    metricCase(
      fitwise.dcgScore,
      [gains, scores],
      { sampleWeight, k: draw.choice([null, 1, 2]), logBase: draw.choice([2, Math.E]) },
      ALIKE,
    ),
    metricCase(fitwise.ndcgScore, [gains, scores], { sampleWeight, k: draw.choice([null, 1, 2]) }, ALIKE),
  ];
}

/** Losses of forecasts where several classes, or none, came true. */
function indicatorLosses(draw: Draw): Case[] {
  const n = draw.choice([2, 5, 20]);
  const width = draw.integer(2, 4);
  const truth = draw.bool()
    ? draw.integerTable(n, width, 0, 1)
    : Array.from({ length: n }, () => new Array<number>(width).fill(0).with(draw.integer(0, width - 1), 1));
  const table = draw.integerTable(n, width, 1, 3).map(row => row.map(v => v / row.reduce((a, b) => a + b)));
  const sampleWeight = draw.choice([undefined, draw.weights(n), draw.integers(n, 0, 2).with(0, 1)]);
  return [
    metricCase(fitwise.logLoss, [truth, table], { sampleWeight, normalize: draw.bool() }, ALIKE),
    metricCase(fitwise.d2LogLossScore, [truth, table], { sampleWeight }, ALIKE),
    metricCase(fitwise.brierScoreLoss, [truth, table], { sampleWeight }, ALIKE),
    metricCase(fitwise.d2BrierScore, [truth, table], { sampleWeight }, ALIKE),
  ];
}

/** Rows beside themselves, some of zeros only: the formula would give 0 / 0 for them, or more than 0. */
function ownDistances(draw: Draw): Case[] {
  const [n, width] = [draw.integer(3, 9), draw.integer(2, 4)];
  const X = draw.integerTable(n, width, 0, 1);
  const labels = X.map((_, i) => (i < 2 ? i : draw.integer(0, 1)));
  const names = ['braycurtis', 'canberra', 'correlation', 'seuclidean', 'hamming', 'cosine', 'sqeuclidean'] as const;
  const flags = ['dice', 'jaccard', 'rogerstanimoto', 'russellrao', 'sokalsneath', 'yule'] as const;
  const whole = ['canberra', 'jaccard', 'russellrao', 'rogerstanimoto', 'hamming'] as const;
  return [
    metricCase(fitwise.pairwiseDistances, [X, null], { metric: draw.choice([...names, ...flags]) }, { floor: 1 }),
    metricCase(fitwise.silhouetteSamples, [X, labels], { metric: draw.choice(whole) }, ALIKE),
  ];
}
