import { checkParams, type ParamsOf } from '../check/index.ts';
import { drawTwoCurves, halves, type TwoCurvesData, twoCurvesSpec } from './two-curves.ts';

export type MakeMoonsParams = ParamsOf<typeof twoCurvesSpec>;

/**
 * Two interleaving half circles, which no straight line separates; scikit-learn's numbers for the same integer seed.
 *
 * @returns `X` (nSamples, 2), `y` with 0 for the upper moon and 1 for the lower
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeMoons } from 'fitwise';
 * const { X, y } = makeMoons({ nSamples: 200, noise: 0.2, randomState: 42 });
 * [X.rows, y.length]; // [200, 200]
 */
export function makeMoons(params: Partial<MakeMoonsParams> = {}): TwoCurvesData {
  const owner = 'data by makeMoons';
  const given = checkParams(owner, twoCurvesSpec, params);
  return drawTwoCurves([upperMoon, lowerMoon], halves(owner, given.nSamples), given);
}

function upperMoon(n: number): [number, number][] {
  return angles(n).map(angle => [Math.cos(angle), Math.sin(angle)]);
}

function lowerMoon(n: number): [number, number][] {
  return angles(n).map(angle => [1 - Math.cos(angle), 1 - Math.sin(angle) - 0.5]);
}

/** `n` angles from 0 to pi, both included. */
function angles(n: number): number[] {
  return Array.from({ length: n }, (_, i) => (i > 0 && i === n - 1 ? Math.PI : i * (Math.PI / Math.max(1, n - 1))));
}
