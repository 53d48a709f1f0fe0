import { checkParams, integer, type ParamsOf } from '../check/index.ts';
import { classDataset, type Dataset } from './dataset.ts';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

const spec = {
  /** Only the first so many digits. */
  nClass: integer({ min: 1, max: 10, default: 10 }),
};
export type LoadDigitsParams = ParamsOf<typeof spec>;

/**
 * Images of 8 x 8 pixels of 1797 handwritten digits (E. Alpaydin and C. Kaynak, 1998); pixels count from 0 to 16.
 *
 * `targetNames` has the digits that are there; scikit-learn's has always ten.
 *
 * @returns `X` of shape (1797, 64), an image per row, line after line; `y` holds the digits
 * @throws InvalidParamError if `nClass` is not an integer from 1 to 10
 *
 * @example
 * import { loadDigits } from 'fitwise';
 * const { X } = await loadDigits({ nClass: 2 });
 * X.rows; // 360
 */
export async function loadDigits(params: Partial<LoadDigitsParams> = {}): Promise<Dataset<number[]>> {
  const { nClass } = checkParams('data by loadDigits', spec, params);
  const { csv, page } = await import('./generated/digits.ts');
  if (nClass === 10) return classDataset({ csv, page }, DIGITS);
  const lines = csv.trimEnd().split('\n');
  const kept = lines.filter((line, i) => i === 0 || Number(line.slice(line.lastIndexOf(',') + 1)) < nClass);
  return classDataset({ csv: kept.join('\n'), page }, DIGITS.slice(0, nClass));
}
