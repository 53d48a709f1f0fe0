/**
 * A sequence of plane rotations of the rows of a matrix: rotation r turns rows x = `rows[2 r]` and y = `rows[2 r + 1]`
 * into c x + s y and c y - s x, with c = `factors[2 r]` and s = `factors[2 r + 1]`.
 */
export class Rotations {
  rows = new Int32Array(1024);
  factors = new Float64Array(1024);
  count = 0;

  push(x: number, y: number, c: number, s: number): void {
    const at = 2 * this.count;
    if (at === this.rows.length) this.#grow();
    this.rows[at] = x;
    this.rows[at + 1] = y;
    this.factors[at] = c;
    this.factors[at + 1] = s;
    this.count++;
  }

  clear(): void {
    this.count = 0;
  }

  #grow(): void {
    const { rows, factors } = this;
    this.rows = new Int32Array(2 * rows.length);
    this.factors = new Float64Array(2 * factors.length);
    this.rows.set(rows);
    this.factors.set(factors);
  }
}

/** Applies the rotations, in order, to columns `from .. to - 1` of a row-major matrix. */
export function rotateColumns(
  data: Float64Array,
  width: number,
  { rows, factors, count }: Rotations,
  from: number,
  to: number,
): void {
  for (let at = 0; at < 2 * count; at += 2) {
    const x = rows[at]! * width;
    const y = rows[at + 1]! * width;
    const c = factors[at]!;
    const s = factors[at + 1]!;
    for (let j = from; j < to; j++) {
      const xj = data[x + j]!;
      const yj = data[y + j]!;
      data[x + j] = c * xj + s * yj;
      data[y + j] = c * yj - s * xj;
    }
  }
}
