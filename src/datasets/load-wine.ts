import { classDataset, type Dataset } from './dataset.ts';

/**
 * Chemical analysis of 178 wines of three growers (M. Forina et al., 1991); features of very different scales.
 *
 * @returns `X` of shape (178, 13); `y` holds class codes
 *
 * @example
 * import { loadWine } from 'fitwise';
 * const { X, y, targetNames } = await loadWine();
 * [X.rows, X.columns, targetNames[y[0]!]]; // [178, 13, 'class_0']
 */
export async function loadWine(): Promise<Dataset<number[]>> {
  return classDataset(await import('./generated/wine.ts'), ['class_0', 'class_1', 'class_2']);
}
