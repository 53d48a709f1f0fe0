import { checkParams, type ParamsOf, real } from '../check/index.ts';
import { drawTwoCurves, halves, type TwoCurvesData, twoCurvesSpec } from './two-curves.ts';

const spec = {
  ...twoCurvesSpec,
  /** Radius of the inner circle over that of the outer. */
  factor: real({ min: 0, below: 1, default: 0.8 }),
};
export type MakeCirclesParams = ParamsOf<typeof spec>;

/**
 * A circle inside a circle; scikit-learn's numbers for the same integer seed.
 *
 * @returns `X` (nSamples, 2), `y` with 0 for the outer circle and 1 for the inner
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeCircles } from 'fitwise';
 * const { X, y } = makeCircles({ nSamples: 200, noise: 0.05, factor: 0.5, randomState: 42 });
 * [X.rows, y.length]; // [200, 200]
 */
export function makeCircles(params: Partial<MakeCirclesParams> = {}): TwoCurvesData {
  const owner = 'data by makeCircles';
  const given = checkParams(owner, spec, params);
  const circle = (radius: number) => (n: number) => angles(n).map(point(radius));
  return drawTwoCurves([circle(1), circle(given.factor)], halves(owner, given.nSamples), given);
}

function point(radius: number): (angle: number) => [number, number] {
  return angle => [Math.cos(angle) * radius, Math.sin(angle) * radius];
}

/** `n` angles from 0 to 2 pi, the end left out, for it is the start. */
function angles(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i * ((2 * Math.PI) / n));
}
