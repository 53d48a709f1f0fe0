import { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf, real, seed } from '../check/index.ts';
import { randomFrom } from '../random/index.ts';
import { addNoise } from './drawn.ts';
import type { ManifoldData } from './make-swiss-roll.ts';

const spec = {
  nSamples: integer({ min: 1, default: 100 }),
  /** Standard deviation of the normal noise. */
  noise: real({ min: 0, default: 0 }),
  randomState: seed(),
};
export type MakeSCurveParams = ParamsOf<typeof spec>;

/**
 * A sheet bent to an S in three dimensions; scikit-learn's numbers for the same integer seed.
 *
 * @returns `X` (nSamples, 3) and the angle `t` of each point
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeSCurve } from 'fitwise';
 * makeSCurve({ nSamples: 50, randomState: 0 }).t.length; // 50
 */
export function makeSCurve(params: Partial<MakeSCurveParams> = {}): ManifoldData {
  const { nSamples, noise, randomState } = checkParams('data by makeSCurve', spec, params);
  const random = randomFrom(randomState);
  const t = random.randomSample(nSamples).map(value => 3 * Math.PI * (value - 0.5));
  const coordinates = Matrix.fromRows([
    t.map(Math.sin),
    random.randomSample(nSamples).map(value => 2 * value),
    t.map(value => Math.sign(value) * (Math.cos(value) - 1)),
  ]);
  addNoise(coordinates, noise, random);
  return { X: coordinates.transpose(), t };
}
