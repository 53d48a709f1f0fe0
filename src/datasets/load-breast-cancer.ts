import { classDataset, type Dataset } from './dataset.ts';

/**
 * Nuclei of 569 breast masses with their diagnosis (W. N. Street et al., 1993). Benign is coded 1: give `posLabel: 0` to
 * metrics where the tumour matters.
 *
 * @returns `X` of shape (569, 30); `y` holds class codes
 *
 * @example
 * import { loadBreastCancer } from 'fitwise';
 * const { X, y, targetNames } = await loadBreastCancer();
 * [X.rows, X.columns, targetNames[y[0]!]]; // [569, 30, 'malignant']
 */
export async function loadBreastCancer(): Promise<Dataset<number[]>> {
  return classDataset(await import('./generated/breast-cancer.ts'), ['malignant', 'benign']);
}
