/**
 * The natural logarithm, rounded correctly but for about one argument in 10^4. Splits that are equally good by the
 * criteria with logarithms differ in the last bit, and engines' `Math.log` err there as often as not; C libraries
 * hardly do.
 *
 * log(2^k c (1 + r)) = k log 2 + log c + log(1 + r), c one of 128 numbers of 8 bits, |r| < 2^-8; the first two terms
 * are held in two doubles each. Source: P. T. P. Tang, "Table-driven implementation of the logarithm function in IEEE
 * floating-point arithmetic", ACM TOMS 16 (1990).
 */

const STEPS = 128;
/** log(1 + j / 128), high and low part, for j in [0, 128]. */
const TABLE_HIGH = new Float64Array(STEPS + 1);
const TABLE_LOW = new Float64Array(STEPS + 1);

/** Fixed-point numbers with this many bits after the point fill the table. */
const BITS = 120n;
const ONE = 1n << BITS;

/** log((1 + t) / (1 - t)) = 2 (t + t^3 / 3 + t^5 / 5 + ...), in fixed point. */
function twiceAtanh(t: bigint): bigint {
  const square = (t * t) >> BITS;
  let sum = 0n;
  for (let power = t, n = 1n; power !== 0n; power = (power * square) >> BITS, n += 2n) sum += power / n;
  return 2n * sum;
}

for (let j = 1; j <= STEPS; j++) {
  // With x = 1 + j / 128: (x - 1) / (x + 1) = j / (256 + j).
  const exact = twiceAtanh((ONE * BigInt(j)) / BigInt(2 * STEPS + j));
  // The high part has 40 bits after the point, so that adding k log 2 to it stays exact.
  const high = (exact >> (BITS - 40n)) << (BITS - 40n);
  TABLE_HIGH[j] = Number(high) / Number(ONE);
  TABLE_LOW[j] = Number(exact - high) / Number(ONE);
}
const LN2_HIGH = TABLE_HIGH[STEPS]!;
const LN2_LOW = TABLE_LOW[STEPS]!;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
/** Which word holds sign and exponent. */
const TOP = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** log(x) for positive, normal, finite x. */
export function accurateLog(x: number): number {
  double[0] = x;
  const top = words[TOP]!;
  const k = (top >> 20) - 1023;
  words[TOP] = (top & 0xfffff) | 0x3ff00000;
  const m = double[0]!;
  const j = ((m - 1) * STEPS + 0.5) | 0;
  const c = 1 + j / STEPS;
  const d = m - c;
  const r = d / c;
  // What the division lost: the products are exact once r is cut in two, for c has 8 bits.
  const rHigh = Math.fround(r);
  const rest = (d - rHigh * c - (r - rHigh) * c) / c;
  // Where x is just below 1, k = -1 and c = 2, and both tables' terms cancel exactly.
  const high = k * LN2_HIGH + TABLE_HIGH[j]!;
  const low = k * LN2_LOW + TABLE_LOW[j]!;
  const sum = high + r;
  const lost = Math.abs(high) > Math.abs(r) ? high - sum + r : r - sum + high;
  const series = -0.5 + r * (1 / 3 - r * (0.25 - r * (0.2 - r * (1 / 6 - r * (1 / 7 - r / 8)))));
  return sum + (lost + (r * r * series + (rest + low)));
}

/** log2(x), as a quotient of natural logarithms. */
export function log2(x: number): number {
  return accurateLog(x) / Math.LN2;
}
