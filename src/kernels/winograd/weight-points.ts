const { fround } = Math;

/** Kernels (O, C, 3, 3) at the points, (16, O, C): G g G' with G = [1 0 0; 1 1 1 over 2; 1 -1 1 over 2; 0 0 1]. */
export function weightPoints(w: Float32Array): Float32Array {
  const kernels = w.length / 9;
  const points = new Float32Array(16 * kernels);
  const rows = new Float32Array(12);
  for (let k = 0; k < kernels; k++) {
    for (let j = 0; j < 3; j++) {
      const [a, b, c] = [w[9 * k + j]!, w[9 * k + 3 + j]!, w[9 * k + 6 + j]!];
      for (let i = 0; i < 4; i++) rows[3 * i + j] = point(i, a, b, c);
    }
    for (let i = 0; i < 4; i++) {
      const [a, b, c] = [rows[3 * i]!, rows[3 * i + 1]!, rows[3 * i + 2]!];
      for (let j = 0; j < 4; j++) points[(4 * i + j) * kernels + k] = point(j, a, b, c);
    }
  }
  return points;
}

function point(i: number, a: number, b: number, c: number): number {
  if (i === 0) return a;
  if (i === 3) return c;
  const outer = fround(a + c);
  return 0.5 * (i === 1 ? fround(outer + b) : fround(outer - b));
}
