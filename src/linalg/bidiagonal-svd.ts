import type { Matrix } from '../array/index.ts';
import { assert } from '../errors/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import type { Bidiagonal } from './bidiagonalize.ts';
import { rotateRows, rotationFor } from './rotation.ts';

/** Steps per singular value; two or three are usual. */
const MAX_STEPS = 60;

/**
 * Makes an upper bidiagonal matrix diagonal by rotations from both sides, which the rows of U' and V' follow: its
 * diagonal ends as the singular values, unsorted and of either sign.
 */
export function* diagonalizeBidiagonal(B: Bidiagonal, Ut: Matrix, Vt: Matrix): Work<void> {
  const negligible = Number.EPSILON * largestEntry(B);
  let ops = 0;
  let steps = 0;
  let last = B.diagonal.length - 1;
  while (last > 0) {
    const first = startOfBlock(B, last, negligible);
    if (first === last) {
      last--;
      steps = 0;
      continue;
    }
    assert(steps++ < MAX_STEPS, 'svd did not converge');
    const rotations = stepOnBlock(B, first, last, negligible, Ut, Vt);
    ops += 4 * Ut.columns * rotations;
    if (ops < MAX_OPS) continue;
    yield { ops };
    ops = 0;
  }
  yield { ops };
}

/** Where the unreduced block that ends at `last` starts; the negligible neighbour before it becomes zero. */
function startOfBlock({ diagonal, off }: Bidiagonal, last: number, negligible: number): number {
  for (let i = last; i > 0; i--) {
    const size = Math.abs(diagonal[i - 1]!) + Math.abs(diagonal[i]!);
    if (Math.abs(off[i - 1]!) > Number.EPSILON * Math.max(size, negligible)) continue;
    off[i - 1] = 0;
    return i;
  }
  return 0;
}

/** Brings a block closer to diagonal form; returns how many rotations it took. */
function stepOnBlock(B: Bidiagonal, first: number, last: number, negligible: number, Ut: Matrix, Vt: Matrix): number {
  if (Math.abs(B.diagonal[last]!) <= negligible) return clearColumn(B, first, last, Vt);
  for (let i = last - 1; i >= first; i--) {
    if (Math.abs(B.diagonal[i]!) <= negligible) return clearRow(B, i, last, Ut);
  }
  return golubKahanStep(B, first, last, Ut, Vt);
}

/** With a zero at the end of the diagonal, rotates what stands above it away to the left. */
function clearColumn({ diagonal, off }: Bidiagonal, first: number, last: number, Vt: Matrix): number {
  diagonal[last] = 0;
  let bulge = off[last - 1]!;
  off[last - 1] = 0;
  for (let i = last - 1; i >= first; i--) {
    const { c, s, r } = rotationFor(diagonal[i]!, bulge);
    diagonal[i] = r;
    rotateRows(Vt.row(i), Vt.row(last), c, s);
    if (i === first) break;
    bulge = -s * off[i - 1]!;
    off[i - 1]! *= c;
  }
  return last - first;
}

/** With a zero at `zero` on the diagonal, rotates what stands right of it away downwards. */
function clearRow({ diagonal, off }: Bidiagonal, zero: number, last: number, Ut: Matrix): number {
  diagonal[zero] = 0;
  let bulge = off[zero]!;
  off[zero] = 0;
  for (let i = zero + 1; i <= last; i++) {
    const { c, s, r } = rotationFor(diagonal[i]!, bulge);
    diagonal[i] = r;
    rotateRows(Ut.row(i), Ut.row(zero), c, s);
    if (i === last) break;
    bulge = -s * off[i]!;
    off[i]! *= c;
  }
  return last - zero;
}

/** One implicit QR step on B'B, shifted by the eigenvalue of its last 2 x 2 block that is nearer to the last entry. */
function golubKahanStep({ diagonal, off }: Bidiagonal, first: number, last: number, Ut: Matrix, Vt: Matrix): number {
  let y = diagonal[first]! * diagonal[first]! - shiftOf({ diagonal, off }, first, last);
  let z = diagonal[first]! * off[first]!;
  for (let k = first; k < last; k++) {
    const fromRight = rotationFor(y, z);
    if (k > first) off[k - 1] = fromRight.r;
    rotateRows(Vt.row(k), Vt.row(k + 1), fromRight.c, fromRight.s);
    const { c, s } = fromRight;
    const above = c * off[k]! - s * diagonal[k]!;
    const below = c * diagonal[k + 1]!;
    const fromLeft = rotationFor(c * diagonal[k]! + s * off[k]!, s * diagonal[k + 1]!);
    diagonal[k] = fromLeft.r;
    off[k] = fromLeft.c * above + fromLeft.s * below;
    diagonal[k + 1] = fromLeft.c * below - fromLeft.s * above;
    rotateRows(Ut.row(k), Ut.row(k + 1), fromLeft.c, fromLeft.s);
    if (k + 1 === last) break;
    y = off[k]!;
    z = fromLeft.s * off[k + 1]!;
    off[k + 1]! *= fromLeft.c;
  }
  return 2 * (last - first);
}

function shiftOf({ diagonal, off }: Bidiagonal, first: number, last: number): number {
  const before = last - 1 > first ? off[last - 2]! : 0;
  const a = diagonal[last - 1]! * diagonal[last - 1]! + before * before;
  const b = diagonal[last - 1]! * off[last - 1]!;
  const c = diagonal[last]! * diagonal[last]! + off[last - 1]! * off[last - 1]!;
  if (b === 0) return c;
  const half = (a - c) / 2;
  const root = Math.sqrt(half * half + b * b);
  return c - (b * b) / (half + (half < 0 ? -root : root));
}

function largestEntry({ diagonal, off }: Bidiagonal): number {
  let largest = 0;
  for (const value of diagonal) largest = Math.max(largest, Math.abs(value));
  for (const value of off) largest = Math.max(largest, Math.abs(value));
  return largest;
}
