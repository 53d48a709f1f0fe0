/** Scores of the form `1 - loss / loss of a constant`: 1 is perfect, 0 no better than the constant. */
import { show } from '../../errors/index.ts';
import { badInput, checkOneOf, mean, sum } from '../inputs/index.ts';
import { type Multioutput, type OverOutputs, outputWeights } from './targets.ts';

/** As `Multioutput`; `varianceWeighted` weights each output by the variance of its true values. */
export type VarianceMultioutput = Multioutput | 'varianceWeighted';

/** Losses of the prediction and of the constant, per output. */
export interface ExplainedShare {
  readonly loss: Float64Array;
  readonly constantLoss: Float64Array;
  /** Where the constant has no loss: 1 for a perfect prediction and 0 for others, instead of NaN and -Infinity. */
  readonly forceFinite: boolean;
}

/** The scores as `multioutput` asks. */
export function explainedShare<M extends VarianceMultioutput>(
  metric: string,
  { loss, constantLoss, forceFinite }: ExplainedShare,
  multioutput: M,
): OverOutputs<M> {
  checkOneOf(metric, 'forceFinite', forceFinite, [true, false]);
  if (![...loss, ...constantLoss].every(Number.isFinite)) {
    throw badInput(metric, {
      rule: 'the losses must not overflow',
      received: `${show(loss)} of ${show(constantLoss)}`,
    });
  }
  const scores = loss.map((value, output) => {
    const whole = constantLoss[output]!;
    if (!forceFinite || (whole !== 0 && value !== 0)) return 1 - value / whole;
    return value === 0 ? 1 : 0;
  });
  if (multioutput === 'rawValues') return scores as OverOutputs<M>;
  return mean(scores, weightsOf(metric, multioutput, constantLoss)) as OverOutputs<M>;
}

function weightsOf(metric: string, multioutput: unknown, constantLoss: Float64Array): Float64Array | undefined {
  if (multioutput === 'uniformAverage') return undefined;
  if (multioutput === 'varianceWeighted') return sum(constantLoss) === 0 ? undefined : constantLoss;
  return outputWeights(metric, multioutput, constantLoss.length);
}
