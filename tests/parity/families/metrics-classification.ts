import * as fitwise from '../../../src/metrics/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { metricCase, pair } from '../metric-case.ts';

const SET_SCORES = [fitwise.precisionScore, fitwise.recallScore, fitwise.f1Score] as const;
const AVERAGES = ['micro', 'macro', 'weighted', null] as const;

const refused = { expectError: true } as const;
const onlyOurs = { expectError: 'ours' } as const;

export function cases(draw: Draw): Case[] {
  return [
    ...Array.from({ length: 4 }, () => [...labelled(draw), ...multilabel(draw), ...probabilities(draw)]).flat(),
    ...edges(draw),
  ];
}

function drawLabels(draw: Draw, count: number, names = draw.choice(NAMES)) {
  const used = names.slice(0, count);
  const n = draw.integer(3, 60);
  const yTrue = draw.labels<string | number>(n, used);
  const yPred = yTrue.map(label => (draw.bool(0.6) ? label : draw.choice(used)));
  return {
    n,
    used,
    yTrue,
    yPred,
    sampleWeight: draw.choice([undefined, draw.weights(n), draw.weights(n, 0.3).with(0, 1)]),
  };
}

const NAMES = [
  [0, 1, 2, 3],
  [-3, 1, 2, 7],
  ['cat', 'dog', 'eel', 'ant'],
  ['é', 'a', '犬', 'Z'],
] as (string | number)[][];

function labelled(draw: Draw): Case[] {
  const several = drawLabels(draw, draw.integer(2, 4));
  const { n, used, yTrue, yPred, sampleWeight } = several;
  const targets = [yTrue, yPred];
  const labels = draw.choice([undefined, draw.permutation(used.length).map(i => used[i]!), used.slice(0, 1)]);
  const two = drawLabels(draw, 2, [0, 1]);
  const words = drawLabels(draw, 2, ['yes', 'no']);
  const zeroDivision = draw.choice(['warn', 0, 1, Number.NaN] as const);
  const average = draw.choice(AVERAGES);
  return [
    metricCase(fitwise.accuracyScore, targets, { sampleWeight, normalize: draw.bool() }),
    // Quarters, whose sums are exact: scikit-learn takes the hits from the whole, which leaves rounding of no mistake.
    metricCase(fitwise.zeroOneLoss, targets, {
      sampleWeight: sampleWeight?.map(weight => Math.ceil(4 * weight) / 4),
      normalize: draw.bool(),
    }),
    metricCase(fitwise.hammingLoss, targets, { sampleWeight }),
    metricCase(fitwise.balancedAccuracyScore, targets, { sampleWeight, adjusted: draw.bool() }),
    metricCase(fitwise.matthewsCorrcoef, targets, { sampleWeight }),
    metricCase(fitwise.cohenKappaScore, targets, { sampleWeight, weights: draw.choice([null, 'linear', 'quadratic']) }),
    metricCase(fitwise.confusionMatrix, targets, {
      sampleWeight,
      labels,
      normalize: draw.choice([null, 'true', 'pred', 'all']),
    }),
    metricCase(fitwise.multilabelConfusionMatrix, targets, { sampleWeight, labels }),
    ...SET_SCORES.flatMap(metric => [
      metricCase(metric, targets, { average, sampleWeight, labels, zeroDivision }),
      metricCase(metric, [two.yTrue, two.yPred], { sampleWeight: two.sampleWeight, zeroDivision }),
      metricCase(metric, [words.yTrue, words.yPred], { sampleWeight: words.sampleWeight, posLabel: 'no' }),
    ]),
    metricCase(fitwise.fbetaScore, targets, {
      average,
      sampleWeight,
      labels,
      beta: draw.choice([0, 0.5, 2, Infinity]),
    }),
    metricCase(fitwise.jaccardScore, targets, {
      average,
      sampleWeight,
      labels,
      zeroDivision: draw.choice(['warn', 0, 1]),
    }),
    metricCase(fitwise.jaccardScore, [two.yTrue, two.yPred], { sampleWeight: two.sampleWeight }),
    metricCase(
      fitwise.precisionRecallFscoreSupport,
      targets,
      { average, sampleWeight, labels, beta: draw.real(0, 3) },
      { shape: tuple },
    ),
    ratios(two),
    ...reports(draw, { targets, sampleWeight, labels, zeroDivision }),
    hinge(draw, n, used, yTrue, sampleWeight),
  ];
}

function tuple({ precision, recall, fscore, support }: Record<'precision' | 'recall' | 'fscore' | 'support', unknown>) {
  return [precision, recall, fscore, support];
}

function ratios({ yTrue, yPred, sampleWeight }: ReturnType<typeof drawLabels>): Case {
  const replaceUndefinedBy = { positive: 1.5, negative: 0.5 };
  return metricCase(
    fitwise.classLikelihoodRatios,
    [yTrue, yPred],
    { sampleWeight, replaceUndefinedBy },
    {
      kwargs: { replace_undefined_by: { 'LR+': 1.5, 'LR-': 0.5 } },
      shape: ({ positive, negative }: fitwise.LikelihoodRatios) => [positive, negative],
    },
  );
}

interface ReportInput {
  readonly targets: unknown[];
  readonly sampleWeight: number[] | undefined;
  readonly labels?: unknown;
  readonly zeroDivision: string | number;
}

function reports(draw: Draw, { targets, ...options }: ReportInput): Case[] {
  // "%s" of a numpy string or integer is its text, as ours; weights drawn at random make long supports.
  return [
    metricCase(fitwise.classificationReport, targets, { ...options, digits: draw.choice([0, 2, 3, 5]) }),
    metricCase(
      fitwise.classificationReport,
      targets,
      { ...options, output: 'object' },
      { kwargs: { output: undefined, output_dict: true } },
    ),
  ];
}

function hinge(
  draw: Draw,
  n: number,
  used: (string | number)[],
  yTrue: (string | number)[],
  sampleWeight?: number[],
): Case {
  const decisions = used.length === 2 ? draw.normals(n) : draw.normal(n, used.length);
  return metricCase(fitwise.hingeLoss, [yTrue, decisions], { sampleWeight });
}

function multilabel(draw: Draw): Case[] {
  const [n, width] = [draw.integer(2, 30), draw.integer(2, 4)];
  const targets = [draw.integerTable(n, width, 0, 1), draw.integerTable(n, width, 0, 1)];
  const sampleWeight = draw.choice([undefined, draw.weights(n)]);
  const average = draw.choice([...AVERAGES, 'samples'] as const);
  const labels = draw.choice([undefined, [1], draw.permutation(width)]);
  const zeroDivision = draw.choice(['warn', 0, 1] as const);
  return [
    metricCase(fitwise.accuracyScore, targets, { sampleWeight }),
    metricCase(fitwise.zeroOneLoss, targets, { sampleWeight }),
    metricCase(fitwise.hammingLoss, targets, { sampleWeight }),
    metricCase(fitwise.multilabelConfusionMatrix, targets, { sampleWeight, labels, samplewise: draw.bool() }),
    ...SET_SCORES.map(metric => metricCase(metric, targets, { average, sampleWeight, labels, zeroDivision })),
    metricCase(fitwise.jaccardScore, targets, { average, sampleWeight, labels, zeroDivision }),
    ...reports(draw, { targets, sampleWeight, labels: undefined, zeroDivision }),
  ];
}

function probabilities(draw: Draw): Case[] {
  const { n, used, yTrue, sampleWeight } = drawLabels(draw, 3);
  const sorted = [...used].sort((a, b) => (a < b ? -1 : 1));
  const table = draw.uniform(n, 3, 0.01).map(row => row.map(value => value / row.reduce((a, b) => a + b)));
  const harsh = table.map(row => (draw.bool(0.2) ? [1, 0, 0] : row));
  const two = drawLabels(
    draw,
    2,
    draw.choice([
      [0, 1],
      [-1, 1],
      [2, 5],
    ]),
  );
  const scores = draw.uniforms(two.n);
  const words = drawLabels(draw, 2, ['yes', 'no']);
  const posLabel = draw.choice(['yes', 'no']);
  const byWords = { sampleWeight: words.sampleWeight, posLabel };
  const both = { sampleWeight, labels: draw.choice([undefined, sorted]) };
  return [
    metricCase(fitwise.logLoss, [yTrue, harsh], { ...both, normalize: draw.bool() }),
    metricCase(fitwise.logLoss, [two.yTrue, scores], { sampleWeight: two.sampleWeight }),
    metricCase(fitwise.logLoss, [yTrue, draw.uniform(n, 3)], { sampleWeight }),
    metricCase(fitwise.d2LogLossScore, [yTrue, table], both),
    metricCase(fitwise.d2LogLossScore, [two.yTrue, scores], { sampleWeight: two.sampleWeight }),
    metricCase(fitwise.brierScoreLoss, [yTrue, harsh], { ...both, scaleByHalf: draw.choice([true, false, 'auto']) }),
    metricCase(fitwise.brierScoreLoss, [two.yTrue, scores], {
      sampleWeight: two.sampleWeight,
      scaleByHalf: draw.bool(),
    }),
    metricCase(fitwise.brierScoreLoss, [words.yTrue, draw.uniforms(words.n)], byWords),
    metricCase(fitwise.d2BrierScore, [yTrue, harsh], both),
    metricCase(fitwise.d2BrierScore, [words.yTrue, draw.uniforms(words.n)], byWords),
  ];
}

function edges(draw: Draw): Case[] {
  const ones = [1, 1, 1];
  const zeros = [0, 0, 0];
  const single = [
    [0.2, 0.8],
    [0.5, 0.5],
    [1, 0],
  ];
  const allMetrics = [
    ...SET_SCORES,
    fitwise.accuracyScore,
    fitwise.matthewsCorrcoef,
    fitwise.jaccardScore,
    fitwise.hammingLoss,
  ];
  return [
    ...SET_SCORES.flatMap(metric => [
      metricCase(metric, [ones, zeros]),
      metricCase(metric, [zeros, zeros], { zeroDivision: 1 }),
      metricCase(metric, [zeros, ones], { zeroDivision: Number.NaN }),
      metricCase(metric, [zeros, ones], { average: 'macro', zeroDivision: Number.NaN }),
      metricCase(metric, pair('0 1 2 | 0 1 1'), { average: 'weighted', labels: [2, 5], zeroDivision: 1 }),
      metricCase(metric, pair('0 1 2 | 0 1 1'), {}, refused),
      metricCase(metric, pair('a b | a b'), {}, refused),
      metricCase(metric, pair('1 2 | 1 2'), { posLabel: 3 }, refused),
      metricCase(metric, pair('0 1 2 | 0 1 1'), { average: 'samples' }, refused),
      metricCase(metric, [pair('0 1 | 1 1'), pair('0 1 | 1 1')], {}, refused),
      metricCase(metric, [pair('0 1 | 1 1'), pair('0 1 | 1 1')], { average: 'macro', labels: [2] }, refused),
    ]),
    ...allMetrics.flatMap(metric => [
      metricCase(metric, pair(' | '), {}, refused),
      metricCase(metric, pair('0 1 | 0 1 1'), {}, refused),
      metricCase(metric, pair('a b | 0 1'), {}, refused),
      metricCase(metric, pair('0 1 | 0.5 1'), {}, refused),
      metricCase(metric, [[0, 1], pair('0 1 | 1 1')], {}, refused),
      metricCase(metric, pair('0 1 | 0 1'), { sampleWeight: [0, 0] }, refused),
      metricCase(metric, pair('0 1 | 0 1'), { sampleWeight: [1, Number.NaN] }, refused),
      metricCase(metric, pair('0 1 | 0 1'), { sampleWeight: [1] }, refused),
      metricCase(metric, pair('0 1 | 0 1'), { sampleWeight: [2, -1] }, onlyOurs),
    ]),
    metricCase(fitwise.classificationReport, pair('0 1 2 2 0 | 0 2 1 2 0'), {
      targetNames: ['zero', 'the very first', '二'],
    }),
    metricCase(fitwise.classificationReport, pair('0 1 2 2 0 | 0 2 1 2 0'), {
      labels: [1, 2],
      targetNames: ['b', 'c'],
    }),
    metricCase(fitwise.classificationReport, pair('0 1 2 2 0 | 0 2 1 2 0'), { labels: [0, 1, 2, 7] }),
    metricCase(fitwise.classificationReport, pair('0 1 1 | 0 1 1'), { targetNames: ['b'] }, refused),
    metricCase(fitwise.classificationReport, pair('1 1 1 1 1 1 1 1 0 | 1 1 1 1 1 0 0 0 0')),
    metricCase(fitwise.classificationReport, pair('1 1 0 0 | 1 1 0 1'), { sampleWeight: [2, 0.5, 1, 1e-5] }),
    metricCase(fitwise.confusionMatrix, pair('1 1 | 1 1')),
    metricCase(fitwise.confusionMatrix, pair('1 2 | 1 1'), { labels: [3, 4] }, refused),
    metricCase(fitwise.confusionMatrix, pair('1 2 | 1 1'), { labels: [] }, refused),
    metricCase(fitwise.cohenKappaScore, [ones, ones]),
    metricCase(fitwise.cohenKappaScore, [ones, ones], { replaceUndefinedBy: 0 }),
    metricCase(fitwise.cohenKappaScore, pair('1 2 | 3 3'), { labels: [1, 2] }),
    metricCase(fitwise.cohenKappaScore, [ones, ones], { replaceUndefinedBy: 2 }, refused),
    metricCase(fitwise.balancedAccuracyScore, pair('0 0 1 | 0 2 1'), { adjusted: true }),
    metricCase(fitwise.matthewsCorrcoef, [ones, [1, 0, 1]]),
    metricCase(fitwise.hingeLoss, [[-1, 1, 1], draw.normals(3)], { labels: [-1, 1] }),
    metricCase(fitwise.hingeLoss, [[0, 1, 2], draw.normal(3, 4)], { labels: [0, 1, 2, 3] }),
    metricCase(fitwise.hingeLoss, [[0, 1, 2], draw.normals(3)], {}, refused),
    metricCase(fitwise.logLoss, [ones, single], {}, refused),
    metricCase(fitwise.logLoss, [ones, single], { labels: [0, 1] }),
    metricCase(fitwise.logLoss, pair('0 1 1 | 0.2 0.8 1.5'), {}, refused),
    metricCase(fitwise.logLoss, [[0, 1, 2], single], {}, refused),
    metricCase(
      fitwise.logLoss,
      [[0, 1], Float32Array.of(1, 0)],
      {},
      { python: [[0, 1], { $array: [1, 0], dtype: 'float32' }], tolerance: 1e-6 },
    ),
    metricCase(fitwise.brierScoreLoss, pair('a b | 0.2 0.4'), {}, refused),
    metricCase(fitwise.brierScoreLoss, [zeros, [0.2, 0.4, 1]]),
    metricCase(fitwise.brierScoreLoss, [ones, [0.2, 0.4, 1]]),
    metricCase(fitwise.brierScoreLoss, pair('0 1 2 | 0.2 0.4 1'), {}, refused),
    metricCase(fitwise.d2BrierScore, pair('1 | 0.5')),
    metricCase(fitwise.d2LogLossScore, pair('1 0 | 0.5 0.5')),
  ];
}
