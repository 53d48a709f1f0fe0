/**
 * Points that rows are compared with, in the layouts of the kernel, and how far single precision may be trusted.
 *
 * With u = 2^-24 and d columns, |y|² - 2 x'y in single precision is off by at most (2 d + 5) u (|x|² + |y|²), where a sum
 * starts from |y|²: u for each value, product and addition. The share below leaves room for the rounding of
 * squared lengths and limits, and of what is computed in double precision instead. What is too small for single
 * precision adds an error of at most 2^-149 each.
 */
import { type Centers, withNorms } from './reference.ts';

/** Points of one panel. */
const DOUBLES = 4;
const SINGLES = 8;
const ROUNDING = 2 ** -24;
/** Beside squared lengths of this, what is lost near the least positive single number is nothing. */
const SMALL = 2 ** -100;
/** Squares of larger ones might leave the range of single precision. */
const LARGE = 2 ** 50;

export interface Panels {
  /** Panel after panel, column by column. */
  readonly values: Float64Array;
  /** Squared lengths; infinite in places without a point. */
  readonly norms: Float64Array;
}

export interface SinglePanels {
  /** Scaled points times -2. */
  readonly values: Float32Array;
  readonly norms: Float32Array;
  /** A value of a row of squared length s is off by at most `share` (s + `greatest`). */
  readonly share: number;
  readonly greatest: number;
}

export function packDoubles(data: Float64Array, columns: number): Panels {
  const points = withNorms(data, columns);
  return { values: packed(points, DOUBLES, new Float64Array(room(points, DOUBLES))), norms: padded(points, DOUBLES) };
}

/** `scale` is a power of two, not a number where rows are not all finite: then nothing is beyond doubt. */
export function packSingles(data: Float64Array, columns: number, scale: number): SinglePanels {
  const scaled = new Float64Array(data.length);
  for (let at = 0; at < data.length; at++) scaled[at] = data[at]! * scale;
  const points = withNorms(scaled, columns);
  const values = packed(points, SINGLES, new Float32Array(room(points, SINGLES)));
  for (let at = 0; at < values.length; at++) values[at]! *= -2;
  const greatest = points.norms.reduce((most, norm) => Math.max(most, norm), 0);
  const share = greatest <= LARGE * LARGE ? (2 * columns + 14) * ROUNDING : Number.POSITIVE_INFINITY;
  return { values, norms: new Float32Array(padded(points, SINGLES)), share, greatest: greatest + SMALL };
}

function room({ columns, norms }: Centers, panel: number): number {
  return panel * Math.ceil(norms.length / panel) * columns;
}

function packed<A extends Float32Array | Float64Array>({ data, columns, norms }: Centers, panel: number, values: A): A {
  for (let j = 0; j < norms.length; j++) {
    const start = (j - (j % panel)) * columns + (j % panel);
    for (let k = 0; k < columns; k++) values[start + k * panel] = data[j * columns + k]!;
  }
  return values;
}

function padded({ norms }: Centers, panel: number): Float64Array {
  const result = new Float64Array(panel * Math.ceil(norms.length / panel)).fill(Number.POSITIVE_INFINITY);
  result.set(norms);
  return result;
}
