import type { Matrix } from '../array/index.ts';
import { type Dataset, numberDataset } from './dataset.ts';

/**
 * Three exercises and three body measurements of twenty men (A. C. Linnerud): a small problem with three targets.
 *
 * @returns `X` of shape (20, 3), `y` of shape (20, 3)
 *
 * @example
 * import { loadLinnerud } from 'fitwise';
 * const { targetNames } = await loadLinnerud(); // ['Weight', 'Waist', 'Pulse']
 */
export async function loadLinnerud(): Promise<Dataset<Matrix>> {
  return numberDataset(await import('./generated/linnerud.ts'), 3);
}
