/** Rectified units in double precision, two at a time. */

const DOUBLE: usize = 8;
const PAIR: usize = 16; // bytes of two doubles, one register

export function rectifyRows(z: usize, rows: i32, columns: i32, bias: usize): void {
  const zero = f64x2.splat(0);
  for (let row = 0; row < rows; row++) {
    const end = z + (<usize>columns) * DOUBLE;
    let b = bias;
    for (; z + PAIR <= end; z += PAIR, b += PAIR) {
      const sum = f64x2.add(v128.load(z), v128.load(b));
      v128.store(z, v128.andnot(sum, f64x2.lt(sum, zero)));
    }
    for (; z < end; z += DOUBLE, b += DOUBLE) {
      const sum = load<f64>(z) + load<f64>(b);
      store<f64>(z, sum < 0 ? 0 : sum);
    }
  }
}

export function rectifyRowsBack(a: usize, deltas: usize, rows: i32, columns: i32, sums: usize): void {
  const zero = f64x2.splat(0);
  for (let row = 0; row < rows; row++) {
    const end = a + (<usize>columns) * DOUBLE;
    let to = sums;
    for (; a + PAIR <= end; a += PAIR, deltas += PAIR, to += PAIR) {
      const kept = v128.andnot(v128.load(deltas), f64x2.eq(v128.load(a), zero));
      v128.store(deltas, kept);
      v128.store(to, f64x2.add(v128.load(to), kept));
    }
    for (; a < end; a += DOUBLE, deltas += DOUBLE, to += DOUBLE) {
      const kept: f64 = load<f64>(a) === 0 ? 0 : load<f64>(deltas);
      store<f64>(deltas, kept);
      store<f64>(to, load<f64>(to) + kept);
    }
  }
}
