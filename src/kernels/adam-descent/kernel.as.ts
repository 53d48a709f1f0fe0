/** Adam's step in double precision, two values at a time; multiplication and addition are separate instructions. */

const PAIR: usize = 16; // bytes of two doubles, one register

/** The arrays hold `pairs` times two values. */
export function descendByAdam(
  params: usize, gradient: usize, mean: usize, square: usize, pairs: i32, beta1: f64, beta2: f64, rest1: f64,
  rest2: f64, rate: f64, epsilon: f64,
): void {
  const b1 = f64x2.splat(beta1), b2 = f64x2.splat(beta2);
  const r1 = f64x2.splat(rest1), r2 = f64x2.splat(rest2);
  const factor = f64x2.splat(rate), e = f64x2.splat(epsilon);
  for (let i: usize = 0, end = (<usize>pairs) * PAIR; i < end; i += PAIR) {
    const g = v128.load(gradient + i);
    const m = f64x2.add(f64x2.mul(b1, v128.load(mean + i)), f64x2.mul(r1, g));
    const v = f64x2.add(f64x2.mul(b2, v128.load(square + i)), f64x2.mul(r2, f64x2.mul(g, g)));
    v128.store(mean + i, m);
    v128.store(square + i, v);
    const step = f64x2.div(f64x2.mul(factor, m), f64x2.add(f64x2.sqrt(v), e));
    v128.store(params + i, f64x2.sub(v128.load(params + i), step));
  }
}
