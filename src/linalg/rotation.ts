/** A plane rotation that maps (a, b) to (r, 0): r = c a + s b and 0 = c b - s a. */
export interface Rotation {
  readonly c: number;
  readonly s: number;
  readonly r: number;
}

export function rotationFor(a: number, b: number): Rotation {
  if (b === 0) return { c: 1, s: 0, r: a };
  if (a === 0) return { c: 0, s: 1, r: b };
  const r = Math.sqrt(a * a + b * b);
  return { c: a / r, s: b / r, r };
}

/** Rows x and y of a matrix become c x + s y and c y - s x. */
export function rotateRows(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!;
    const yi = y[i]!;
    x[i] = c * xi + s * yi;
    y[i] = c * yi - s * xi;
  }
}
