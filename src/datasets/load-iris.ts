import { classDataset, type Dataset } from './dataset.ts';

/**
 * Four measurements of 150 flowers of three species of iris (R. A. Fisher, 1936); small, clean, nearly separable.
 *
 * @returns `X` of shape (150, 4); `y` holds class codes
 *
 * @example
 * import { loadIris } from 'fitwise';
 * const { X, y, targetNames } = await loadIris();
 * [X.rows, X.columns, targetNames[y[0]!]]; // [150, 4, 'setosa']
 */
export async function loadIris(): Promise<Dataset<number[]>> {
  return classDataset(await import('./generated/iris.ts'), ['setosa', 'versicolor', 'virginica']);
}
