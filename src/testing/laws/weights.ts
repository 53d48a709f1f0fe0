import type { AnyEstimator } from '../../core/index.ts';
import { captureWarnings } from '../../errors/index.ts';
import type { Law } from '../law.ts';
import { allowRefusal, call, demand, demandRefusal, demandSame } from '../probe.ts';

const takesWeights = (estimator: AnyEstimator) => estimator.consumes.includes('sampleWeight');
const weighsRows = (estimator: AnyEstimator) => takesWeights(estimator) && estimator.traits.resamples === undefined;
/** Two fits that add up in another order. */
const ROUNDING = 1e-6;

export const badWeightsAreRefused: Law = {
  name: 'weights of another length, negative, not finite, or all zero are refused',
  appliesTo: takesWeights,
  async check({ make, X, y }) {
    const ones = () => new Float64Array(X.rows).fill(1);
    const refused = {
      'weights that are too few': ones().slice(1),
      'a negative weight': ones().fill(-1, 3, 4),
      'a weight of NaN': ones().fill(Number.NaN, 3, 4),
      'an infinite weight': ones().fill(Number.POSITIVE_INFINITY, 3, 4),
      'weights that are all zero': ones().fill(0),
    };
    for (const [name, sampleWeight] of Object.entries(refused)) {
      await demandRefusal(() => make().fit(X, y as never, { sampleWeight }), name);
    }
  },
};

export const unitWeightsAreNoWeights: Law = {
  name: 'weights that are all one change nothing',
  appliesTo: takesWeights,
  async check(probe) {
    const sampleWeight = new Float64Array(probe.X.rows).fill(1);
    const weighted = await probe.fit(probe.X, probe.y, { sampleWeight });
    demandSame(
      await probe.outputs(weighted),
      await probe.outputs(await probe.fit()),
      'unit weights and none',
      ROUNDING,
    );
  },
};

export const weightsRepeatRows: Law = {
  name: 'a weight of two is the row twice, and a weight of zero is no row',
  appliesTo: weighsRows,
  async check(probe) {
    const weights = Float64Array.from({ length: probe.X.rows }, (_, i) => i % 3);
    const repeated = Array.from({ length: probe.X.rows }, (_, i) => new Array<number>(weights[i]!).fill(i)).flat();
    const { X, y } = probe.rows(repeated);
    const weighted = await probe.fit(probe.X, probe.y, { sampleWeight: weights });
    demandSame(
      await probe.outputs(weighted),
      await probe.outputs(await probe.fit(X, y)),
      'weights and repeated rows',
      ROUNDING,
    );
  },
};

export const weightsStayUntouched: Law = {
  name: 'fit never writes to the weights',
  appliesTo: takesWeights,
  async check(probe) {
    const sampleWeight = Float64Array.from({ length: probe.X.rows }, (_, i) => 1 + (i % 2));
    const before = Array.from(sampleWeight);
    await probe.fit(probe.X, probe.y, { sampleWeight });
    demandSame(Array.from(sampleWeight), before, 'the caller’s weights before and after');
  },
};

export const weightsInAnyForm: Law = {
  name: 'weights in a list, a typed array and a table column mean the same',
  appliesTo: takesWeights,
  async check(probe) {
    const weights = Array.from({ length: probe.X.rows }, (_, i) => 1 + (i % 3));
    const column = { length: weights.length, at: (i: number) => weights[i] } as unknown as ArrayLike<number>;
    const fitted = await probe.fit(probe.X, probe.y, { sampleWeight: weights });
    const reference = await probe.outputs(fitted);
    for (const sampleWeight of [Float32Array.from(weights), Int32Array.from(weights), column]) {
      const other = await probe.fit(probe.X, probe.y, { sampleWeight });
      demandSame(await probe.outputs(other), reference, 'weights in another form and in a list');
    }
  },
};

export const oneWeightedClass: Law = {
  name: 'weights that leave one class work and give labels of y, or are refused by a sentence',
  appliesTo: estimator => takesWeights(estimator) && estimator.kind === 'classifier',
  async check(probe) {
    const labels = Array.from(probe.y as ArrayLike<number>);
    const sampleWeight = labels.map(label => Number(label === labels[0]));
    const { result } = await captureWarnings(() =>
      allowRefusal(
        async () => call(await probe.fit(probe.X, labels, { sampleWeight }), 'predict', probe.X),
        'one class',
      ),
    );
    const known = (result as number[] | undefined)?.every(label => labels.includes(label)) ?? true;
    demand(known, `predictions must be labels of y, received ${String(result)}`);
  },
};
