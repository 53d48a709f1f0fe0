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
    v128.store(update + i, stepOf(gradient + i, mean + i, square + i, b1, b2, r1, r2, s, r, e, factor));
  }
}

/** As {@link adamStep}, with the update added to the parameters. */
export function adamDescend(
  gradient: usize, mean: usize, square: usize, parameters: usize, quads: i32,
  beta1: f32, beta2: f32, rest1: f32, rest2: f32, scale: f32, root: f32, eps: f32, rate: f32,
): void {
  const b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2);
  const r1 = f32x4.splat(rest1), r2 = f32x4.splat(rest2);
  const s = f32x4.splat(scale), r = f32x4.splat(root), e = f32x4.splat(eps);
  const factor = f32x4.splat(rate);
  for (let i: usize = 0, end = (<usize>quads) * QUAD; i < end; i += QUAD) {
    const update = stepOf(gradient + i, mean + i, square + i, b1, b2, r1, r2, s, r, e, factor);
    v128.store(parameters + i, f32x4.add(v128.load(parameters + i), update));
  }
}

/** Moves both means, and gives the update. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function stepOf(
  gradient: usize, mean: usize, square: usize, b1: v128, b2: v128, r1: v128, r2: v128, s: v128, r: v128, e: v128,
  factor: v128,
): v128 {
  const g = v128.load(gradient);
  const m = f32x4.add(f32x4.mul(b1, v128.load(mean)), f32x4.mul(r1, g));
  const v = f32x4.add(f32x4.mul(b2, v128.load(square)), f32x4.mul(r2, f32x4.mul(g, g)));
  v128.store(mean, m);
  v128.store(square, v);
  return f32x4.mul(factor, f32x4.div(f32x4.mul(s, m), f32x4.add(f32x4.mul(r, f32x4.sqrt(v)), e)));
}
