/**
 * The definition of what k-means does with rows: taking their mean from them, assigning them to centers, summing clusters
 * and their inertia, and drawing first centers.
 */

/** Sums of the squares of rows: as they are, and times the row's weight where that is greater than 1. */
export interface Squares {
  plain: number;
  weighted: number;
}

/** Adds rows `from` to `to` to the sums of the columns, in order of the rows. */
export function addColumns(x: Float64Array, columns: number, from: number, to: number, sums: Float64Array): void {
  for (let i = from, at = from * columns; i < to; i++) for (let j = 0; j < columns; j++, at++) sums[j]! += x[at]!;
}

/**
 * Writes rows `from` to `to` of row-major `x` less `origin` to the same places of `out`, and adds their squares to
 * `squares`; of one row those of the even columns are added up apart from those of the odd ones.
 */
export function centreRows(
  x: Float64Array,
  origin: Float64Array,
  weights: Float64Array,
  out: Float64Array,
  squares: Squares,
  from: number,
  to: number,
): void {
  const columns = origin.length;
  let { plain, weighted } = squares;
  for (let i = from, at = from * columns; i < to; i++) {
    let even = 0;
    let odd = 0;
    for (let j = 0; j < columns; j++, at++) {
      const value = x[at]! - origin[j]!;
      out[at] = value;
      if (j % 2 === 0) even += value * value;
      else odd += value * value;
    }
    plain += even + odd;
    weighted += Math.max(1, weights[i]!) * (even + odd);
  }
  squares.plain = plain;
  squares.weighted = weighted;
}

/** `total` plus the weighted squared distances of rows `from` to `to` from their centers; of even and odd columns as above. */
export function addInertia(
  x: Float64Array,
  columns: number,
  weights: Float64Array,
  labels: Int32Array,
  centers: Float64Array,
  total: number,
  from: number,
  to: number,
): number {
  let sum = total;
  for (let i = from, at = from * columns; i < to; i++) {
    let even = 0;
    let odd = 0;
    for (let j = 0, own = labels[i]! * columns; j < columns; j++, own++, at++) {
      const difference = x[at]! - centers[own]!;
      if (j % 2 === 0) even += difference * difference;
      else odd += difference * difference;
    }
    sum += weights[i]! * (even + odd);
  }
  return sum;
}

/** Centers of clusters, row-major, and their squared lengths. */
export interface Centers {
  readonly data: Float64Array;
  readonly columns: number;
  readonly norms: Float64Array;
}

export function withNorms(data: Float64Array, columns: number): Centers {
  const norms = new Float64Array(data.length / columns);
  for (let j = 0; j < norms.length; j++) {
    for (let at = j * columns; at < (j + 1) * columns; at++) norms[j]! += data[at]! * data[at]!;
  }
  return { data, columns, norms };
}

/**
 * Writes the nearest center of rows `from` to `to` of row-major `x` to the same places of `labels`, the first of
 * equally near ones. As |x - c|² = |x|² - 2 x'c + |c|² and |x|² is the same for all centers, the least |c|² - 2 x'c
 * decides; x'c is summed in order of the columns.
 */
export function assignRows(
  x: Float64Array,
  { data: c, columns, norms }: Centers,
  labels: Int32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    let least = Number.POSITIVE_INFINITY;
    let label = 0;
    for (let j = 0, at = 0; j < norms.length; j++) {
      let product = 0;
      for (let k = 0, own = i * columns; k < columns; k++, own++, at++) product += x[own]! * c[at]!;
      const value = norms[j]! - 2 * product;
      if (value < least) {
        least = value;
        label = j;
      }
    }
    labels[i] = label;
  }
}

/** Rows are summed in order, block by block; blocks of so many rows, whose sums cost little beside their rows. */
export function rowsPerSum(rows: number, clusters: number): number {
  return Math.max(2048, 16 * clusters, Math.ceil(rows / 64));
}

/** Sums of the rows of each cluster, in order of the rows within blocks, and of the blocks. */
export interface ClusterSums {
  /** Weighted sums, clusters × columns. */
  readonly sums: Float64Array;
  /** Sums of the weights. */
  readonly totals: Float64Array;
}

export function emptySums(clusters: number, columns: number): ClusterSums {
  return { sums: new Float64Array(clusters * columns), totals: new Float64Array(clusters) };
}

/** Adds the sums of a block to those of the blocks before it. */
export function addSums({ sums, totals }: ClusterSums, block: ClusterSums): void {
  for (let k = 0; k < sums.length; k++) sums[k]! += block.sums[k]!;
  for (let k = 0; k < totals.length; k++) totals[k]! += block.totals[k]!;
}

/** Adds rows `from` to `to` to the sums of their clusters. */
export function addRows(
  x: Float64Array,
  columns: number,
  weights: Float64Array,
  labels: Int32Array,
  { sums, totals }: ClusterSums,
  from: number,
  to: number,
): void {
  for (let i = from, at = from * columns; i < to; i++) {
    const weight = weights[i]!;
    const label = labels[i]!;
    totals[label]! += weight;
    for (let place = label * columns, end = place + columns; place < end; place++, at++) {
      sums[place]! += x[at]! * weight;
    }
  }
}

/**
 * For rows `from` to `to` of row-major `x`: the squared distance from a candidate, or the one already known where that
 * is less, to the same places of `after`. Gives `total` plus the weighted distances, added in order of the rows.
 */
export function nearerOf(
  x: Float64Array,
  columns: number,
  candidate: Float64Array,
  closest: Float64Array,
  weights: Float64Array,
  after: Float64Array,
  from: number,
  to: number,
  total: number,
): number {
  let sum = total;
  for (let i = from, at = from * columns; i < to; i++) {
    let distance = 0;
    for (let k = 0; k < columns; k++, at++) {
      const difference = x[at]! - candidate[k]!;
      distance += difference * difference;
    }
    after[i] = closest[i]! < distance ? closest[i]! : distance;
    sum += after[i]! * weights[i]!;
  }
  return sum;
}
