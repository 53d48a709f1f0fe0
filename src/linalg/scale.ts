/** Fourth powers of numbers between these (shifts take them) neither overflow nor vanish, even when summed. */
const TINY = 1e-60;
const HUGE = 1e60;

/**
 * The factor by which a matrix must be multiplied before its entries may be squared and summed: 1 for all but
 * extreme matrices, and a power of two (which is exact) for those.
 */
export function safeScale(data: Float64Array): number {
  const largest = largestEntry(data);
  if (largest === 0 || !Number.isFinite(largest) || (largest > TINY && largest < HUGE)) return 1;
  let scale = 1;
  while (largest * scale >= 2) scale /= 2;
  while (largest * scale < 1) scale *= 2;
  return scale;
}

export function scaleInPlace(data: Float64Array, scale: number): void {
  if (scale === 1) return;
  for (let i = 0; i < data.length; i++) data[i]! *= scale;
}

/** The largest absolute value. */
export function largestEntry(...parts: readonly Float64Array[]): number {
  let largest = 0;
  for (const data of parts) {
    for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]!));
  }
  return largest;
}
