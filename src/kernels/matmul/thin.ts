/**
 * Products with few columns (a matrix times a vector, mostly) in plain loops: moving A costs more than to multiply
 * it. The sums and their order are those of the definition.
 */
import { DEPTH, type Operand, type Product } from './product.ts';

type Doubles = Product<Float64Array>;

/** C = A B, or C' = B' A' where C has fewer rows than columns: one column after the other. */
export function multiplyThin(product: Doubles): void {
  const { m, n, a, b, c } = product;
  if (m < n) multiplyColumns({ ...product, m: n, n: m, a: turned(b), b: turned(a), c: turned(c) });
  else multiplyColumns(product);
}

/** A is read once for each column, along its rows or along its columns, as it lies. */
function multiplyColumns(product: Doubles): void {
  for (let j = 0; j < product.n; j++) {
    if (product.a.column === 1) dotRows(product, j);
    else addColumns(product, j);
  }
}

/** Column j of C, four rows at a time: their sums do not wait for one another. */
function dotRows({ m, k, a, b, c, isAdded }: Doubles, j: number): void {
  const vector = columnOf(b, j, k);
  const { data, row } = a;
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const at = a.start + i * row;
    const to = c.start + i * c.row + j * c.column;
    for (let first = 0; first < k; first += DEPTH) {
      const end = Math.min(k, first + DEPTH);
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      let x = at + first;
      for (let s = first; s < end; s++, x++) {
        const factor = vector[s]!;
        sum0 += data[x]! * factor;
        sum1 += data[x + row]! * factor;
        sum2 += data[x + 2 * row]! * factor;
        sum3 += data[x + 3 * row]! * factor;
      }
      const isMore = isAdded || first > 0;
      put(c.data, to, sum0, isMore);
      put(c.data, to + c.row, sum1, isMore);
      put(c.data, to + 2 * c.row, sum2, isMore);
      put(c.data, to + 3 * c.row, sum3, isMore);
    }
  }
  for (; i < m; i++) dotRow(a, a.start + i * row, vector, c.data, c.start + i * c.row + j * c.column, isAdded);
}

function dotRow(
  { data }: Operand<Float64Array>,
  at: number,
  vector: Float64Array,
  out: Float64Array,
  to: number,
  isAdded: boolean,
): void {
  for (let first = 0; first < vector.length; first += DEPTH) {
    const end = Math.min(vector.length, first + DEPTH);
    let sum = 0;
    for (let s = first; s < end; s++) sum += data[at + s]! * vector[s]!;
    put(out, to, sum, isAdded || first > 0);
  }
}

/** Column j of C where A's columns run along memory: for a block of steps, all sums grow together. */
function addColumns({ m, k, a, b, c, isAdded }: Doubles, j: number): void {
  const vector = columnOf(b, j, k);
  const sums = new Float64Array(m);
  for (let first = 0; first < k; first += DEPTH) {
    const end = Math.min(k, first + DEPTH);
    sums.fill(0);
    let s = first;
    for (; s + 4 <= end; s += 4) addFourColumns(a, s, vector, sums);
    for (; s < end; s++) {
      const factor = vector[s]!;
      for (let i = 0, x = a.start + s * a.column; i < m; i++, x++) sums[i]! += a.data[x]! * factor;
    }
    for (let i = 0, to = c.start + j * c.column; i < m; i++, to += c.row)
      put(c.data, to, sums[i]!, isAdded || first > 0);
  }
}

function addFourColumns(
  { data, start, column }: Operand<Float64Array>,
  s: number,
  vector: Float64Array,
  sums: Float64Array,
): void {
  const factor0 = vector[s]!;
  const factor1 = vector[s + 1]!;
  const factor2 = vector[s + 2]!;
  const factor3 = vector[s + 3]!;
  for (let i = 0, x = start + s * column; i < sums.length; i++, x++) {
    const sum = sums[i]! + data[x]! * factor0 + data[x + column]! * factor1;
    sums[i] = sum + data[x + 2 * column]! * factor2 + data[x + 3 * column]! * factor3;
  }
}

function put(out: Float64Array, at: number, sum: number, isAdded: boolean): void {
  out[at] = isAdded ? out[at]! + sum : sum;
}

/** Column j of B, side by side. */
function columnOf({ data, start, row, column }: Operand<Float64Array>, j: number, k: number): Float64Array {
  const from = start + j * column;
  if (row === 1) return data.subarray(from, from + k);
  return Float64Array.from({ length: k }, (_, s) => data[from + s * row]!);
}

function turned({ row, column, ...rest }: Operand<Float64Array>): Operand<Float64Array> {
  return { ...rest, row: column, column: row };
}
