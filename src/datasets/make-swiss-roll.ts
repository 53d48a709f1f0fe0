import { Matrix } from '../array/index.ts';
import { boolean, checkParams, integer, type ParamsOf, real, seed } from '../check/index.ts';
import { type RandomState, randomFrom } from '../random/index.ts';
import { addNoise } from './drawn.ts';

const spec = {
  nSamples: integer({ min: 1, default: 100 }),
  /** Standard deviation of the normal noise. */
  noise: real({ min: 0, default: 0 }),
  randomState: seed(),
  /** Whether the sheet has a rectangular hole. */
  hole: boolean({ default: false }),
};
export type MakeSwissRollParams = ParamsOf<typeof spec>;

export interface ManifoldData {
  /** shape (nSamples, 3) */
  readonly X: Matrix;
  /** The position of each point along the curve that the sheet follows. */
  readonly t: Float64Array;
}

/**
 * A sheet rolled up in three dimensions; scikit-learn's numbers for the same integer seed.
 *
 * Source: S. Marsland, "Machine Learning: An Algorithmic Perspective", 2nd edition (2014), chapter 6.
 *
 * @returns `X` (nSamples, 3) and the angle `t` of each point
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeSwissRoll } from 'fitwise';
 * makeSwissRoll({ nSamples: 50, randomState: 0 }).X.columns; // 3
 */
export function makeSwissRoll(params: Partial<MakeSwissRollParams> = {}): ManifoldData {
  const { nSamples, noise, randomState, hole } = checkParams('data by makeSwissRoll', spec, params);
  const random = randomFrom(randomState);
  const { t, height } = hole ? drawAroundHole(nSamples, random) : drawSheet(nSamples, random);
  const coordinates = Matrix.fromRows([
    t.map(value => value * Math.cos(value)),
    height,
    t.map(value => value * Math.sin(value)),
  ]);
  addNoise(coordinates, noise, random);
  return { X: coordinates.transpose(), t };
}

function drawSheet(n: number, random: RandomState): { t: Float64Array; height: Float64Array } {
  const t = random.randomSample(n).map(value => 1.5 * Math.PI * (1 + 2 * value));
  return { t, height: random.randomSample(n).map(value => 21 * value) };
}

/** The sheet in three by three fields, without the one in the middle. */
function drawAroundHole(n: number, random: RandomState): { t: Float64Array; height: Float64Array } {
  const fields = [0, 1, 2, 3, 5, 6, 7, 8].map(at => [Math.floor(at / 3), at % 3] as const);
  const drawn = Array.from(random.choice(8, n), at => fields[at]!);
  const t = random.randomSample(n).map((value, i) => Math.PI * (1.5 + drawn[i]![0]) + value * Math.PI);
  return { t, height: random.randomSample(n).map((value, i) => drawn[i]![1] * 7 + value * 7) };
}
