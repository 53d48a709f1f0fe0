/** Softmax of rows in single precision, four values at a time; reference.ts says how. */

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

const LOWEST: f32 = -87.3;

/** Rows of `quads` times four floats each, in place; of the last four, those behind `width` must hold -Infinity. */
export function softmaxRows(x: usize, rows: i32, quads: i32): void {
  const rowBytes = (<usize>quads) * QUAD;
  for (let row = 0; row < rows; row++, x += rowBytes) {
    const end = x + rowBytes;
    let tops = v128.load(x);
    for (let at = x + QUAD; at < end; at += QUAD) tops = f32x4.max(tops, v128.load(at));
    const top = f32x4.splat(max(
      max(f32x4.extract_lane(tops, 0), f32x4.extract_lane(tops, 1)),
      max(f32x4.extract_lane(tops, 2), f32x4.extract_lane(tops, 3)),
    ));
    let sums = f32x4.splat(0);
    for (let at = x; at < end; at += QUAD) {
      const value = expOfNegative(f32x4.sub(v128.load(at), top));
      v128.store(at, value);
      sums = f32x4.add(sums, value);
    }
    const total = (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) +
      (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
    const share = f32x4.splat(1 / total);
    for (let at = x; at < end; at += QUAD) v128.store(at, f32x4.mul(v128.load(at), share));
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function expOfNegative(x: v128): v128 {
  const isTiny = f32x4.lt(x, f32x4.splat(LOWEST));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  const r = f32x4.sub(
    f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))),
    f32x4.mul(n, f32x4.splat(-2.12194440e-4)),
  );
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  const y = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(y, power), isTiny);
}
