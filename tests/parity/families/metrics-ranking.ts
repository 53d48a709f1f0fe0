import * as fitwise from '../../../src/metrics/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { metricCase, pair } from '../metric-case.ts';

const AVERAGES = ['micro', 'macro', 'weighted', 'samples', null] as const;

const refused = { expectError: true } as const;

export function cases(draw: Draw): Case[] {
  return [
    ...Array.from({ length: 4 }, () => [...curves(draw), ...several(draw), ...items(draw)]).flat(),
    ...large(draw),
    ...edges(draw),
  ];
}

/** Scores with ties every other time. */
function drawScores(draw: Draw, n: number): number[] {
  return draw.bool() ? draw.normals(n) : draw.integers(n, -3, 3).map(value => value / 4);
}

function curves(draw: Draw): Case[] {
  const n = draw.integer(4, 60);
  const yTrue = draw.labels(
    n,
    draw.choice([
      [0, 1],
      [-1, 1],
    ] as const),
  );
  const yScore = drawScores(draw, n);
  const sampleWeight = draw.choice([undefined, draw.weights(n), draw.weights(n, 0.3)]);
  const options = { sampleWeight };
  const words = draw.labels(n, ['no', 'yes', 'perhaps']);
  const dropIntermediate = draw.bool();
  const maxFpr = draw.choice([null, 1, 0.05, 0.3, 0.77]);
  return [
    metricCase(fitwise.rocCurve, [yTrue, yScore], { ...options, dropIntermediate }, { shape: rocPoints }),
    metricCase(fitwise.rocCurve, [words, yScore], { ...options, posLabel: 'yes' }, { shape: rocPoints }),
    metricCase(
      fitwise.precisionRecallCurve,
      [yTrue, yScore],
      { ...options, dropIntermediate },
      { shape: recallPoints },
    ),
    metricCase(fitwise.detCurve, [yTrue, yScore], { ...options, dropIntermediate }, { shape: errorPoints }),
    metricCase(fitwise.confusionMatrixAtThresholds, [yTrue, yScore], options, { shape: outcomes }),
    metricCase(fitwise.rocAucScore, [yTrue, yScore], { sampleWeight, maxFpr }),
    metricCase(
      fitwise.metricAtThresholds,
      [yTrue.map(label => Math.max(label, 0)), yScore, fitwise.accuracyScore],
      options,
      {
        python: [yTrue.map(label => Math.max(label, 0)), yScore, { $ref: 'metrics.accuracy_score' }],
        shape: ({ values, thresholds }: fitwise.MetricAtThresholds) => [values, thresholds],
      },
    ),
    metricCase(fitwise.averagePrecisionScore, [yTrue, yScore], options),
    metricCase(fitwise.averagePrecisionScore, [words.map(word => (word === 'yes' ? 'yes' : 'no')), yScore], {
      posLabel: 'no',
    }),
    metricCase(fitwise.auc, [[...yScore].sort((a, b) => a - b), draw.normals(n)]),
    metricCase(fitwise.auc, [[...yScore].sort((a, b) => b - a), draw.normals(n)]),
  ];
}

function rocPoints({ fpr, tpr, thresholds }: fitwise.RocCurve) {
  return [fpr, tpr, thresholds];
}

function recallPoints({ precision, recall, thresholds }: fitwise.PrecisionRecallCurve) {
  return [precision, recall, thresholds];
}

function errorPoints({ fpr, fnr, thresholds }: fitwise.DetCurve) {
  return [fpr, fnr, thresholds];
}

function outcomes({ tns, fps, fns, tps, thresholds }: fitwise.OutcomesAtThresholds) {
  return [tns, fps, fns, tps, thresholds];
}

function several(draw: Draw): Case[] {
  const [n, width] = [draw.integer(6, 40), draw.integer(3, 5)];
  const table = draw.uniform(n, width, 0.01).map(row => row.map(value => value / row.reduce((a, b) => a + b)));
  const names = draw.choice([
    ['a', 'b', 'c', 'd', 'e'],
    [0, 1, 2, 3, 4],
    [-2, 0, 5, 7, 11],
  ] as (string | number)[][]);
  const labels = names.slice(0, width);
  const yTrue = draw.labels(n, labels);
  const fewer = draw.labels(n, labels.slice(1));
  const sampleWeight = draw.choice([undefined, draw.weights(n)]);
  const indicator = draw.integerTable(n, width, 0, 1).with(0, Array(width).fill(1)).with(1, Array(width).fill(0));
  const scores = draw.bool() ? draw.normal(n, width) : draw.integerTable(n, width, 0, 3);
  const ovr = { multiClass: 'ovr', average: draw.choice(['micro', 'macro', 'weighted', null]), sampleWeight } as const;
  const ovo = { multiClass: 'ovo', average: draw.choice(['macro', 'weighted']) } as const;
  const average = draw.choice(AVERAGES);
  const k = draw.integer(1, width);
  return [
    metricCase(fitwise.rocAucScore, [yTrue, table], ovr),
    metricCase(fitwise.rocAucScore, [yTrue, table], ovo),
    metricCase(fitwise.rocAucScore, [fewer, table], { ...ovo, labels }),
    metricCase(fitwise.rocAucScore, [indicator, scores], {
      average: draw.choice(['micro', 'macro', 'weighted', null]),
      sampleWeight,
    }),
    metricCase(fitwise.averagePrecisionScore, [yTrue, table], { average, sampleWeight }),
    metricCase(fitwise.averagePrecisionScore, [indicator, scores], { average, sampleWeight }),
    metricCase(fitwise.topKAccuracyScore, [yTrue, scores], { k, sampleWeight, normalize: draw.bool() }),
    metricCase(fitwise.topKAccuracyScore, [fewer, scores], { k, labels }),
    metricCase(fitwise.coverageError, [indicator, scores], { sampleWeight }),
    metricCase(fitwise.labelRankingAveragePrecisionScore, [indicator, scores], { sampleWeight }),
    metricCase(fitwise.labelRankingLoss, [indicator, scores], { sampleWeight }),
  ];
}

function items(draw: Draw): Case[] {
  const [n, width] = [draw.integer(1, 12), draw.integer(2, 8)];
  const relevance = draw.integerTable(n, width, 0, 4);
  const tied = draw.integerTable(n, width, 0, 3);
  const scores = draw.normal(n, width);
  const k = draw.choice([null, 1, 3, 20]);
  const sampleWeight = draw.choice([undefined, draw.weights(n)]);
  return [
    metricCase(fitwise.dcgScore, [draw.normal(n, width), tied], {
      k,
      sampleWeight,
      logBase: draw.choice([2, 10, 1.5]),
    }),
    metricCase(fitwise.dcgScore, [relevance, scores], { k, sampleWeight, ignoreTies: true }),
    metricCase(fitwise.ndcgScore, [relevance, tied], { k, sampleWeight }),
    metricCase(fitwise.ndcgScore, [relevance, scores], { k, sampleWeight, ignoreTies: true }),
  ];
}

/** Enough rows for the radix sort, with ties, negative scores and both zeros. */
function large(draw: Draw): Case[] {
  const n = 3000;
  const yTrue = draw.integers(n, 0, 1);
  const scales = [1e-300, 1e-3, 1, 1e3, 1e300];
  const yScore = Array.from({ length: n }, () =>
    draw.bool(0.1) ? draw.choice([0, -0]) : draw.gauss() * draw.choice(scales),
  );
  return [
    metricCase(fitwise.rocAucScore, [yTrue, yScore]),
    metricCase(fitwise.averagePrecisionScore, [yTrue, yScore]),
    metricCase(fitwise.rocAucScore, [yTrue, draw.integers(n, -9, 9)], { sampleWeight: draw.weights(n) }),
  ].map(item => ({ ...item, liveOnly: true }));
}

function edges(draw: Draw): Case[] {
  const curve = [fitwise.rocCurve, fitwise.precisionRecallCurve, fitwise.detCurve, fitwise.confusionMatrixAtThresholds];
  const scores = [fitwise.rocAucScore, fitwise.averagePrecisionScore, fitwise.topKAccuracyScore];
  const table = [
    [0.2, 0.3, 0.5],
    [0.4, 0.4, 0.2],
    [1, 0, 0],
  ];
  return [
    ...[...curve, ...scores].flatMap(metric => [
      metricCase(metric, pair(' | '), {}, refused),
      metricCase(metric, pair('0 1 | 1 0.5 0'), {}, refused),
      metricCase(metric, pair('0 1 | 1 NaN'), {}, refused),
      metricCase(
        metric,
        [
          [0, 1],
          [1, Infinity],
        ],
        {},
        refused,
      ),
      metricCase(metric, pair('0 1 | 1 0'), { sampleWeight: [1] }, refused),
    ]),
    ...curve.flatMap(metric => [
      metricCase(metric, pair('1 2 | 1 0'), {}, refused),
      metricCase(metric, pair('a b | 1 0'), {}, refused),
      metricCase(metric, pair('0 1 2 | 1 0 3'), {}, refused),
      metricCase(metric, pair('0 1 | 1 0'), { sampleWeight: [0, 0] }, refused),
    ]),
    metricCase(fitwise.rocCurve, pair('0 0 | 1 2'), {}, { shape: rocPoints }),
    metricCase(fitwise.rocCurve, pair('1 1 | 1 2'), {}, { shape: rocPoints }),
    metricCase(fitwise.precisionRecallCurve, pair('0 0 | 1 2'), {}, { shape: recallPoints }),
    metricCase(fitwise.detCurve, pair('1 1 | 1 2'), {}, refused),
    metricCase(fitwise.rocAucScore, pair('1 1 | 1 2')),
    metricCase(fitwise.rocAucScore, pair('a b b | 1 2 1')),
    metricCase(fitwise.rocAucScore, [[0, 1, 2], table], {}, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 2], table], { multiClass: 'ovr', maxFpr: 0.5 }, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 2], draw.normal(3, 3)], { multiClass: 'ovr' }, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 2], table], { multiClass: 'ovr', average: 'samples' }, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 2], table], { multiClass: 'ovo', average: null }, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 2], table], { multiClass: 'ovo', sampleWeight: [1, 2, 1] }, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 2], table], { multiClass: 'ovr', labels: [0, 2, 1] }, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 3], table], { multiClass: 'ovr', labels: [0, 1, 2] }, refused),
    metricCase(fitwise.rocAucScore, [[0, 1, 1], table], { multiClass: 'ovr' }, refused),
    metricCase(
      fitwise.rocAucScore,
      [
        [0, 1],
        [
          [0.5, 0.5],
          [1, 0],
        ],
      ],
      {},
      refused,
    ),
    metricCase(fitwise.rocAucScore, pair('0 1 | 1 0'), { maxFpr: 0 }, refused),
    metricCase(fitwise.averagePrecisionScore, pair('0 0 | 1 2')),
    metricCase(fitwise.averagePrecisionScore, pair('1 2 | 1 2'), { posLabel: 3 }, refused),
    metricCase(fitwise.averagePrecisionScore, [[0, 1, 2], table], { posLabel: 2 }, refused),
    metricCase(fitwise.topKAccuracyScore, pair('0 1 1 | 0.2 0.5 0.7'), { k: 1 }),
    metricCase(fitwise.topKAccuracyScore, pair('0 1 1 | -2 0.5 0.7'), { k: 1 }),
    metricCase(fitwise.topKAccuracyScore, pair('0 1 1 | -2 0.5 0.7'), { k: 2 }),
    metricCase(fitwise.topKAccuracyScore, [[0, 1, 2], table], { k: 3 }),
    metricCase(fitwise.topKAccuracyScore, [[0, 1, 2], table], { k: 0 }, refused),
    metricCase(fitwise.topKAccuracyScore, [[0, 1, 1], table], {}, refused),
    metricCase(fitwise.ndcgScore, [[[-1, 2]], [[1, 2]]], {}, refused),
    metricCase(
      fitwise.ndcgScore,
      [
        [[1], [2]],
        [[1], [2]],
      ],
      {},
      refused,
    ),
    metricCase(fitwise.ndcgScore, [[[0, 0]], [[1, 2]]]),
    metricCase(fitwise.dcgScore, pair('1 2 | 1 2'), {}, refused),
    metricCase(fitwise.dcgScore, [table, draw.normal(3, 2)], {}, refused),
    metricCase(fitwise.coverageError, [[[0, 2]], [[1, 2]]], {}, { expectError: 'ours' }),
    metricCase(fitwise.labelRankingLoss, [[[0, 1]], [[1, 2, 3]]], {}, refused),
    metricCase(fitwise.auc, pair('0 1 0.5 | 1 1 1'), {}, refused),
    metricCase(fitwise.auc, pair('0 | 1'), {}, refused),
  ];
}
