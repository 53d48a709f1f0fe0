/** Element by element, four floats at a time; the arrays hold `quads` times four values. */

const QUAD: usize = 16; // bytes of four floats, one register

export function rectify(x: usize, out: usize, quads: i32): void {
  const zero = f32x4.splat(0);
  for (const end = x + (<usize>quads) * QUAD; x < end; x += QUAD, out += QUAD) {
    v128.store(out, f32x4.max(v128.load(x), zero));
  }
}

export function passPositive(y: usize, grad: usize, out: usize, quads: i32): void {
  const zero = f32x4.splat(0);
  for (const end = y + (<usize>quads) * QUAD; y < end; y += QUAD, grad += QUAD, out += QUAD) {
    v128.store(out, v128.and(v128.load(grad), f32x4.gt(v128.load(y), zero)));
  }
}

export function add(a: usize, b: usize, out: usize, quads: i32): void {
  for (const end = a + (<usize>quads) * QUAD; a < end; a += QUAD, b += QUAD, out += QUAD) {
    v128.store(out, f32x4.add(v128.load(a), v128.load(b)));
  }
}

export function multiply(a: usize, b: usize, out: usize, quads: i32): void {
  for (const end = a + (<usize>quads) * QUAD; a < end; a += QUAD, b += QUAD, out += QUAD) {
    v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
  }
}

export function scale(x: usize, factor: f32, out: usize, quads: i32): void {
  const factors = f32x4.splat(factor);
  for (const end = x + (<usize>quads) * QUAD; x < end; x += QUAD, out += QUAD) {
    v128.store(out, f32x4.mul(v128.load(x), factors));
  }
}
