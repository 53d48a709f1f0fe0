/**
 * Lines of `inner` values in single precision, and numbers of each line in double precision: what normalisation by
 * channel is made of. Sums are taken in four parts, of the values at places 0, 4, 8 ..., at 1, 5, 9 ..., and so on, which
 * are then added as (0 + 1) + (2 + 3).
 */

/** The sum of each line. */
export function sumLines(x: Float32Array, inner: number, sums: Float64Array): void {
  forEachLine(sums, inner, (at, line) => {
    sums[line] = inFourParts(inner, i => x[at + i]!);
  });
}

/** The sum of squared deviations from the line's mean. */
export function sumSquares(x: Float32Array, inner: number, means: Float64Array, sums: Float64Array): void {
  forEachLine(sums, inner, (at, line) => {
    sums[line] = inFourParts(inner, i => (x[at + i]! - means[line]!) * (x[at + i]! - means[line]!));
  });
}

/** The sum of g, and of g (x - mean). */
export function sumGradients(
  grad: Float32Array,
  x: Float32Array,
  inner: number,
  means: Float64Array,
  plain: Float64Array,
  products: Float64Array,
): void {
  forEachLine(plain, inner, (at, line) => {
    plain[line] = inFourParts(inner, i => grad[at + i]!);
    products[line] = inFourParts(inner, i => grad[at + i]! * (x[at + i]! - means[line]!));
  });
}

/** scale x + shift. */
export function scaleLines(
  x: Float32Array,
  inner: number,
  scales: Float64Array,
  shifts: Float64Array,
  out: Float32Array,
): void {
  forEachLine(scales, inner, (at, line) => {
    for (let i = at; i < at + inner; i++) out[i] = x[i]! * scales[line]! + shifts[line]!;
  });
}

/** factor g - slope x - shift. */
export function combineLines(
  grad: Float32Array,
  x: Float32Array,
  inner: number,
  factors: Float64Array,
  slopes: Float64Array,
  shifts: Float64Array,
  out: Float32Array,
): void {
  forEachLine(factors, inner, (at, line) => {
    for (let i = at; i < at + inner; i++) {
      out[i] = factors[line]! * grad[i]! - slopes[line]! * x[i]! - shifts[line]!;
    }
  });
}

function forEachLine({ length }: Float64Array, inner: number, visit: (at: number, line: number) => void): void {
  for (let line = 0; line < length; line++) visit(line * inner, line);
}

function inFourParts(count: number, value: (i: number) => number): number {
  const parts = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) parts[i % 4]! += value(i);
  return parts[0]! + parts[1]! + (parts[2]! + parts[3]!);
}
