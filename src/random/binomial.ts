import type { Stream } from './stream.ts';

/** Draws one value of a fixed binomial distribution. */
export type BinomialSampler = (stream: Stream) => number;

/**
 * A sampler of the number of successes in `n` trials of probability `p`: by inversion while the mean of the rarer
 * outcome is at most 30, by rejection (BTPE) above.
 */
export function binomialSampler(n: number, p: number): BinomialSampler {
  if (p > 0.5) {
    const failures = rareSampler(n, 1 - p);
    return stream => n - failures(stream);
  }
  return rareSampler(n, p);
}

function rareSampler(n: number, p: number): BinomialSampler {
  return p * n <= 30 ? inversionSampler(n, p) : rejectionSampler(n, p);
}

function inversionSampler(n: number, p: number): BinomialSampler {
  const q = 1 - p;
  const atZero = Math.exp(n * Math.log1p(-p));
  const mean = n * p;
  const bound = Math.trunc(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  return stream => {
    let x = 0;
    let px = atZero;
    let u = stream.random();
    while (u > px) {
      x++;
      if (x > bound) {
        x = 0;
        px = atZero;
        u = stream.random();
      } else {
        u -= px;
        px = ((n - x + 1) * p * px) / (x * q);
      }
    }
    return x;
  };
}

/**
 * Algorithm BTPE: a triangle, a parallelogram and two exponential tails cover the density.
 *
 * Source: V. Kachitvichyanukul and B. W. Schmeiser, "Binomial random variate generation", CACM 31 (1988); names follow
 * the paper. The last two error terms of the final test are subtracted, which corrects a sign of the paper.
 */
function rejectionSampler(n: number, p: number): BinomialSampler {
  const q = 1 - p;
  const npq = n * p * q;
  const peak = n * p + p;
  const m = Math.floor(peak);
  const p1 = Math.floor(2.195 * Math.sqrt(npq) - 4.6 * q) + 0.5;
  const xm = m + 0.5;
  const xl = xm - p1;
  const xr = xm + p1;
  const c = 0.134 + 20.5 / (15.3 + m);
  const al = (peak - xl) / (peak - xl * p);
  const lambdaLeft = al * (1 + al / 2);
  const ar = (xr - peak) / (xr * q);
  const lambdaRight = ar * (1 + ar / 2);
  const p2 = p1 * (1 + 2 * c);
  const p3 = p2 + c / lambdaLeft;
  const p4 = p3 + c / lambdaRight;
  const accepts = acceptance(n, p, m, xm);
  return stream => {
    for (;;) {
      const u = stream.random() * p4;
      let v = stream.random();
      let y: number;
      if (u <= p1) return Math.floor(xm - p1 * v + u);
      if (u <= p2) {
        const x = xl + (u - p1) / c;
        v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
        if (v > 1) continue;
        y = Math.floor(x);
      } else if (u <= p3) {
        y = Math.floor(xl + Math.log(v) / lambdaLeft);
        if (y < 0 || v === 0) continue;
        v *= (u - p2) * lambdaLeft;
      } else {
        y = Math.floor(xr - Math.log(v) / lambdaRight);
        if (y > n || v === 0) continue;
        v *= (u - p3) * lambdaRight;
      }
      if (accepts(y, v)) return y;
    }
  };
}

/** Whether height `v` lies under the density at `y`, relative to the density at the mode `m`. */
function acceptance(n: number, p: number, m: number, xm: number): (y: number, v: number) => boolean {
  const q = 1 - p;
  const npq = n * p * q;
  const s = p / q;
  const a = s * (n + 1);
  return (y, v) => {
    const k = Math.abs(y - m);
    if (k <= 20 || k >= npq / 2 - 1) {
      let ratio = 1;
      for (let i = m + 1; i <= y; i++) ratio *= a / i - s;
      for (let i = y + 1; i <= m; i++) ratio /= a / i - s;
      return v <= ratio;
    }
    const rho = (k / npq) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / npq + 0.5);
    const t = (-k * k) / (2 * npq);
    const logV = Math.log(v);
    if (logV < t - rho) return true;
    if (logV > t + rho) return false;
    const x1 = y + 1;
    const f1 = m + 1;
    const z = n + 1 - m;
    const w = n - y + 1;
    const logDensity =
      xm * Math.log(f1 / x1) + (n - m + 0.5) * Math.log(z / w) + (y - m) * Math.log((w * p) / (x1 * q));
    return logV <= logDensity + stirling(f1) + stirling(z) - stirling(x1) - stirling(w);
  };
}

/** The correction of Stirling's formula for log(x!). */
function stirling(x: number): number {
  const x2 = x * x;
  return (13860 - (462 - (132 - (99 - 140 / x2) / x2) / x2) / x2) / x / 166320;
}

/** How often each of the outcomes occurs in `n` trials, as a chain of binomials; the last takes what remains. */
export function drawMultinomial(stream: Stream, n: number, probabilities: ArrayLike<number>): Int32Array {
  const counts = new Int32Array(probabilities.length);
  let left = n;
  let remaining = 1;
  for (let j = 0; j < counts.length - 1 && left > 0; j++) {
    const p = probabilities[j]!;
    const share = p / remaining;
    const count = share === 0 ? 0 : binomialSampler(left, share)(stream);
    counts[j] = count;
    left -= count;
    remaining -= p;
  }
  if (left > 0) counts[counts.length - 1] = left;
  return counts;
}
