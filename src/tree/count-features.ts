import type { MaxFeatures } from './growth-params.ts';

/** The number of features to look at. */
export function countFeatures(maxFeatures: MaxFeatures, columns: number): number {
  if (maxFeatures === null) return columns;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(columns)));
  if (maxFeatures === 'log2') return Math.max(1, Math.floor(Math.log2(columns)));
  return Number.isInteger(maxFeatures) ? maxFeatures : Math.max(1, Math.floor(maxFeatures * columns));
}
