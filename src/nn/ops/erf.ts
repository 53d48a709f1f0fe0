/**
 * The complementary error function by rational approximations on three intervals, to double precision.
 * W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23, 1969.
 */

const NEAR = 0.46875;
const FAR = 4;
const INV_SQRT_PI = 0.5641895835477563;

const A = [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694];
const B = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const C = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const D = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const P = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const Q = [1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918];

/** 1 - erf(x). */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size <= NEAR) return 1 - (x * horner(A, x * x)) / horner(B, x * x);
  const tail = Math.exp(-x * x) * (size <= FAR ? horner(C, size) / horner(D, size) : farRatio(size));
  return x < 0 ? 2 - tail : tail;
}

function farRatio(size: number): number {
  const z = 1 / (size * size);
  return (INV_SQRT_PI - (z * horner(P, z)) / horner(Q, z)) / size;
}

/** The polynomial at x, its highest coefficient first. */
function horner(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
