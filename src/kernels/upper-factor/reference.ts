/** Reflectors that are applied together. */
export const PANEL = 4;

/** Columns of a matrix: each is a view. */
export type Columns = readonly Float64Array[];

/**
 * One panel of the reflections that clear a block of rows, given by its columns of even length, below an upper
 * triangular matrix (row-major, as wide as there are columns): after the last panel, R of [upper; block] stands in
 * `upper`, and the block holds the tails of the reflectors. Later columns lose V T' (V'x) in one go.
 */
export function reflectPanel(upper: Float64Array, block: Columns, k: number): void {
  const width = block.length;
  const V = block.slice(k, k + PANEL);
  const rows = V.map((_, r) => upper.subarray((k + r) * width, (k + r + 1) * width));
  const taus = V.map((v, r) => {
    const { tau, beta } = makeReflector(v, rows[r]![k + r]!);
    rows[r]![k + r] = beta;
    for (let j = k + r + 1; j < k + V.length; j++)
      subtract(rows[r]!, j, block[j]!, v, tau * along(rows[r]!, j, block[j]!, v));
    return tau;
  });
  const T = triangularFactor(V, taus);
  for (let j = k + V.length; j < width; j++) {
    const x = block[j]!;
    const projections = V.map((v, r) => along(rows[r]!, j, x, v));
    V.forEach((v, r) => {
      let scale = T[0]![r]! * projections[0]!;
      for (let i = 1; i <= r; i++) scale += T[i]![r]! * projections[i]!;
      subtract(rows[r]!, j, x, v, scale);
    });
  }
}

/** Overwrites `v` with the tail of the reflector (its head is 1) that maps (alpha, v) to (beta, 0). */
function makeReflector(v: Float64Array, alpha: number): { tau: number; beta: number } {
  const tail = dot(v, v);
  if (tail === 0) return { tau: 0, beta: alpha };
  const norm = Math.sqrt(alpha * alpha + tail);
  const beta = alpha > 0 ? -norm : norm;
  const scale = 1 / (alpha - beta);
  for (let i = 0; i < v.length; i++) v[i]! *= scale;
  return { tau: (beta - alpha) / beta, beta };
}

/** What column j, with its upper part in `row`, has along the reflector (1, v). */
function along(row: Float64Array, j: number, x: Float64Array, v: Float64Array): number {
  return row[j]! + dot(v, x);
}

function subtract(row: Float64Array, j: number, x: Float64Array, v: Float64Array, scale: number): void {
  row[j]! -= scale;
  for (let i = 0; i < x.length; i++) x[i]! -= scale * v[i]!;
}

/** T of H_1 ... H_r = I - V T V', upper triangular, column by column; the heads of V are orthogonal. */
function triangularFactor(V: Columns, taus: readonly number[]): number[][] {
  const T = taus.map((tau, i) => taus.map((_, r) => (i === r ? tau : 0)));
  for (let r = 1; r < V.length; r++) {
    for (let i = 0; i < r; i++) {
      let sum = 0;
      for (let q = i; q < r; q++) sum += T[i]![q]! * dot(V[q]!, V[r]!);
      T[i]![r] = -taus[r]! * sum;
    }
  }
  return T;
}

/** The sum of the even places and that of the odd ones, as the lanes of a vector add them. */
function dot(a: Float64Array, b: Float64Array): number {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < a.length; i += 2) {
    even += a[i]! * b[i]!;
    odd += a[i + 1]! * b[i + 1]!;
  }
  return even + odd;
}
