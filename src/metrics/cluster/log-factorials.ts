/** Below this, factorials are exact in double precision. */
const EXACT = 19;

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** The logarithms of 0! ... n!, each to the last bits: sums of logarithms would gather rounding. */
export function logFactorials(n: number): Float64Array {
  const table = new Float64Array(n + 1);
  for (let k = 0, factorial = 1; k <= Math.min(n, EXACT - 1); k++) {
    factorial *= Math.max(k, 1);
    table[k] = Math.log(factorial);
  }
  for (let k = EXACT; k <= n; k++) table[k] = stirling(k + 1);
  return table;
}

/** `log Gamma(x)` by Stirling's series (NIST Handbook 5.11.1), whose first left-out term is below 1e-17 from x = 20 on. */
function stirling(x: number): number {
  const y = 1 / (x * x);
  const series =
    (1 / 12 + y * (-1 / 360 + y * (1 / 1260 + y * (-1 / 1680 + y * (1 / 1188 + y * (-691 / 360360 + y / 156)))))) / x;
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series;
}
