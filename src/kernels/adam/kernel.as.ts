/** Adam's step in single precision, four values at a time; multiplication and addition are separate instructions. */

const QUAD: usize = 16; // bytes of four floats, one register

/** The arrays hold `quads` times four values. */
export function adamStep(
  gradient: usize, mean: usize, square: usize, update: usize, quads: i32,
  beta1: f32, beta2: f32, rest1: f32, rest2: f32, scale: f32, root: f32, eps: f32, rate: f32,
): void {
  const b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2);
  const r1 = f32x4.splat(rest1), r2 = f32x4.splat(rest2);
  const s = f32x4.splat(scale), r = f32x4.splat(root), e = f32x4.splat(eps);
  const factor = f32x4.splat(rate);
  for (let i: usize = 0, end = (<usize>quads) * QUAD; i < end; i += QUAD) {
    const g = v128.load(gradient + i);
    const m = f32x4.add(f32x4.mul(b1, v128.load(mean + i)), f32x4.mul(r1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(square + i)), f32x4.mul(r2, f32x4.mul(g, g)));
    v128.store(mean + i, m);
    v128.store(square + i, v);
    const step = f32x4.div(f32x4.mul(s, m), f32x4.add(f32x4.mul(r, f32x4.sqrt(v)), e));
    v128.store(update + i, f32x4.mul(factor, step));
  }
}
