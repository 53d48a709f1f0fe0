/** Fourth powers of numbers between these (shifts take them) neither overflow nor vanish, even when summed. */
const TINY = 1e-60;
const HUGE = 1e60;
/** Subnormal numbers stay below 1 under it, which is large enough for their fourth powers. */
const LARGEST_SCALE = 2 ** 1000;

/**
 * The factor by which a matrix must be multiplied before its entries may be squared and summed: 1 for all but
 * extreme matrices, and a power of two (which is exact) for those.
 */
export function safeScale(data: Float64Array): number {
  const largest = largestEntry(data);
  if (largest === 0 || !Number.isFinite(largest) || isModerate(largest)) return 1;
  let scale = 1;
  while (largest * scale >= 2) scale /= 2;
  while (largest * scale < 1 && scale < LARGEST_SCALE) scale *= 2;
  return scale;
}

/** Whether a matrix with this largest entry needs no scaling. */
export function isModerate(largest: number): boolean {
  return largest > TINY && largest < HUGE;
}

export function scaleInPlace(data: Float64Array, scale: number): void {
  if (scale === 1) return;
  for (let i = 0; i < data.length; i++) data[i]! *= scale;
}

/** The largest absolute value; of numbers only, as comparisons with NaN are false. */
export function largestEntry(...parts: readonly Float64Array[]): number {
  let largest = 0;
  for (const data of parts) largest = Math.max(largest, largestOf(data));
  return largest;
}

/** Four maxima at a time, which do not wait for each other. */
function largestOf(data: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = 0;
  for (; at + 3 < data.length; at += 4) {
    const x = Math.abs(data[at]!);
    const y = Math.abs(data[at + 1]!);
    const z = Math.abs(data[at + 2]!);
    const w = Math.abs(data[at + 3]!);
    if (x > a) a = x;
    if (y > b) b = y;
    if (z > c) c = z;
    if (w > d) d = w;
  }
  for (; at < data.length; at++) if (Math.abs(data[at]!) > a) a = Math.abs(data[at]!);
  return Math.max(a, b, c, d);
}
