import * as fitwise from '../../../src/metrics/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { metricCase, pair } from '../metric-case.ts';

const MEANS = [
  fitwise.meanSquaredError,
  fitwise.rootMeanSquaredError,
  fitwise.meanAbsoluteError,
  fitwise.medianAbsoluteError,
  fitwise.meanAbsolutePercentageError,
  fitwise.d2AbsoluteErrorScore,
];
const LOGS = [fitwise.meanSquaredLogError, fitwise.rootMeanSquaredLogError];
const SHARES = [fitwise.r2Score, fitwise.explainedVarianceScore];
const QUANTILES = [fitwise.meanPinballLoss, fitwise.d2PinballScore];

export function cases(draw: Draw): Case[] {
  return [
    ...Array.from({ length: 4 }, () => [...oneOutput(draw), ...severalOutputs(draw), ...deviances(draw)]).flat(),
    ...edges(draw),
  ];
}

function oneOutput(draw: Draw): Case[] {
  const n = draw.integer(2, 60);
  const y = draw.bool() ? draw.normals(n) : draw.integers(n, -3, 3);
  const p = draw.bool() ? y.map(value => value + draw.gauss() / 2) : draw.integers(n, -3, 3);
  const positive = draw.uniforms(n, -0.9, 5);
  const guess = draw.uniforms(n, -0.9, 5);
  const weights = draw.choice([undefined, draw.weights(n), draw.weights(n, 0.3).with(0, 1)]);
  const options = {
    sampleWeight: weights,
    multioutput: draw.choice([undefined, 'rawValues', 'uniformAverage'] as const),
  };
  return [
    ...MEANS.map(metric => metricCase(metric, [y, p], options)),
    ...LOGS.map(metric => metricCase(metric, [positive, guess], options)),
    ...SHARES.map(metric => metricCase(metric, [y, p], { ...options, forceFinite: draw.bool() })),
    ...QUANTILES.map(metric => metricCase(metric, [y, p], { ...options, alpha: draw.choice([0, 0.1, 0.5, 0.9, 1]) })),
    metricCase(fitwise.maxError, [y, p]),
  ];
}

function severalOutputs(draw: Draw): Case[] {
  const [n, outputs] = [draw.integer(3, 40), draw.integer(2, 4)];
  const y = draw.normal(n, outputs);
  const p = y.map(row => row.map(value => value + draw.gauss()));
  const positive = draw.uniform(n, outputs, 0, 9);
  const guess = draw.uniform(n, outputs, 0, 9);
  const weights = draw.bool() ? draw.weights(n) : undefined;
  const multioutput = draw.choice(['rawValues', 'uniformAverage', draw.weights(outputs)] as const);
  const options = { sampleWeight: weights, multioutput };
  const byVariance = { sampleWeight: weights, multioutput: draw.choice([multioutput, 'varianceWeighted'] as const) };
  return [
    ...MEANS.map(metric => metricCase(metric, [y, p], options)),
    ...LOGS.map(metric => metricCase(metric, [positive, guess], options)),
    ...SHARES.map(metric => metricCase(metric, [y, p], byVariance)),
    ...QUANTILES.map(metric => metricCase(metric, [y, p], { ...options, alpha: draw.real() })),
  ];
}

function deviances(draw: Draw): Case[] {
  const n = draw.integer(2, 40);
  const [y, p] = [draw.uniforms(n, 0.1, 5), draw.uniforms(n, 0.1, 5)];
  const counts = draw.integers(n, 0, 4).with(0, 1);
  const options = { sampleWeight: draw.bool() ? draw.weights(n) : undefined };
  const power = draw.choice([-1.3, -1, 0, 1, 1.5, 1.9, 2, 2.5, 3, 3.3]);
  return [
    metricCase(fitwise.meanTweedieDeviance, [y, p], { ...options, power }),
    metricCase(fitwise.d2TweedieScore, [y, p], { ...options, power }),
    metricCase(fitwise.meanTweedieDeviance, [counts, p], { ...options, power: draw.choice([1, 1.5]) }),
    metricCase(fitwise.meanTweedieDeviance, [draw.normals(n), p], { ...options, power: draw.choice([-2, -0.5]) }),
    metricCase(fitwise.meanPoissonDeviance, [counts, p], options),
    metricCase(fitwise.meanGammaDeviance, [y, p], options),
  ];
}

function edges(draw: Draw): Case[] {
  const constant = [2, 2, 2];
  const refused = { expectError: true } as const;
  const onlyOurs = { expectError: 'ours' } as const;
  return [
    ...SHARES.flatMap(metric =>
      [true, false].flatMap(forceFinite => [
        metricCase(metric, [constant, constant], { forceFinite }),
        metricCase(metric, [constant, [1, 2, 3]], { forceFinite }),
        metricCase(
          metric,
          [
            [
              [1, 2],
              [3, 2],
              [4, 2],
            ],
            [
              [1, 2],
              [3, 3],
              [5, 2],
            ],
          ],
          { forceFinite, multioutput: 'rawValues' },
        ),
      ]),
    ),
    metricCase(fitwise.r2Score, [pair('2 2 | 2 2'), pair('2 3 | 2 2')], { multioutput: 'varianceWeighted' }),
    metricCase(fitwise.r2Score, pair('1 | 2')),
    metricCase(fitwise.d2AbsoluteErrorScore, pair('1 | 2')),
    metricCase(fitwise.d2TweedieScore, pair('1 | 2')),
    metricCase(fitwise.meanAbsolutePercentageError, pair('0 1 | 1 1')),
    metricCase(fitwise.medianAbsoluteError, pair('1 2 3 4 | 1 3 5 7'), { sampleWeight: [1, 1, 1, 1] }),
    metricCase(fitwise.medianAbsoluteError, pair('1 2 3 4 | 1 3 5 7'), { sampleWeight: [2, 0, 0, 2] }),
    ...[...MEANS, ...SHARES].flatMap(metric => [
      metricCase(metric, pair(' | '), {}, refused),
      metricCase(metric, pair('1 2 | 1 2 3'), {}, refused),
      metricCase(metric, pair('1 NaN | 1 2'), {}, refused),
      metricCase(metric, pair('1 2 | 1 Infinity'), {}, refused),
      metricCase(metric, pair('1 2 | 1 2'), { sampleWeight: [0, 0] }, refused),
      metricCase(metric, pair('1 2 | 1 2'), { sampleWeight: [-1, 3] }, onlyOurs),
      metricCase(metric, pair('1 2 | 1 2'), { sampleWeight: [1] }, refused),
      metricCase(
        metric,
        pair('1 2 | 1 2'),
        { multioutput: [1] },
        metric === fitwise.rootMeanSquaredError ? onlyOurs : refused,
      ),
      metricCase(metric, [draw.normal(3, 2), draw.normal(3, 3)], {}, refused),
      metricCase(metric, [draw.normal(3, 2), draw.normal(3, 2)], { multioutput: [1, 2, 3] }, refused),
    ]),
    metricCase(fitwise.maxError, [draw.normal(3, 2), draw.normal(3, 2)], {}, refused),
    metricCase(fitwise.meanSquaredLogError, pair('-1 1 | 1 1'), {}, refused),
    metricCase(fitwise.meanTweedieDeviance, pair('1 0 | 1 1'), { power: 2 }, refused),
    metricCase(fitwise.meanTweedieDeviance, pair('1 1 | 1 0'), { power: 1 }, refused),
    metricCase(fitwise.meanTweedieDeviance, pair('1 1 | 1 1'), { power: 0.5 }, refused),
    metricCase(fitwise.d2TweedieScore, [constant, [1, 2, 3]], {}, refused),
    metricCase(fitwise.meanPinballLoss, pair('1 | 1'), { alpha: 1.5 }, refused),
  ];
}
