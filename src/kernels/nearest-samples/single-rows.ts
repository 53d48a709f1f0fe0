/**
 * Rows in single precision, for telling pairs apart that are surely far from one another. Rows are moved to the samples'
 * mean, where norms, and so errors, are small, and scaled by a power of two so that no value exceeds 1.
 *
 * With u = 2^-24 and d columns, |y|² - 2 x'y in single precision is off by at most (2 d + 5) u (|x|² + |y|²): u for
 * each value, product and addition to a sum of at most |y|² + 2 |x|'|y| <= |x|² + 2 |y|². Norms are therefore taken by the share
 * 1 - 2 (d + 10) u, which leaves room for the rounding of limits and of distances in double precision. Values too small
 * for single precision add an error of at most 2^-149 each.
 */
import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';

/** Half the distance from 1 to the next single number. */
const ROUNDING = 2 ** -24;
/** The greatest single number: limits that stay below it keep out the infinite norms of places without a sample. */
export const GREATEST = (2 - 2 ** -23) * 2 ** 127;

/** Rows around an origin, in units of `1 / scale`. */
export interface SingleRows {
  /** Row-major. */
  readonly values: Float32Array;
  /** Squared lengths in double precision, by the share. */
  readonly norms: Float64Array;
}

/** How rows are moved and scaled. */
export interface Placing {
  readonly origin: Float64Array;
  readonly scale: number;
}

/** What puts the mean of some rows to the origin, and all values of both tables between -1 and 1. */
export function* placingOf(samples: Matrix, queries: Matrix): Work<Placing> {
  const origin = new Float64Array(samples.columns);
  yield* inBlocks(samples.rows, samples.columns, (from, to) => {
    for (let i = from, at = from * samples.columns; i < to; i++) {
      for (let k = 0; k < samples.columns; k++, at++) origin[k]! += samples.data[at]!;
    }
  });
  for (let k = 0; k < origin.length; k++) origin[k]! /= samples.rows;
  let greatest = 0;
  for (const table of [samples, queries]) {
    yield* inBlocks(table.rows, table.columns, (from, to) => {
      greatest = Math.max(greatest, farthest(table, from, to, origin));
    });
  }
  return { origin, scale: powerBelow(greatest) };
}

/** The greatest distance of a value from the origin's. */
function farthest({ data, columns }: Matrix, from: number, to: number, origin: Float64Array): number {
  let greatest = 0;
  for (let i = from, at = from * columns; i < to; i++) {
    for (let k = 0; k < columns; k++, at++) {
      const distance = Math.abs(data[at]! - origin[k]!);
      if (!(distance <= greatest)) greatest = distance;
    }
  }
  return greatest;
}

/** A power of two p with p * greatest in (1/4, 1]. */
function powerBelow(greatest: number): number {
  let scale = 1;
  while (scale * greatest > 1) scale /= 2;
  while (greatest > 0 && scale * greatest <= 0.25 && scale < 2 ** 1000) scale *= 2;
  return scale;
}

/** Rows `from` to `to` of a table, in single precision and times `factor`, filled up with zeros to a multiple. */
export function singleRows(
  { data, columns }: Matrix,
  { origin, scale }: Placing,
  from: number,
  to: number,
  factor: number,
  multiple: number,
): SingleRows {
  const places = multiple * Math.ceil((to - from) / multiple);
  const values = new Float32Array(places * columns);
  const norms = new Float64Array(places);
  const share = 1 - 2 * (columns + 10) * ROUNDING;
  for (let i = 0, at = from * columns, own = 0; i < to - from; i++) {
    let norm = 0;
    for (let k = 0; k < columns; k++, at++, own++) {
      const value = (data[at]! - origin[k]!) * scale;
      values[own] = value * factor;
      norm += value * value;
    }
    norms[i] = norm * share;
  }
  return { values, norms };
}
