/** Distances of two rows of numbers, as plain loops. */

/** A distance, or any dissimilarity, of two rows of one length. */
export type RowDistance = (a: Float64Array, b: Float64Array) => number;

export function squaredEuclidean(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) {
    const difference = a[k]! - b[k]!;
    total += difference * difference;
  }
  return total;
}

export function euclidean(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(squaredEuclidean(a, b));
}

export function manhattan(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += Math.abs(a[k]! - b[k]!);
  return total;
}

export function chebyshev(a: Float64Array, b: Float64Array): number {
  let greatest = 0;
  for (let k = 0; k < a.length; k++) greatest = Math.max(greatest, Math.abs(a[k]! - b[k]!));
  return greatest;
}

/** `(sum |a - b|^p)^(1/p)`; other orders than 1, 2 and infinity go through logarithms, whose bits are stable. */
export function minkowski(p: number): RowDistance {
  if (p === 1) return manhattan;
  if (p === 2) return euclidean;
  if (p === Infinity) return chebyshev;
  return (a, b) => {
    const greatest = chebyshev(a, b);
    if (greatest === 0) return 0;
    let total = 0;
    for (let k = 0; k < a.length; k++) {
      const share = Math.abs(a[k]! - b[k]!) / greatest;
      if (share > 0) total += Math.exp(p * Math.log(share));
    }
    return greatest * Math.exp(Math.log(total) / p);
  };
}

/** `(sum w |a - b|^p)^(1/p)` of a finite order: that without weights, of columns stretched by `w^(1/p)`. */
export function weightedMinkowski(p: number, w: Float64Array): RowDistance {
  const distance = minkowski(p);
  const stretch = w.map(weight => Math.exp(Math.log(weight) / p));
  const origin = new Float64Array(w.length);
  return (a, b) =>
    distance(
      stretch.map((factor, k) => factor * (a[k]! - b[k]!)),
      origin,
    );
}

/** `sum |a - b| / (|a| + |b|)`, terms of two zeros left out. */
export function canberra(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) {
    const size = Math.abs(a[k]!) + Math.abs(b[k]!);
    if (size > 0) total += Math.abs(a[k]! - b[k]!) / size;
  }
  return total;
}

/** `sum |a - b| / sum |a + b|`. */
export function brayCurtis(a: Float64Array, b: Float64Array): number {
  let [apart, size] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    apart += Math.abs(a[k]! - b[k]!);
    size += Math.abs(a[k]! + b[k]!);
  }
  return apart / size;
}

/** One less the cosine of the angle; a row of zeros is at right angles to all others. */
export function cosine(a: Float64Array, b: Float64Array): number {
  let [product, first, second] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    product += a[k]! * b[k]!;
    first += a[k]! * a[k]!;
    second += b[k]! * b[k]!;
  }
  if (first === 0 || second === 0) return 1;
  return Math.min(Math.max(1 - product / (Math.sqrt(first) * Math.sqrt(second)), 0), 2);
}

/** One less Pearson's correlation: NaN for a constant row. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const [first, second] = [centered(a), centered(b)];
  const isConstant = first.every(value => value === 0) || second.every(value => value === 0);
  return isConstant ? Number.NaN : cosine(first, second);
}

function centered(row: Float64Array): Float64Array {
  const mean = row.reduce((total, value) => total + value, 0) / row.length;
  return row.map(value => value - mean);
}

/** The share of positions that differ. */
export function hamming(a: Float64Array, b: Float64Array): number {
  let unequal = 0;
  for (let k = 0; k < a.length; k++) {
    if (a[k] !== b[k]) unequal++;
  }
  return unequal / a.length;
}

/** Euclidean over the positions where both are present, scaled up to all positions; NaN where there is none. */
export function nanEuclidean(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(squaredNanEuclidean(a, b));
}

export function squaredNanEuclidean(a: Float64Array, b: Float64Array): number {
  let [total, present] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    const difference = a[k]! - b[k]!;
    if (Number.isNaN(difference)) continue;
    total += difference * difference;
    present++;
  }
  return present === 0 ? Number.NaN : (total / present) * a.length;
}

/** The angle between two points (latitude, longitude) on a sphere, in radians as they are. */
export function haversine(a: Float64Array, b: Float64Array): number {
  const [latitude, longitude] = [Math.sin((a[0]! - b[0]!) / 2), Math.sin((a[1]! - b[1]!) / 2)];
  return 2 * Math.asin(Math.sqrt(latitude * latitude + Math.cos(a[0]!) * Math.cos(b[0]!) * longitude * longitude));
}

/** Euclidean after each column is divided by the square root of its variance. */
export function standardizedEuclidean(variances: Float64Array): RowDistance {
  return (a, b) => {
    let total = 0;
    for (let k = 0; k < a.length; k++) {
      const difference = a[k]! - b[k]!;
      total += (difference * difference) / variances[k]!;
    }
    return Math.sqrt(total);
  };
}

/** `sqrt((a - b)' VI (a - b))`, VI row-major. */
export function mahalanobis(VI: Float64Array): RowDistance {
  return (a, b) => {
    let total = 0;
    for (let i = 0, at = 0; i < a.length; i++) {
      let product = 0;
      for (let j = 0; j < a.length; j++, at++) product += VI[at]! * (a[j]! - b[j]!);
      total += (a[i]! - b[i]!) * product;
    }
    return Math.sqrt(total);
  };
}
