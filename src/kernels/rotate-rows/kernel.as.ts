/**
 * Applies plane rotations, in order, to the rows of a matrix of `rowBytes` bytes a row (a multiple of 16). Each
 * element is computed as in the plain version, so that the result is the same to the bit.
 */
export function rotateRows(matrix: usize, rows: usize, factors: usize, count: i32, rowBytes: usize): void {
  for (let r = 0; r < count; r++) {
    let x = matrix + (<usize>load<i32>(rows)) * rowBytes;
    let y = matrix + (<usize>load<i32>(rows, 4)) * rowBytes;
    const c = v128.load64_splat(factors);
    const s = v128.load64_splat(factors, 8);
    const end = x + rowBytes;
    while (x < end) {
      const a = v128.load(x);
      const b = v128.load(y);
      v128.store(x, f64x2.add(f64x2.mul(c, a), f64x2.mul(s, b)));
      v128.store(y, f64x2.sub(f64x2.mul(c, b), f64x2.mul(s, a)));
      x += 16;
      y += 16;
    }
    rows += 8;
    factors += 16;
  }
}
