/** Rows around an origin; reference.ts is the definition. Columns go by twos: lane 0 has the even ones, lane 1 the odd ones. */

/** Adds each of `n` rows to the sums of the columns; four rows at a time, so that each sum is loaded and stored once for them. */
export function addColumns(rows: usize, n: i32, columns: i32, sums: usize): void {
  const rowBytes = <usize>columns << 3;
  const evenBytes = <usize>(columns & ~1) << 3;
  for (let i = 0; i < n; i += 4) {
    const count = min(4, n - i);
    const a = rows + <usize>i * rowBytes, b = a + rowBytes, c = b + rowBytes, d = c + rowBytes;
    for (let k: usize = 0; k < evenBytes; k += 16) {
      let sum = f64x2.add(v128.load(sums + k), v128.load(a + k));
      if (count > 1) sum = f64x2.add(sum, v128.load(b + k));
      if (count > 2) sum = f64x2.add(sum, v128.load(c + k));
      if (count > 3) sum = f64x2.add(sum, v128.load(d + k));
      v128.store(sums + k, sum);
    }
    if (evenBytes === rowBytes) continue;
    let sum = load<f64>(sums + evenBytes);
    for (let r = 0; r < count; r++) sum += load<f64>(a + <usize>r * rowBytes + evenBytes);
    store<f64>(sums + evenBytes, sum);
  }
}

/** Takes `origin` from each of `n` rows, and adds their squares to the two doubles at `squares`: as they are, and weighed. */
export function centre(rows: usize, n: i32, columns: i32, origin: usize, weights: usize, squares: usize): void {
  const rowBytes = <usize>columns << 3;
  const evenBytes = <usize>(columns & ~1) << 3;
  let plain = load<f64>(squares), weighted = load<f64>(squares, 8);
  let x = rows;
  for (let i = 0; i < n; i++) {
    let sums = f64x2.splat(0);
    for (let k: usize = 0; k < evenBytes; k += 16) {
      const value = f64x2.sub(v128.load(x + k), v128.load(origin + k));
      v128.store(x + k, value);
      sums = f64x2.add(sums, f64x2.mul(value, value));
    }
    let even = f64x2.extract_lane(sums, 0);
    if (evenBytes < rowBytes) {
      const value = load<f64>(x + evenBytes) - load<f64>(origin + evenBytes);
      store<f64>(x + evenBytes, value);
      even += value * value;
    }
    const own = even + f64x2.extract_lane(sums, 1);
    plain += own;
    weighted += max<f64>(1, load<f64>(weights + (<usize>i << 3))) * own;
    x += rowBytes;
  }
  store<f64>(squares, plain);
  store<f64>(squares, weighted, 8);
}

/** Adds the weighted squared distances of `n` rows from their centers, in order of the rows, to `total`. */
export function addInertia(
  rows: usize,
  n: i32,
  columns: i32,
  weights: usize,
  labels: usize,
  centers: usize,
  total: usize,
): void {
  const rowBytes = <usize>columns << 3;
  const evenBytes = <usize>(columns & ~1) << 3;
  let sum = load<f64>(total);
  let x = rows;
  for (let i = 0; i < n; i++) {
    const center = centers + <usize>load<u32>(labels + (<usize>i << 2)) * rowBytes;
    let sums = f64x2.splat(0);
    for (let k: usize = 0; k < evenBytes; k += 16) {
      const value = f64x2.sub(v128.load(x + k), v128.load(center + k));
      sums = f64x2.add(sums, f64x2.mul(value, value));
    }
    let even = f64x2.extract_lane(sums, 0);
    if (evenBytes < rowBytes) {
      const value = load<f64>(x + evenBytes) - load<f64>(center + evenBytes);
      even += value * value;
    }
    sum += load<f64>(weights + (<usize>i << 3)) * (even + f64x2.extract_lane(sums, 1));
    x += rowBytes;
  }
  store<f64>(total, sum);
}
