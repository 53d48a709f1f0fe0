import type { Matrix } from '../../array/index.ts';

/** Functions of one number that kernels apply to every element. */
export type ElementMap = keyof typeof ELEMENT_MAPS;

/** Each as a plain function; those with exponentials are written so that nothing overflows. */
export const ELEMENT_MAPS = {
  square: (x: number) => x * x,
  relu: (x: number) => Math.max(x, 0),
  exp: (x: number) => Math.exp(x),
  sigmoid: (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  tanh: (x: number) => Math.tanh(x),
} as const;

/** The map of every element. */
export function mapReference(X: Matrix, map: ElementMap): Matrix {
  return X.map(ELEMENT_MAPS[map]);
}
