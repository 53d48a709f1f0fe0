import type { Matrix } from '../array/index.ts';
import { assert } from '../errors/index.ts';
import { isWorthApplying, Rotations, rotateRowsWork } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import type { Bidiagonal } from './bidiagonalize.ts';
import { rotationFor } from './rotation.ts';
import { largestEntry } from './scale.ts';

/** Steps per singular value; two or three are usual. */
const MAX_STEPS = 60;

/**
 * Makes an upper bidiagonal matrix diagonal by rotations from both sides, which the rows of U' and V' follow: its
 * diagonal ends as the singular values, unsorted and of either sign.
 */
export function* diagonalizeBidiagonal(B: Bidiagonal, Ut: Matrix, Vt: Matrix): Work<void> {
  // What is dropped below this changes the matrix by no more than its reduction did.
  const negligible = Number.EPSILON * largestEntry(B.diagonal, B.off);
  const left = new Rotations();
  const right = new Rotations();
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
    stepOnBlock(B, first, last, negligible, left, right);
    if (isWorthApplying(left)) yield* rotateRowsWork(Ut, left);
    if (isWorthApplying(right)) yield* rotateRowsWork(Vt, right);
  }
  yield* rotateRowsWork(Ut, left);
  yield* rotateRowsWork(Vt, right);
}

/** Where the unreduced block that ends at `last` starts; the negligible neighbour before it becomes zero. */
function startOfBlock({ off }: Bidiagonal, last: number, negligible: number): number {
  for (let i = last; i > 0; i--) {
    if (Math.abs(off[i - 1]!) > negligible) continue;
    off[i - 1] = 0;
    return i;
  }
  return 0;
}

/** Brings a block closer to diagonal form; the rotations for the rows of U' and V' are collected. */
function stepOnBlock(
  B: Bidiagonal,
  first: number,
  last: number,
  negligible: number,
  left: Rotations,
  right: Rotations,
): void {
  let zero = last;
  while (zero >= first && Math.abs(B.diagonal[zero]!) > negligible) zero--;
  if (zero < first) golubKahanStep(B, first, last, left, right);
  else if (zero === last) clearColumn(B, first, last, right);
  else clearRow(B, zero, last, left);
}

/** With a zero at the end of the diagonal, rotates what stands above it away to the left. */
function clearColumn({ diagonal, off }: Bidiagonal, first: number, last: number, right: Rotations): void {
  diagonal[last] = 0;
  let bulge = off[last - 1]!;
  off[last - 1] = 0;
  for (let i = last - 1; i >= first; i--) {
    const { c, s, r } = rotationFor(diagonal[i]!, bulge);
    diagonal[i] = r;
    right.push(i, last, c, s);
    if (i === first) break;
    bulge = -s * off[i - 1]!;
    off[i - 1]! *= c;
  }
}

/** With a zero at `zero` on the diagonal, rotates what stands right of it away downwards. */
function clearRow({ diagonal, off }: Bidiagonal, zero: number, last: number, left: Rotations): void {
  diagonal[zero] = 0;
  let bulge = off[zero]!;
  off[zero] = 0;
  for (let i = zero + 1; i <= last; i++) {
    const { c, s, r } = rotationFor(diagonal[i]!, bulge);
    diagonal[i] = r;
    left.push(i, zero, c, s);
    if (i === last) break;
    bulge = -s * off[i]!;
    off[i]! *= c;
  }
}

/** One implicit QR step on B'B, shifted by the eigenvalue of its last 2 x 2 block that is nearer to the last entry. */
function golubKahanStep(
  { diagonal, off }: Bidiagonal,
  first: number,
  last: number,
  left: Rotations,
  right: Rotations,
): void {
  let y = diagonal[first]! * diagonal[first]! - shiftOf({ diagonal, off }, first, last);
  let z = diagonal[first]! * off[first]!;
  for (let k = first; k < last; k++) {
    const fromRight = rotationFor(y, z);
    if (k > first) off[k - 1] = fromRight.r;
    right.push(k, k + 1, fromRight.c, fromRight.s);
    const { c, s } = fromRight;
    const above = c * off[k]! - s * diagonal[k]!;
    const below = c * diagonal[k + 1]!;
    const fromLeft = rotationFor(c * diagonal[k]! + s * off[k]!, s * diagonal[k + 1]!);
    diagonal[k] = fromLeft.r;
    off[k] = fromLeft.c * above + fromLeft.s * below;
    diagonal[k + 1] = fromLeft.c * below - fromLeft.s * above;
    left.push(k, k + 1, fromLeft.c, fromLeft.s);
    if (k + 1 === last) break;
    y = off[k]!;
    z = fromLeft.s * off[k + 1]!;
    off[k + 1]! *= fromLeft.c;
  }
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
