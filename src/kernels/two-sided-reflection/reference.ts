/**
 * A <- H A H for H = I - tau v v' and a symmetric matrix of `n` columns, of which the upper triangle from row `from` on
 * is read and written, and `v` from there: A - v w' - w v', with w = tau (A v - (tau / 2) (v' A v) v). The sums along a
 * row are those of its odd and of its even places.
 */
export function reflectBothSides(data: Float64Array, n: number, v: Float64Array, tau: number, from: number): void {
  const w = new Float64Array(n);
  for (let i = from; i < n; i++) multiplyRow(data, n, v, i, w);
  let product = 0;
  for (let i = from; i < n; i++) product += w[i]! * v[i]!;
  for (let i = from; i < n; i++) w[i] = tau * (w[i]! - (tau / 2) * product * v[i]!);
  for (let i = from; i < n; i++) {
    const start = i * n;
    const vi = v[i]!;
    const wi = w[i]!;
    for (let j = i; j < n; j++) data[start + j]! -= vi * w[j]! + wi * v[j]!;
  }
}

/** What row `i`, and column `i` below the diagonal, add to A v. */
function multiplyRow(data: Float64Array, n: number, v: Float64Array, i: number, w: Float64Array): void {
  const start = i * n;
  const vi = v[i]!;
  let left = 0;
  let right = 0;
  let j = i;
  for (; j + 2 <= n; j += 2) {
    left += data[start + j]! * v[j]!;
    right += data[start + j + 1]! * v[j + 1]!;
  }
  if (j < n) left += data[start + j]! * v[j]!;
  for (let k = i + 1; k < n; k++) w[k]! += data[start + k]! * vi;
  w[i]! += left + right;
}
