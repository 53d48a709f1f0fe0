import { Matrix } from '../array/index.ts';
import { boolean, either, integer, listOf, nullable, real, seed } from '../check/index.ts';
import { randomFrom, type Seed } from '../random/index.ts';
import { demand } from './demand.ts';
import { addNoise, shuffleRows } from './drawn.ts';

/** The parameters that problems of two curves in the plane share. */
export const twoCurvesSpec = {
  /** Rows in all, half on each curve; or rows of either curve. */
  nSamples: either(integer({ min: 1, default: 100 }), listOf(integer({ min: 0, default: 0 }), { default: [] })),
  /** Whether rows are shuffled. */
  shuffle: boolean({ default: true }),
  /** Standard deviation of the normal noise; `null` for none. */
  noise: nullable(real({ min: 0, default: 0 })),
  randomState: seed(),
};

export interface TwoCurvesData {
  /** shape (nSamples, 2) */
  readonly X: Matrix;
  /** 0 on the first curve, 1 on the second. */
  readonly y: number[];
}

type Curve = (n: number) => [x: number, y: number][];

/** Points of two curves with their class, shuffled, then blurred. */
export function drawTwoCurves(
  [first, second]: readonly [Curve, Curve],
  [nFirst, nSecond]: readonly [number, number],
  params: { shuffle: boolean; noise: number | null; randomState: Seed },
): TwoCurvesData {
  const random = randomFrom(params.randomState);
  const X = Matrix.fromRows([...first(nFirst), ...second(nSecond)], 2);
  const y = Array.from({ length: X.rows }, (_, i) => Number(i >= nFirst));
  const data = params.shuffle ? shuffleRows(X, y, random) : { X, y };
  if (params.noise !== null) addNoise(data.X, params.noise, random);
  return data;
}

/** Rows of either curve; of an odd number the second has one more. */
export function halves(owner: string, nSamples: number | readonly number[]): [number, number] {
  if (typeof nSamples === 'number') return [Math.floor(nSamples / 2), Math.ceil(nSamples / 2)];
  demand(owner, nSamples.length === 2, 'nSamples must be an integer or a list of two', nSamples);
  return [nSamples[0]!, nSamples[1]!];
}
