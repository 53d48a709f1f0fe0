import { show } from '../../errors/index.ts';
import { badInput, checkNumber, mean, readOptions, type WeightOptions, warnUndefined } from '../inputs/index.ts';
import { type NumericTarget, readSingleTargets } from './targets.ts';

export interface TweedieOptions extends WeightOptions {
  /**
   * Power of the mean that the variance follows, at most 0 or at least 1: 0 normal, 1 Poisson, 2 gamma, 3 inverse
   * Gaussian. The higher it is, the less extreme deviations count. @default 0
   */
  readonly power?: number;
}

/**
 * The mean deviance of Tweedie distributed values from their predicted means. Time O(n).
 *
 * For power 0 it is the squared error, for 1 `2 (y log(y / p) - y + p)`, for 2 `2 (log(p / y) + y / p - 1)`, and else
 * `2 (max(y, 0)^(2-k) / ((1-k)(2-k)) - y p^(1-k) / (1-k) + p^(2-k) / (2-k))`.
 *
 * Source: B. Jorgensen, "The Theory of Dispersion Models", 1997, chapter 4.
 *
 * @param yTrue n values; >= 0 for powers in [1, 2), > 0 from 2 on
 * @param yPred n predicted means; > 0 for all powers but 0
 * @returns a number >= 0
 * @throws InvalidInputError on values outside these bounds, and on several outputs
 * @throws InvalidParamError on a power between 0 and 1
 *
 * @example
 * import { meanTweedieDeviance } from 'fitwise';
 * meanTweedieDeviance([2, 0, 1, 4], [0.5, 0.5, 2, 2], { power: 1 }); // 1.426...
 */
export function meanTweedieDeviance(yTrue: NumericTarget, yPred: NumericTarget, options: TweedieOptions = {}): number {
  return meanDeviance('meanTweedieDeviance', yTrue, yPred, options);
}

/**
 * The mean deviance of Poisson distributed counts from their predicted means, `2/n sum (y log(y / p) - y + p)`.
 * Time O(n).
 *
 * @param yTrue n values >= 0
 * @param yPred n predicted means > 0
 * @returns a number >= 0
 * @throws InvalidInputError on values outside these bounds, and on several outputs
 *
 * @example
 * import { meanPoissonDeviance } from 'fitwise';
 * meanPoissonDeviance([2, 0, 1, 4], [0.5, 0.5, 2, 2]); // 1.426...
 */
export function meanPoissonDeviance(yTrue: NumericTarget, yPred: NumericTarget, options: WeightOptions = {}): number {
  const metric = 'meanPoissonDeviance';
  const rest = readOptions(metric, options, { sampleWeight: undefined });
  return meanDeviance(metric, yTrue, yPred, { ...rest, power: 1 });
}

/**
 * The mean deviance of gamma distributed values from their predicted means, `2/n sum (log(p / y) + y / p - 1)`: it
 * depends on ratios only. Time O(n).
 *
 * @param yTrue n values > 0
 * @param yPred n predicted means > 0
 * @returns a number >= 0
 * @throws InvalidInputError on values outside these bounds, and on several outputs
 *
 * @example
 * import { meanGammaDeviance } from 'fitwise';
 * meanGammaDeviance([2, 0.5, 1, 4], [0.5, 0.5, 2, 2]); // 1.056...
 */
export function meanGammaDeviance(yTrue: NumericTarget, yPred: NumericTarget, options: WeightOptions = {}): number {
  const metric = 'meanGammaDeviance';
  const rest = readOptions(metric, options, { sampleWeight: undefined });
  return meanDeviance(metric, yTrue, yPred, { ...rest, power: 2 });
}

/**
 * The share of the Tweedie deviance that a prediction explains against always predicting the mean of the true values:
 * 1 is perfect, 0 no better; with power 0 it is R^2. Time O(n).
 *
 * @param yTrue n values, as for `meanTweedieDeviance`
 * @param yPred n predicted means, as for `meanTweedieDeviance`
 * @returns a number <= 1; NaN, with a warning, for one sample
 * @throws InvalidInputError on values outside their bounds, on several outputs, and on a constant `yTrue`
 * @throws InvalidParamError on a power between 0 and 1
 *
 * @example
 * import { d2TweedieScore } from 'fitwise';
 * d2TweedieScore([0.5, 1, 2.5, 7], [1, 1, 5, 3.5], { power: 1 }); // 0.325...
 */
export function d2TweedieScore(yTrue: NumericTarget, yPred: NumericTarget, options: TweedieOptions = {}): number {
  const metric = 'd2TweedieScore';
  const { sampleWeight, power } = readOptions(metric, options, { sampleWeight: undefined, power: 0 });
  checkPower(metric, power);
  const { yTrue: y, weights } = readSingleTargets(metric, yTrue, yPred, sampleWeight);
  if (y.length < 2) {
    warnUndefined(metric, 'the score needs two samples at least; it is NaN');
    return Number.NaN;
  }
  const deviance = meanDeviance(metric, yTrue, yPred, options);
  const constant = new Float64Array(y.length).fill(mean(y, weights));
  const constantDeviance = meanDeviance(metric, y, constant, options);
  if (![deviance, constantDeviance].every(Number.isFinite)) {
    throw badInput(metric, { rule: 'the deviances must not overflow', received: show([deviance, constantDeviance]) });
  }
  if (constantDeviance > 0) return 1 - deviance / constantDeviance;
  throw badInput(metric, { rule: 'yTrue must not be constant', received: `${y[0]} everywhere` });
}

function meanDeviance(metric: string, yTrue: NumericTarget, yPred: NumericTarget, options: TweedieOptions): number {
  const { sampleWeight, power } = readOptions(metric, options, { sampleWeight: undefined, power: 0 });
  checkPower(metric, power);
  const { yTrue: y, yPred: p, weights } = readSingleTargets(metric, yTrue, yPred, sampleWeight);
  if (power >= 2) checkAbove(metric, 'yTrue', y, power, 'positive', value => value > 0);
  else if (power >= 1) checkAbove(metric, 'yTrue', y, power, 'non-negative', value => value >= 0);
  if (power !== 0) checkAbove(metric, 'yPred', p, power, 'positive', value => value > 0);
  const deviance = unitDeviance(power);
  return mean(
    y.map((value, i) => deviance(value, p[i]!)),
    weights,
  );
}

function checkPower(metric: string, power: number): void {
  const isPower = (value: number) => Number.isFinite(value) && (value <= 0 || value >= 1);
  checkNumber(metric, 'power', power, 'a finite number, <= 0 or >= 1', isPower);
}

function checkAbove(
  metric: string,
  name: string,
  values: Float64Array,
  power: number,
  sign: string,
  accepts: (value: number) => boolean,
): void {
  const at = values.findIndex(value => !accepts(value));
  if (at === -1) return;
  throw badInput(metric, {
    rule: `${name} must be ${sign} for power ${power}`,
    received: `${values[at]} at row ${at}`,
  });
}

/** The deviance of one value from its mean. */
function unitDeviance(power: number): (y: number, p: number) => number {
  if (power === 0) return (y, p) => (y - p) * (y - p);
  if (power === 1) return (y, p) => 2 * ((y === 0 ? 0 : y * Math.log(y / p)) - y + p);
  if (power === 2) return (y, p) => 2 * (Math.log(p / y) + y / p - 1);
  const [first, second] = [1 - power, 2 - power];
  return (y, p) =>
    2 *
    (positivePower(Math.max(y, 0), second) / (first * second) -
      (y * positivePower(p, first)) / first +
      positivePower(p, second) / second);
}

/** `base ** exponent` for a base >= 0, without the platform's power of fractions, whose last bits vary. */
function positivePower(base: number, exponent: number): number {
  if (Number.isInteger(exponent)) return base ** exponent;
  if (Number.isInteger(2 * exponent)) return Math.sqrt(base) * base ** (exponent - 0.5);
  return base === 0 ? (exponent > 0 ? 0 : Infinity) : Math.exp(exponent * Math.log(base));
}
