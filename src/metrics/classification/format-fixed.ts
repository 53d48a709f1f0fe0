/** Digits after which the decimal expansion of a number that ends within `MAX_DIGITS` digits is known to have ended. */
const EXACT_DIGITS = 100;

/** The greatest number of digits that `formatFixed` takes. */
export const MAX_DIGITS = 50;

/**
 * A number with a fixed count of decimals, rounded half to even from its exact binary value, as Python's
 * `'{:.2f}'.format` does: 0.125 reads `0.12`, where `toFixed` rounds ties up to `0.13`.
 */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const exact = value.toFixed(EXACT_DIGITS);
  const cut = exact.length - EXACT_DIGITS + digits;
  const isTie = /^50*$/.test(exact.slice(cut));
  if (!isTie) return value.toFixed(digits);
  const down = digits === 0 ? exact.slice(0, cut - 1) : exact.slice(0, cut);
  return Number(down.at(-1)) % 2 === 0 ? down : value.toFixed(digits);
}

/** A float as Python prints it: `3.0`, `0.1`, `1e+16`. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return formatFixed(value, 0);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
