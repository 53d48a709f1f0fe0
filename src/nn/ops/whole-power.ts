/** x to a whole power by repeated squaring: the same bits on every engine. */
export function wholePower(x: number, exponent: number): number {
  let result = 1;
  for (let base = exponent < 0 ? 1 / x : x, left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= base;
    base *= base;
  }
  return result;
}
