import type { Stream } from './stream.ts';

/** One value of the exponential distribution with mean 1, by inversion. */
export function drawExponential(stream: Stream): number {
  return -Math.log(1 - stream.random());
}

/**
 * One value of the gamma distribution with scale 1.
 *
 * Source: J. H. Ahrens and U. Dieter, Computing 12 (1974), algorithm GS, for shape < 1; G. Marsaglia and W. W. Tsang,
 * ACM TOMS 26 (2000), above. Powers are written exp(log(u) / shape), since `Math.pow` differs between engines.
 */
export function drawGamma(stream: Stream, shape: number): number {
  if (shape === 1) return drawExponential(stream);
  if (shape === 0) return 0;
  return shape < 1 ? drawSmallGamma(stream, shape) : drawLargeGamma(stream, shape);
}

function drawSmallGamma(stream: Stream, shape: number): number {
  for (;;) {
    const u = stream.random();
    const v = drawExponential(stream);
    if (u <= 1 - shape) {
      const x = Math.exp(Math.log(u) / shape);
      if (x <= v) return x;
    } else {
      const y = -Math.log((1 - u) / shape);
      const x = Math.exp(Math.log(1 - shape + shape * y) / shape);
      if (x <= v + y) return x;
    }
  }
}

function drawLargeGamma(stream: Stream, shape: number): number {
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = stream.standardNormal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = stream.random();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
  }
}

/**
 * One value of the beta distribution.
 *
 * Source: M. D. Jöhnk, Metrika 8 (1964), where both parameters are at most 1; else as a ratio of gammas.
 */
export function drawBeta(stream: Stream, a: number, b: number): number {
  if (a > 1 || b > 1) {
    const x = drawGamma(stream, a);
    const y = drawGamma(stream, b);
    return x / (x + y);
  }
  for (;;) {
    const logX = Math.log(stream.random()) / a;
    const logY = Math.log(stream.random()) / b;
    const x = Math.exp(logX);
    const y = Math.exp(logY);
    if (x + y > 1) continue;
    if (x + y > 0) return x / (x + y);
    // Both underflowed: the ratio is formed from the logarithms, scaled by the larger.
    const top = Math.max(logX, logY);
    return Math.exp(logX - top - Math.log(Math.exp(logX - top) + Math.exp(logY - top)));
  }
}
